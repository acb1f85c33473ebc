#include "core/peft/files/adapter_file.h"

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/checkpoint/load_state.h"
#include "core/checkpoint/safetensors_file.h"
#include "core/messages/adaptation_methods.h"
#include "core/messages/adapter_places.h"
#include "core/messages/method_settings.h"
#include "core/peft/files/adapter_config.h"
#include "core/peft/files/python_loader.h"
#include "core/peft/low_rank.h"
#include "core/sam/build_sam.h"
#include "core/sam/hub_models.h"
#include "core/sam/key_map.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>
#include <utility>

namespace finebrush::peft {

namespace {

constexpr char kExtraPrefix[] = "extra.";
constexpr char kLora[] = "lora";                               ///< the method that PEFT has too
constexpr std::string_view kEncoderPrefix = "image_encoder.";  ///< of trainable parameters

/// The name of a trainable parameter in the file: PEFT's, below Hugging Face's name of the layer where
/// SamModel has it.
std::string nameInFile(const std::string& parameter, const sam::SamDescription& base) {
    std::string name =
        base.encoder.kind == sam::EncoderKind::Vit ? sam::huggingFaceName(parameter) : parameter;
    if (name.ends_with(".lora_A") || name.ends_with(".lora_B")) name += ".weight";
    name = kPeftPrefix + name;
    return name == kMaskTokens ? kClassTokens : name;
}

/// The layers with a low-rank adapter, as the file names them; none where these are every qkv.
std::vector<std::string> lowRankLayers(const AdaptedSam& network) {
    const messages::AdaptationSettings& settings = network.settings();
    const messages::AdaptationSettings usual;
    if (settings.projections == usual.projections && settings.blocks == usual.blocks) return {};
    constexpr std::string_view kEnding = ".lora_A.weight";
    std::vector<std::string> layers;
    for (const auto& parameter : network.trainableParameters()) {
        const std::string name = nameInFile(parameter.key(), network.base()->description);
        if (!name.ends_with(kEnding)) continue;
        const size_t prefix = sizeof(kPeftPrefix) - 1;
        layers.push_back(name.substr(prefix, name.size() - prefix - kEnding.size()));
    }
    return layers;
}

/// The middle value of each tensor of the encoder under SamModel's names, to six digits: enough to tell
/// another checkpoint, few enough to be read, and the same in every precision but for its rounding.
std::map<std::string, double> middleValues(const sam::Sam& base) {
    std::map<std::string, double> values;
    const NamedTensors state = stateOf(*base->image_encoder);
    for (const auto& entry : state.tensors) {
        const torch::Tensor& tensor = entry.value();
        const auto value = tensor.reshape({-1})[tensor.numel() / 2].item<double>();
        values[sam::huggingFaceName("image_encoder." + entry.key())] =
            std::strtod(formatted("%.6g", value).c_str(), nullptr);
    }
    return values;
}

/// The trainable parameters of the encoder's stem, by their names in the file.
std::set<std::string> stemNames(const AdaptedSam& network) {
    const sam::Sam& base = network.base();
    std::set<std::string> names;
    for (const auto& parameter : network.trainableParameters()) {
        const std::string& name = parameter.key();
        const bool isOfStem = name.starts_with(kEncoderPrefix) &&
                              base->image_encoder->isOfStem(name.substr(kEncoderPrefix.size()));
        if (isOfStem) names.insert(nameInFile(name, base->description));
    }
    return names;
}

/// How the tensors of a file differ from what a network trains. A foreign adapter may leave the decoder as
/// the base has it, and one from before any method trained the stem leaves all of the stem.
LoadReport compare(const AdaptedSam& network, const NamedTensors& file, bool isForeign) {
    LoadReport report;
    NamedParameters expected;
    for (const auto& parameter : network.trainableParameters()) {
        expected.insert(nameInFile(parameter.key(), network.base()->description), parameter.value());
    }
    const std::set<std::string> stem = stemNames(network);
    const bool hasStem =
        std::ranges::any_of(stem, [&](const std::string& name) { return file.tensors.contains(name); });
    for (const auto& parameter : expected) {
        const torch::Tensor* given = file.tensors.find(parameter.key());
        const bool isOfBase =
            parameter.key().starts_with(kDecoderPrefix) && !parameter.key().starts_with(kClassHeadPrefix);
        const bool mayBeMissing = (isForeign && isOfBase) || (!hasStem && stem.contains(parameter.key()));
        if (!given && mayBeMissing) continue;
        if (!given) {
            report.missing.push_back(parameter.key());
        } else if (given->sizes() != parameter.value().sizes()) {
            report.wrongShape.push_back(
                {parameter.key(), parameter.value().sizes().vec(), given->sizes().vec()});
        } else if (!torch::isFloatingType(given->scalar_type())) {
            report.wrongType.push_back(parameter.key());
        }
    }
    for (const auto& entry : file.tensors) {
        const bool known = expected.contains(entry.key()) || entry.key().starts_with(kExtraPrefix);
        if (!known) report.unexpected.push_back(entry.key());
    }
    return report;
}

/// How many classes and queries the decoder of an adapter has; no queries where a token is a class.
struct DecoderCounts {
    int64_t classes = 1;
    int64_t queries = 0;
};

DecoderCounts decoderCounts(const StoredAdapter& stored) {
    const bool isOurs = stored.config.origin == AdapterOrigin::Finebrush;
    const auto classes = static_cast<int64_t>(stored.config.classes.size());
    const torch::Tensor* head = stored.tensors.tensors.find(kClassHead);
    const torch::Tensor* tokens = stored.tensors.tensors.find(kClassTokens);
    if (!head || !tokens || head->dim() != 2 || tokens->dim() != 2) return {isOurs ? classes : 1, 0};
    return {isOurs ? classes : head->size(0) - 1, tokens->size(0)};
}

/// Whether low-rank adapters of these settings would take far more memory than the file does: one number in
/// its configuration tells the size of all layers.
bool asksTooMuch(const messages::AdaptationSettings& settings, const sam::Sam& base,
                 const NamedTensors& file) {
    constexpr double kMostMissing = 1 << 24;  // so that a report of what is missing can be made
    const messages::AdaptationMethod* method = messages::findAdaptationMethod(settings.method);
    const bool isLowRank = method && method->rank == messages::RankMeaning::Rank;
    if (!isLowRank || problemOfPlaces(base->image_encoder, settings)) return false;
    const double rank = settings.rank;
    const double experts = method->hasExperts ? 9 * rank * expertCount(settings) : 0;
    double count = 0;
    for (const LowRankPlace& place : lowRankPlaces(base->image_encoder, settings))
        count += rank * (static_cast<double>(place.shape.inFeatures + place.shape.outFeatures) + experts);
    return count > 2 * static_cast<double>(elementCount(file)) + kMostMissing;
}

/// How the base that a foreign adapter names is another one; empty where it is not, or where the name tells
/// nothing: a fine-tuned base of the same shapes would fit as well.
std::string namedDifference(const AdapterConfig& config, const sam::SamDescription& base) {
    const auto named = sam::networkNamed(config.baseName);
    if (!named || (named->name == base.name && named->normalisation == base.normalisation)) return {};
    const auto pixels = [](sam::PixelNormalisation normalisation) {
        return normalisation == sam::PixelNormalisation::UnitRange
                   ? "from 0 to 1"
                   : "normalised by ImageNet's mean and deviation";
    };
    std::string difference = formatted("it was trained on the weights of %s (%s), these are of %s",
                                       named->name.c_str(), config.baseName.c_str(), base.name.c_str());
    if (named->normalisation != base.normalisation) {
        difference += formatted("; it takes pixels %s, these %s", pixels(named->normalisation),
                                pixels(base.normalisation));
    }
    return difference;
}

/// Why the weights of an adapter do not belong to a base network; empty where they do.
std::string baseDifference(const AdapterConfig& config, const sam::Sam& base) {
    if (config.origin != AdapterOrigin::Finebrush) return namedDifference(config, base->description);
    if (config.baseSha256 == base->checkpointSha256) return {};
    return "it was trained on the weights " + config.baseName + " (SHA-256 " + config.baseSha256 +
           "), these are " + base->description.name + " (SHA-256 " + base->checkpointSha256 + ")";
}

/// That a foreign adapter is taken for one of a base which it may not have been trained on.
std::string doubtOfBase(const AdapterConfig& config, const sam::SamDescription& base,
                        const std::string& source) {
    const std::string named =
        config.baseName.empty() ? "it names no base" : formatted("it names “%s”", config.baseName.c_str());
    return formatted("%s: nothing tells whether it was trained on the weights of %s; %s", source.c_str(),
                     base.name.c_str(), named.c_str());
}

/// Takes out what AutoGluon saves of the network beside what it trains, as long as that is the base's. Gives
/// the name of a tensor that is not; empty where all are.
std::string takeOutBase(NamedTensors& file, const sam::Sam& base) {
    constexpr double kRelative = 1e-4, kAbsolute = 1e-6;  // checkpoints may be averages of some
    const NamedTensors own = stateOf(*base);
    NamedTensors trained;
    trained.metadata = file.metadata;
    for (const auto& entry : file.tensors) {
        const bool isBelow = entry.key().starts_with(kPeftPrefix);
        const std::string name =
            isBelow ? sam::officialName(entry.key().substr(sizeof(kPeftPrefix) - 1)) : entry.key();
        const bool isTrained = entry.key().starts_with(kDecoderPrefix);
        const torch::Tensor* ours = isBelow && !isTrained ? own.tensors.find(name) : nullptr;
        if (!ours) {
            trained.tensors.insert(entry.key(), entry.value());
            continue;
        }
        const bool isSame = ours->sizes() == entry.value().sizes() &&
                            torch::allclose(entry.value(), ours->to(torch::kCPU, entry.value().scalar_type()),
                                            kRelative, kAbsolute);
        if (!isSame) return entry.key();
    }
    file = std::move(trained);
    return {};
}

/// The base as the adapter knew it: its file may have another name by now, which alone tells MedSAM. The
/// modules are shared.
sam::Sam knownAs(const sam::Sam& base, const AdapterConfig& config) {
    sam::SamDescription description = base->description;
    sam::renameNetwork(description, config.baseName);
    const bool isForeign =
        config.origin != AdapterOrigin::Finebrush;  // these are trained on other weights as well
    if (isForeign || description.name == base->description.name) return base;
    sam::Sam known(std::make_shared<sam::SamImpl>(*base));
    known->description = std::move(description);
    return known;
}

/// In how many blocks a foreign adapter is, as `AdaptationSettings::blocks` counts them; 0: all, or none.
/// That these are the last ones is left to the comparison.
int blocksIn(const NamedTensors& file, const sam::Sam& base) {
    std::set<std::string> all, adapted;
    for (const sam::AdaptableLayer& layer : base->image_encoder->adaptableLayers()) {
        all.insert(layer.block);
        for (const char* matrix : {".lora_A", ".lora_B"}) {
            if (file.tensors.contains(nameInFile("image_encoder." + layer.name + matrix, base->description)))
                adapted.insert(layer.block);
        }
    }
    return adapted.size() == all.size() ? 0 : static_cast<int>(adapted.size());
}

/// Gives a network the values of a file that fits it.
void copyParameters(const AdaptedSam& network, const NamedTensors& file) {
    const torch::NoGradGuard noGrad;
    for (const auto& parameter : network.trainableParameters()) {
        const torch::Tensor* given =
            file.tensors.find(nameInFile(parameter.key(), network.base()->description));
        if (given) torch::Tensor(parameter.value()).copy_(*given);
    }
}

/// Reads the files of an adapter that was trained on these weights.
Result<StoredAdapter> readAdapterOf(const messages::AdapterFiles& files, const sam::Sam& base,
                                    const std::string& source) {
    auto stored = readStoredAdapter(files, source);
    if (!stored) return stored;
    AdapterConfig& config = stored->config;
    if (const std::string difference = baseDifference(config, base); !difference.empty()) {
        return failure(ErrorCode::AdapterMismatch, {source, difference});
    }
    bool isKnown = config.origin == AdapterOrigin::Finebrush || sam::networkNamed(config.baseName);
    if (config.origin == AdapterOrigin::AutoGluon) {
        const size_t count = stored->tensors.tensors.size();
        if (const std::string name = takeOutBase(stored->tensors, base); !name.empty()) {
            return failure(ErrorCode::AdapterMismatch,
                           {source, "it was trained on other weights than those of " +
                                        base->description.name + ": " + name + " differs"});
        }
        isKnown = isKnown || stored->tensors.tensors.size() < count;
    }
    if (!isKnown) logWarning(doubtOfBase(config, base->description, source));
    if (config.origin != AdapterOrigin::Finebrush) config.settings.blocks = blocksIn(stored->tensors, base);
    return stored;
}

/// How the settings of an adapter differ from those asked for, in what decides what its weights mean; empty
/// where they do not.
std::string settingsDifference(const messages::AdaptationSettings& given,
                               const messages::AdaptationSettings& asked) {
    std::string differences;
    const auto add = [&](bool isSame, const char* what, const std::string& its, const std::string& other) {
        if (isSame) return;
        if (!differences.empty()) differences += "; ";
        differences += formatted("its %s is %s and not %s", what, its.c_str(), other.c_str());
    };
    add(given.method == asked.method, "method", given.method, asked.method);
    if (!differences.empty()) return differences;  // the others mean nothing then
    const auto gateName = [](messages::GateMode gate) {
        return std::string(gate == messages::GateMode::Paper ? "paper" : "informative");
    };
    const auto scalesOf = [](const messages::AdaptationSettings& settings) {
        std::string text;
        for (const int scale : expertScales(settings)) text += formatted(text.empty() ? "%d" : ",%d", scale);
        return text;
    };
    add(given.gate == asked.gate, "gate", gateName(given.gate), gateName(asked.gate));
    add(given.rank == asked.rank, "rank", std::to_string(given.rank), std::to_string(asked.rank));
    add(given.alpha == asked.alpha, "alpha", formatted("%g", given.alpha), formatted("%g", asked.alpha));
    const std::string scales = scalesOf(given), askedScales = scalesOf(asked);
    add(scales == askedScales, "list of experts' scales", scales, askedScales);
    add(given.topExperts == asked.topExperts, "number of kept experts", std::to_string(given.topExperts),
        std::to_string(asked.topExperts));
    const bool isInSame =
        messages::projectionsFromText(given.projections) == messages::projectionsFromText(asked.projections);
    add(isInSame, "list of projections", given.projections, asked.projections);
    add(given.blocks == asked.blocks, "number of blocks (0: all)", std::to_string(given.blocks),
        std::to_string(asked.blocks));
    return differences;
}

/// Whether the decoder of an adapter is one for these classes.
bool hasDecoderFor(const StoredAdapter& stored, const std::vector<messages::ClassInfo>& classes,
                   const messages::AdaptationSettings& settings) {
    const auto isSame = [](const messages::ClassInfo& one, const messages::ClassInfo& other) {
        return one.name == other.name && one.value == other.value;
    };
    return stored.config.origin == AdapterOrigin::Finebrush &&
           std::ranges::equal(stored.config.classes, classes, isSame) &&
           decoderCounts(stored).queries == settings.queries;
}

/// The tensors of a file with the decoder of a network in place of theirs.
NamedTensors withDecoderOf(const AdaptedSam& network, const NamedTensors& file) {
    NamedTensors changed;
    changed.metadata = file.metadata;
    for (const auto& entry : file.tensors) {
        if (!entry.key().starts_with(kDecoderPrefix)) changed.tensors.insert(entry.key(), entry.value());
    }
    for (const auto& parameter : network.trainableParameters()) {
        const std::string name = nameInFile(parameter.key(), network.base()->description);
        if (name.starts_with(kDecoderPrefix)) changed.tensors.insert(name, parameter.value());
    }
    return changed;
}

}  // namespace

messages::AdapterFiles writeAdapter(const AdaptedSam& network,
                                    const std::vector<messages::ClassInfo>& classes,
                                    const AdapterExtras& extras) {
    const sam::Sam& base = network.base();
    const bool isOfPeft = network.settings().method == kLora;
    NamedTensors tensors, head;
    for (NamedTensors* file : {&tensors, &head}) file->metadata["format"] = "pt";
    NamedTensors& rest = isOfPeft ? head : tensors;
    for (const auto& parameter : network.trainableParameters()) {
        const std::string name = nameInFile(parameter.key(), base->description);
        (name.starts_with(kDecoderPrefix) ? rest : tensors)
            .tensors.insert(name, parameter.value().detach().cpu());
    }
    for (const auto& [name, tensor] : extras.tensors) {
        rest.tensors.insert(kExtraPrefix + name, tensor.detach().cpu());
    }
    AdapterConfig config{AdapterOrigin::Finebrush, network.settings(),     classes,
                         base->description.name,   base->checkpointSha256, extras.json};
    const bool hasSamModel = base->description.encoder.kind == sam::EncoderKind::Vit;  // transformers'
    const bool hasPythonLoader = network.settings().method == "conv_lora" && hasSamModel;
    if (hasPythonLoader) config.baseCheck = middleValues(base);
    const std::string text =
        encodeAdapterConfig(config, base->description.encoder.kind, lowRankLayers(network));
    messages::AdapterFiles files = {{kAdapterConfigFile, {text.begin(), text.end()}},
                                    {kAdapterTensorsFile, encodeSafetensors(tensors)}};
    if (isOfPeft) files[kHeadTensorsFile] = encodeSafetensors(head);
    if (hasPythonLoader) {
        const std::string_view script = pythonLoader();
        files[kPythonLoaderFile] = {script.begin(), script.end()};
    }
    return files;
}

Result<LoadedAdapter> loadAdapter(const messages::AdapterFiles& files, const sam::Sam& base,
                                  const std::string& source) {
    auto stored = readAdapterOf(files, base, source);
    if (!stored) return failure(stored.error());
    AdapterConfig& config = stored->config;
    const bool isForeign = config.origin != AdapterOrigin::Finebrush;
    const DecoderCounts counts = decoderCounts(*stored);
    if (counts.queries > messages::kMaxQueries) {
        return failure(ErrorCode::AdapterMismatch,
                       {source, formatted("it has %lld mask queries, and there can be %d",
                                          static_cast<long long>(counts.queries), messages::kMaxQueries)});
    }
    if (asksTooMuch(config.settings, base, stored->tensors)) {
        return failure(ErrorCode::AdapterMismatch,
                       {source, "its settings ask for far more values than it holds"});
    }
    config.settings.queries = static_cast<int>(counts.queries);
    auto network = AdaptedSam::prepare(knownAs(base, config), config.settings, counts.classes);
    if (!network) return failure(ErrorCode::AdapterMalformed, {source, describe(network.error())});
    if (const LoadReport report = compare(**network, stored->tensors, isForeign); !report.fits()) {
        return failure(ErrorCode::AdapterMismatch, {source, summary(report)}, listing(report));
    }

    copyParameters(**network, stored->tensors);
    AdapterExtras extras{{}, std::move(config.extras)};
    for (const auto& entry : tensorsBelow(stored->tensors, kExtraPrefix).tensors) {
        extras.tensors[entry.key()] = entry.value();
    }
    (*network)->attach();
    return LoadedAdapter{config.origin, stored->tensors.tensors.contains(kClassTokens), std::move(*network),
                         std::move(config.classes), std::move(extras)};
}

Result<std::unique_ptr<AdaptedSam>> startFrom(const messages::AdapterFiles& files, const sam::Sam& base,
                                              const messages::AdaptationSettings& settings,
                                              const std::vector<messages::ClassInfo>& classes,
                                              const std::string& source) {
    auto stored = readAdapterOf(files, base, source);
    if (!stored) return failure(stored.error());
    auto network =
        AdaptedSam::prepare(knownAs(base, stored->config), settings, static_cast<int64_t>(classes.size()));
    if (!network) return network;
    const std::string difference =
        settingsDifference(messages::settingsThatCount(stored->config.settings), (*network)->settings());
    if (!difference.empty()) return failure(ErrorCode::AdapterMismatch, {source, difference});
    if (!hasDecoderFor(*stored, classes, settings))
        stored->tensors = withDecoderOf(**network, stored->tensors);
    if (const LoadReport report = compare(**network, stored->tensors, false); !report.fits()) {
        return failure(ErrorCode::AdapterMismatch, {source, summary(report)}, listing(report));
    }
    copyParameters(**network, stored->tensors);
    (*network)->attach();
    return network;
}

}  // namespace finebrush::peft
