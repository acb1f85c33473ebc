#pragma once

#include "core/base/result.h"
#include "core/messages/adapter_extras.h"
#include "core/messages/messages.h"
#include "core/sam/sam_description.h"

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <vector>

namespace finebrush::peft {

using messages::kAdapterConfigFile;

/// The program that wrote an adapter.
enum class AdapterOrigin { Finebrush, Peft, AutoGluon };

/// What `adapter_config.json` says.
struct AdapterConfig {
    AdapterOrigin origin = AdapterOrigin::Finebrush;
    messages::AdaptationSettings settings;
    std::vector<messages::ClassInfo> classes;  ///< class k of the decoder is classes[k]; ours alone has some
    std::string baseName;                      ///< "LiteMedSAM"
    std::string baseSha256;                    ///< of the base's checkpoint; only ours tell
    nlohmann::json extras = nlohmann::json::object();
    /// A value of each tensor of the base's encoder by SamModel's name, which tells the base in Python; none
    /// where Python does not load the adapter, and not read here.
    std::map<std::string, double> baseCheck = {};
};

/// The text of `adapter_config.json`: the fields that PEFT and AutoGluon know at the top, ours below
/// "finebrush", both only of what the method looks at. `layers` are those with a low-rank adapter, as the
/// file names them; none: every qkv. The type is LORA only where PEFT would compute the same; else it is one
/// that PEFT refuses rather than misreads.
std::string encodeAdapterConfig(const AdapterConfig& config, sam::EncoderKind encoder,
                                const std::vector<std::string>& layers);

/// Reads the configuration of an adapter of ours or of PEFT. `source` names the adapter in errors. Errors:
/// AdapterMalformed.
Result<AdapterConfig> readAdapterConfig(const messages::AdapterFiles& files, const std::string& source);

}  // namespace finebrush::peft
