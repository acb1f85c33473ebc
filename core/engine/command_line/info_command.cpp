#include "core/engine/command_line/info_command.h"

#include "core/base/files.h"
#include "core/base/project_file_name.h"
#include "core/base/text.h"
#include "core/checkpoint/checkpoint_file.h"
#include "core/checkpoint/mapped_file.h"
#include "core/checkpoint/pth_file.h"
#include "core/checkpoint/safetensors_file.h"
#include "core/engine/adapter_folder.h"
#include "core/engine/command_line/document_facts.h"
#include "core/engine/command_line/facts.h"
#include "core/engine/command_line/project_command.h"
#include "core/engine/devices.h"
#include "core/engine/model_catalog.h"
#include "core/engine/model_facts.h"
#include "core/image/georeference.h"
#include "core/image/raster/raster_reader.h"
#include "core/image/volume/volume_source.h"
#include "core/importers/vector_importer.h"
#include "core/messages/adaptation_methods.h"
#include "core/messages/input_range.h"
#include "core/peft/files/stored_adapter.h"
#include "core/peft/low_rank.h"
#include "core/project/taught_display.h"
#include "core/sam/build_sam.h"
#include "core/sam/key_map.h"
#include "core/training/checkpoint/training_checkpoint.h"

#include <array>
#include <set>
#include <string>

