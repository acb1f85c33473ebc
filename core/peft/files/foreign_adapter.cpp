#include "core/peft/files/foreign_adapter.h"

#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/checkpoint/checkpoint_file.h"
#include "core/messages/method_settings.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <optional>
#include <sstream>
#include <string_view>
#include <utility>

namespace finebrush::peft {

namespace {

constexpr char kAutoGluonPrefix[] = "state_dict.model.model.";

/// SamModel holds these a second time.
constexpr char kSecondPositions[] = ".prompt_encoder.shared_embedding.positional_embedding";

/// Whether our decoder has no such part.
bool isLeftOut(const std::string& name) {
    if (!name.starts_with(kDecoderPrefix)) return false;
    const std::string part = name.substr(sizeof(kDecoderPrefix) - 1);
    const std::string hypernetworks = "output_hypernetworks_mlps.";
    return part.starts_with("iou_prediction_head.") ||
           (part.starts_with(hypernetworks) && !part.starts_with(hypernetworks + "0."));
}

/// A tensor's size, or 0 where there is none.
int64_t sizeOf(const NamedTensors& named, const std::string& ending, int64_t dimension) {
    for (const auto& entry : named.tensors) {
        if (entry.key().ends_with(ending) && dimension < entry.value().dim())
            return entry.value().size(dimension);
    }
    return 0;
}

/// What AutoGluon's configuration says behind a key below a section, both with their colons; none where it
/// does not. Two entries are no reason for a YAML library.
std::optional<std::string> entryBelow(const messages::AdapterFiles& files, std::string_view section,
                                      std::string_view key) {
    const auto found = files.find(kAutoGluonConfig);
    if (found == files.end()) return std::nullopt;
    std::istringstream lines(std::string(found->second.begin(), found->second.end()));
    size_t sectionIndent = std::string::npos;
    for (std::string line; std::getline(lines, line);) {
        const size_t indent = line.find_first_not_of(' ');
        if (indent == std::string::npos) continue;
        const std::string entry = line.substr(indent);
        if (sectionIndent != std::string::npos && indent <= sectionIndent) break;
        if (entry == section) sectionIndent = indent;
        if (sectionIndent != std::string::npos && entry.starts_with(key)) return entry.substr(key.size());
    }
    return std::nullopt;
}

/// Where it is not told, that of AutoGluon's recipe.
double alphaFrom(const messages::AdapterFiles& files) {
    const auto entry = entryBelow(files, "lora:", "alpha:");
    if (!entry) return messages::kPublishedAlpha;
    char* end = nullptr;
    const double alpha = std::strtod(entry->c_str(), &end);
    return end == entry->c_str() ? std::numeric_limits<double>::quiet_NaN() : alpha;  // no alpha is NaN
}

/// The name of the base; empty where none is told.
std::string baseNameFrom(const messages::AdapterFiles& files) {
    const auto entry = entryBelow(files, "sam:", "checkpoint_name:");
    if (!entry || !isUtf8(*entry)) return {};
    constexpr const char* kAround = " \t\r'\"";
    const size_t begin = entry->find_first_not_of(kAround);
    return begin == std::string::npos ? std::string()
                                      : entry->substr(begin, entry->find_last_not_of(kAround) + 1 - begin);
}

/// "vision_encoder.layers.0.attn.qkv.lora_A" → as PEFT and we name it.
std::string nameOfOurs(std::string name) {
    if (name.ends_with(".lora_A") || name.ends_with(".lora_B")) name += ".weight";
    return kPeftPrefix + name;
}

/// The same for the same text, in the form of a UUID.
std::string identityOf(const std::string& text) {
    const std::string hex = sha256(bytesOf(text));
    return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-4" + hex.substr(13, 3) + "-8" + hex.substr(17, 3) +
           "-" + hex.substr(20, 12);
}

}  // namespace

bool isAutoGluonAdapter(const NamedTensors& checkpoint) {
    for (const auto& entry : checkpoint.tensors) {
        if (entry.key().starts_with(kAutoGluonPrefix) && entry.key().ends_with(".lora_A")) return true;
    }
    return false;
}

Result<StoredAdapter> readAutoGluon(const messages::AdapterFiles& files, const std::string& source) {
    const auto checkpoint = readCheckpoint(files.at(kAutoGluonFile), kAutoGluonFile);
    if (!checkpoint) return failure(ErrorCode::AdapterMalformed, {source, describe(checkpoint.error())});
    if (!isAutoGluonAdapter(*checkpoint))
        return failure(ErrorCode::AdapterMalformed,
                       {source, std::string(kAutoGluonFile) + " holds no LoRA of a SamModel"});
    StoredAdapter adapter;
    for (const auto& entry : checkpoint->tensors) {
        const std::string& key = entry.key();
        const bool isNoiseBuffer =
            key.ends_with(".lora_moe_gating.mean") || key.ends_with(".lora_moe_gating.std");
        if (isNoiseBuffer || key.ends_with(kSecondPositions)) continue;
        const bool isOfNetwork = key.starts_with(kAutoGluonPrefix);
        const std::string name = isOfNetwork ? nameOfOurs(key.substr(sizeof(kAutoGluonPrefix) - 1)) : key;
        if (adapter.tensors.tensors.contains(name))
            return failure(ErrorCode::AdapterMalformed, {source, "two tensors have the name " + name});
        adapter.tensors.tensors.insert(name, entry.value());
    }
    messages::AdaptationSettings& settings = adapter.config.settings;
    const int64_t experts = sizeOf(adapter.tensors, ".lora_moe_gating.w_gate", 1);
    adapter.config.origin = AdapterOrigin::AutoGluon;
    adapter.config.baseName = baseNameFrom(files);
    settings.method = experts > 0 ? "conv_lora" : "lora";
    settings.gate = messages::GateMode::Paper;
    settings.rank = static_cast<int>(sizeOf(adapter.tensors, ".lora_A.weight", 0));
    settings.alpha = alphaFrom(files);
    settings.experts = experts > 0 ? static_cast<int>(experts) : settings.experts;
    settings.topExperts = 1;
    adapter.tensors = withOurDecoder(adapter.tensors);
    return adapter;
}

std::string projectionsIn(const NamedTensors& tensors) {
    std::string projections;
    for (const auto& [layer, name] :
         {std::pair{".attn.qkv.", "q,k,v"}, std::pair{".attn.proj.", "o"}, std::pair{".mlp.", "mlp"}}) {
        const bool isIn = std::ranges::any_of(tensors.tensors, [&](const auto& entry) {
            return entry.key().ends_with(".lora_A.weight") && entry.key().find(layer) != std::string::npos;
        });
        if (!isIn) continue;
        if (!projections.empty()) projections += ',';
        projections += name;
    }
    return projections;
}

NamedTensors withOurDecoder(const NamedTensors& foreign) {
    NamedTensors ours;
    ours.metadata = foreign.metadata;
    const bool areQueries = foreign.tensors.contains(kClassHead);
    for (const auto& entry : foreign.tensors) {
        if (isLeftOut(entry.key())) continue;
        const bool isTokens =
            entry.key() == kMaskTokens && entry.value().dim() == 2 && !foreign.tensors.contains(kClassTokens);
        if (isTokens) {
            ours.tensors.insert(std::string(kClassTokens),
                                areQueries ? entry.value() : entry.value().slice(0, 0, 1));
        } else {
            ours.tensors.insert(entry.key(), entry.value());
        }
    }
    return ours;
}

std::vector<messages::ClassInfo> numberedClasses(const messages::AdapterFiles& files, int64_t count) {
    const std::string checkpoint = sha256(files.at(kAutoGluonFile));
    std::vector<messages::ClassInfo> classes;
    for (int64_t i = 0; i < count; ++i) {
        const std::string number = std::to_string(i);
        classes.push_back({identityOf(checkpoint + number), "Class " + number, "", static_cast<uint8_t>(i)});
    }
    return classes;
}

}  // namespace finebrush::peft
