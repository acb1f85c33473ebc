#pragma once

#include "core/base/result.h"
#include "core/messages/adaptation_methods.h"
#include "core/messages/adapter_extras.h"
#include "core/messages/messages.h"

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <vector>

namespace finebrush::messages {

/// The program that wrote an adapter.
enum class AdapterOrigin { Finebrush, Peft, AutoGluon };

/// What `adapter_config.json` says.
struct AdapterConfig {
    AdapterOrigin origin = AdapterOrigin::Finebrush;
    AdaptationSettings settings;
    std::vector<ClassInfo> classes;  ///< class k of the decoder is classes[k]; ours alone has some
    std::string baseName;            ///< "LiteMedSAM"
    std::string baseSha256;          ///< of the base's checkpoint; only ours tell
    nlohmann::json extras = nlohmann::json::object();
    /// A value of each tensor of the base's encoder by SamModel's name, which tells the base in Python; none
    /// where Python does not load the adapter, and not read here.
    std::map<std::string, double> baseCheck = {};
};

/// Of `adapter_config.json` as we write it.
inline constexpr int kAdapterFormat = 1;
inline constexpr char kPaperGate[] = "paper";
inline constexpr char kInformativeGate[] = "informative";

/// Reads the configuration of an adapter of ours or of PEFT, of which only plain LoRA is computed here: any
/// option that would change the outcome is refused by name, and in which layers it is, its tensors alone
/// tell. `source` names the adapter in errors. Errors: AdapterMalformed.
Result<AdapterConfig> readAdapterConfig(const AdapterFiles& files, const std::string& source);

/// Whether the configuration of an adapter tells a setting that decides what its weights mean: one that an
/// adaptation which goes on from it must have.
bool tells(const AdapterConfig& adapter, MethodSetting setting);
/// The settings with those in place that the adapter tells, and its method.
AdaptationSettings settingsToGoOnFrom(const AdapterConfig& adapter, AdaptationSettings settings);

}  // namespace finebrush::messages