namespace finebrush {

namespace {

/// How many pixels have each value, where these may be class numbers.
void addLabels(Facts& facts, const RasterInfo& info, const std::filesystem::path& path) {
    constexpr int64_t kMostPixels = int64_t{1} << 28;
    constexpr size_t kMostValues = 64;  // more are a picture's
    const bool mayBeLabels = info.hasPalette || (info.bands == 1 && info.type == PixelType::UInt8);
    if (!mayBeLabels || info.size.area() > kMostPixels) return;
    const auto mask = readIndexMask(path);
    if (!mask) return;
    std::array<int64_t, 256> counts = {};
    for (const uint8_t value : mask->values) ++counts[value];
    Facts values = Facts::object();
    for (size_t value = 0; value < kUnlabelled; ++value) {
        if (counts[value] > 0) values[std::to_string(value)] = counts[value];
    }
    if (values.size() > kMostValues) return;
    facts["pixels_of_values"] = std::move(values);
    facts["unlabelled_pixels"] = counts[kUnlabelled];
}

Facts factsOf(const RasterInfo& info, const std::filesystem::path& path) {
    Facts facts = {{"kind", "image"},
                   {"format", info.format},
                   {"width", info.size.width},
                   {"height", info.size.height},
                   {"bands", info.bands},
                   {"alpha", info.hasAlpha},
                   {"mask", info.hasMask},
                   {"palette", info.hasPalette},
                   {"type", pixelTypeName(info.type)},
                   {"nodata", info.nodata ? Facts(*info.nodata) : Facts()},
                   {"pictures", info.pictures}};
    if (const auto placed = Georeference::read(path)) {
        const auto corner = placed->placeOf({0, 0});
        facts["reference_system"] = placed->crsName().empty() ? Facts() : Facts(placed->crsName());
        facts["upper_left"] = {corner.x, corner.y};
        if (const auto metres = placed->metresPerPixel(PointInImage{0, 0}))
            facts["metres_per_pixel"] = *metres;
    }
    addLabels(facts, info, path);
    return facts;
}

Facts factsOf(const VolumeInfo& info) {
    Facts windows = Facts::array();
    for (const DisplayWindow& window : info.windows)
        windows.push_back({{"centre", window.centre}, {"width", window.width}, {"name", window.name}});
    return {{"kind", "volume"},
            {"format", info.format},
            {"voxels", info.grid.size},
            {"frames", info.grid.frames},
            {"spacing_mm", info.grid.hasSpacing ? Facts(info.grid.spacing()) : Facts()},
            {"bands", info.bands},
            {"type", pixelTypeName(info.type)},
            {"windows", std::move(windows)},
            {"middle_slice", toText(info.middleSlice())}};
}

const char* nameOf(peft::AdapterOrigin origin) {
    switch (origin) {
        case peft::AdapterOrigin::Finebrush:
            return "Finebrush";
        case peft::AdapterOrigin::Peft:
            return "PEFT";
        case peft::AdapterOrigin::AutoGluon:
            return "AutoGluon";
    }
    return "";
}

/// The range of raw values that a model was taught on.
std::string inputRangeIn(const nlohmann::json& extras) {
    const nlohmann::json::json_pointer place("/view_plan/input_range");
    const bool isThere = extras.contains(place) && extras.at(place).is_string();
    return isThere ? extras.at(place).get<std::string>() : toText(InputRange());
}

/// What the method of an adapter looks at.
void addMethod(Facts& facts, const messages::AdaptationSettings& settings) {
    using messages::MethodSetting;
    const messages::AdaptationMethod* method = messages::findAdaptationMethod(settings.method);
    const auto add = [&](const char* name, MethodSetting setting, Facts value) {
        if (method && method->reads(setting)) facts[name] = std::move(value);
    };
    add("rank", MethodSetting::Rank, settings.rank);
    add("alpha", MethodSetting::Alpha, settings.alpha);
    add("projections", MethodSetting::Projections, settings.projections);
    add("blocks", MethodSetting::Blocks, settings.blocks == 0 ? Facts("all") : Facts(settings.blocks));
    add("scales", MethodSetting::Scales, peft::expertScales(settings));
    add("top_experts", MethodSetting::TopExperts, settings.topExperts);
    add("gate", MethodSetting::Gate, settings.gate == messages::GateMode::Paper ? "paper" : "informative");
}

/// How the images were shown that an adapter was taught on, where it tells.
void addDisplay(Facts& facts, const TaughtDisplay& taught) {
    switch (taught.kind) {
        case TaughtDisplay::Kind::Unknown:
            return;
        case TaughtDisplay::Kind::Usual:
            facts["display"] = "as usual";
            return;
        case TaughtDisplay::Kind::Different:
            facts["display"] = "different";
            return;
        case TaughtDisplay::Kind::Alike:
            facts["display"] = {{"low", taught.mapping.low},
                                {"high", taught.mapping.high},
                                {"gamma", taught.mapping.gamma},
                                {"inverted", taught.mapping.inverted}};
            if (taught.mapping.bands) facts["display"]["bands"] = *taught.mapping.bands;
            return;
    }
}

Facts factsOf(const peft::StoredAdapter& adapter) {
    const peft::AdapterConfig& config = adapter.config;
    const messages::AdaptationSettings& settings = config.settings;
    Facts classes = Facts::array();
    for (const messages::ClassInfo& entry : config.classes) {
        classes.push_back({{"value", entry.value}, {"name", entry.name}, {"colour", entry.colour}});
    }
    Facts facts = {{"kind", "adapter"},
                   {"written_by", nameOf(config.origin)},
                   {"method", settings.method},
                   {"parameters", elementCount(tensorsBelow(adapter.tensors, peft::kPeftPrefix))},
                   {"tensors", adapter.tensors.tensors.size()},
                   {"input_range", inputRangeIn(config.extras)},
                   {"base", config.baseName},
                   {"base_sha256", config.baseSha256},
                   {"classes", std::move(classes)}};
    addMethod(facts, settings);
    if (config.origin != peft::AdapterOrigin::Finebrush) facts.erase("blocks");  // not without its base
    return facts;
}

/// The tensors of an adapter without its configuration.
Facts adapterTensorFacts(const NamedTensors& tensors) {
    std::set<std::string> layers;
    int64_t rank = 0;
    for (const auto& entry : tensors.tensors) {
        const size_t end = entry.key().find(".lora_A");
        if (end == std::string::npos || !entry.key().starts_with(peft::kPeftPrefix)) continue;
        layers.insert(entry.key().substr(0, end));
        if (entry.value().dim() == 2) rank = entry.value().size(0);
    }
    Facts facts = {{"kind", "tensors of an adapter"},
                   {"tensors", tensors.tensors.size()},
                   {"parameters", elementCount(tensorsBelow(tensors, peft::kPeftPrefix))},
                   {"low_rank_layers", layers.size()}};
    if (rank > 0) facts["rank"] = rank;
    facts["decoder"] = hasPrefix(tensors, peft::kDecoderPrefix);
    facts["note"] =
        formatted("an adapter is used by its folder, where %s lies beside", peft::kAdapterConfigFile);
    return facts;
}

/// An adaptation that was interrupted.
Facts trainingFacts(const std::filesystem::path& path, const training::RequestFingerprint& request) {
    Facts facts = {{"kind", "checkpoint of a training"}};
    const auto bytes = readFile(path);
    const auto state = bytes ? training::decodeCheckpoint(*bytes, request, utf8(path))
                             : Result<training::TrainingState>(failure(bytes.error()));
    if (state) {
        facts["steps"] = state->step();
        facts["seconds"] = state->seconds;
    } else {
        facts["damage"] = describe(state.error());
    }
    facts["request"] = request;
    facts["note"] = "adapt --resume goes on with it";
    return facts;
}

/// What tells a licence, behind its name.
const char* evidenceText(messages::LicenceEvidence evidence) {
    switch (evidence) {
        case messages::LicenceEvidence::File:
            return "";
        case messages::LicenceEvidence::ModelCard:
            return " (by the model card beside it)";
        case messages::LicenceEvidence::Family:
            return " (of the published network; a file that was trained further may have another)";
    }
    return "";
}

/// Of numbers, such as "Half".
std::set<std::string> typesOf(const NamedTensors& tensors) {
    std::set<std::string> types;
    for (const auto& entry : tensors.tensors) types.insert(c10::toString(entry.value().scalar_type()));
    return types;
}

/// How a network takes pixels, and what tells.
std::string pixelsText(const sam::Sam& network) {
    const std::string& name = network->description.name;
    const bool isUnitRange = network->description.normalisation == sam::PixelNormalisation::UnitRange;
    const std::string how = isUnitRange ? "0 to 1" : "ImageNet's mean and deviation";
    if (name == "MedSAM")
        return how + " (taken for MedSAM by its name; --normalisation sam where it is SAM ViT-B)";
    if (name == "SAM ViT-B" && network->checkpointSha256 != sam::kPublishedSamVitB)
        return how + " (taken for SAM by its name; --normalisation medsam where it is MedSAM)";
    return how;
}

Result<Facts> checkpointFacts(const std::filesystem::path& path, const NamedTensors& tensors) {
    const auto digest = sha256OfFile(path);
    if (!digest) return failure(digest.error());
    Facts facts = {{"kind", "checkpoint"},
                   {"tensors", tensors.tensors.size()},
                   {"elements", elementCount(tensors)},
                   {"types", typesOf(tensors)},
                   {"names", sam::hasHuggingFaceNames(tensors) ? "Hugging Face's" : "official"},
                   {"sha256", *digest}};
    auto network = sam::loadSam(path);
    if (!network) {
        facts["network"] = describe(network.error());
        return facts;
    }
    useThreads(0);
    const messages::ModelInfo info = finebrush::factsOf(*network, path);
    facts["network"] = info.name;
    facts["architecture"] = info.architecture;
    facts["parameters"] = info.parameters;
    facts["input_size"] = info.inputSize;
    facts["pixels"] = pixelsText(*network);
    facts["bytes"] = info.fileBytes;
    facts["seconds_per_view"] = ModelSpeeds(modelSpeedsFile()).of(*network);
    facts["licence"] = info.licence.empty() ? "unknown" : info.licence + evidenceText(info.licenceEvidence);
    return facts;
}

Result<void> printAdapter(const messages::AdapterFiles& files, const std::filesystem::path& path, bool json,
                          std::ostream& out) {
    const auto adapter = peft::readStoredAdapter(files, utf8(path));
    if (!adapter) return failure(adapter.error());
    Facts facts = factsOf(*adapter);
    addDisplay(facts, taughtDisplayOf(files));
    printFacts(facts, json, out);
    return {};
}

/// Refuses what does not even begin as a checkpoint: no other kind of file is left.
Result<void> checkMayBeCheckpoint(const std::filesystem::path& path) {
    const auto file = MappedFile::open(path);
    if (!file) return failure(file.error());
    if (looksLikePth(file->bytes()) || looksLikeSafetensors(file->bytes())) return {};
    const char* reason = file->bytes().empty()
                             ? "it is empty"
                             : "it begins as no image, project, checkpoint, labels or list of classes do";
    return failure(ErrorCode::FileKindUnknown, {utf8(path), reason});
}

/// What a file of tensors is.
Result<void> printTensorsInfo(const std::filesystem::path& path, bool json, std::ostream& out) {
    if (const auto checked = checkMayBeCheckpoint(path); !checked) return checked;
    const auto tensors = readCheckpoint(path);
    if (!tensors) return failure(tensors.error());
    if (peft::isAutoGluonAdapter(*tensors)) {
        const auto files = readAdapterFolder(path);
        if (!files) return failure(files.error());
        return printAdapter(*files, path, json, out);
    }
    if (const auto request = training::requestIn(*tensors)) {
        printFacts(trainingFacts(path, *request), json, out);
        return {};
    }
    if (hasPrefix(*tensors, peft::kPeftPrefix)) {
        printFacts(adapterTensorFacts(*tensors), json, out);
        return {};
    }
    const auto checkpoint = checkpointFacts(path, *tensors);
    if (!checkpoint) return failure(checkpoint.error());
    printFacts(*checkpoint, json, out);
    return {};
}

}  // namespace

Result<void> printMachineInfo(bool json, std::ostream& out) {
    Facts devices = Facts::array();
    for (const messages::DeviceInfo& device : availableDevices()) {
        devices.push_back({{"name", device.name},
                           {"description", device.description},
                           {"memory_mib", device.memoryBytes >> 20}});
    }
    Facts models = Facts::array();
    for (const messages::ModelInfo& model : availableModels({})) {
        models.push_back({{"name", model.name}, {"input_size", model.inputSize}, {"sha256", model.sha256}});
    }
    printFacts({{"version", FINEBRUSH_VERSION},
                {"torch", TORCH_VERSION},
                {"threads", useThreads(0)},
                {"devices", std::move(devices)},
                {"models", std::move(models)}},
               json, out);
    return {};
}

Result<void> printFileInfo(const std::filesystem::path& path, bool json, std::ostream& out) {
    std::error_code problem;
    const auto volume = VolumeSource::of(path);
    if (std::filesystem::is_directory(path, problem) && !(volume && *volume)) {
        const auto files = readAdapterFolder(path);
        if (!files) return failure(files.error());
        return printAdapter(*files, path, json, out);
    }
    if (path.extension() == kProjectExtension) return checkProjectFile({path, {}, json}, out);
    if (!volume) return failure(volume.error());
    if (*volume) {
        const auto info = (*volume)->readInfo();
        if (!info) return failure(info.error());
        Facts facts = factsOf(*info);
        if (const auto remark = (*volume)->remark(*info)) facts["note"] = describe(*remark);
        printFacts(facts, json, out);
        return {};
    }
    const auto image = readRasterInfo(path);
    if (image) {
        Facts facts = factsOf(*image, path);
        if (const auto remark = VolumeSource::whyNone(path)) facts["note"] = describe(*remark);
        printFacts(facts, json, out);
        return {};
    }
    if (image.error().code != ErrorCode::ImageFormatUnknown) return failure(image.error());
    if (isDatabase(path) && !hasVectorEnding(path)) return checkProjectFile({path, {}, json}, out);
    const auto document = documentFacts(path);
    if (!document) return failure(document.error());
    if (!*document) return printTensorsInfo(path, json, out);
    printFacts(**document, json, out);
    return {};
}

}  // namespace finebrush
