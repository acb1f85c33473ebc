#pragma once

#include "core/base/result.h"
#include "core/messages/messages.h"
#include "core/peft/adapted_sam.h"
#include "core/peft/files/adapter_config.h"
#include "core/peft/files/stored_adapter.h"

#include <nlohmann/json.hpp>
#include <torch/torch.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace finebrush::peft {

/// What training adds to an adapter: further tensors (a read-out) and settings (the working scale). Kept as
/// they are.
struct AdapterExtras {
    std::map<std::string, torch::Tensor> tensors;  ///< stored as "extra.<name>"
    nlohmann::json json = nlohmann::json::object();
};

struct LoadedAdapter {
    AdapterOrigin origin = AdapterOrigin::Finebrush;
    bool hasDecoder = true;  ///< false where another program left the decoder as the base has it
    std::unique_ptr<AdaptedSam> network;
    std::vector<messages::ClassInfo> classes;  ///< none where another program wrote the adapter
    AdapterExtras extras;
};

/// The files of the adapter folder by name: `adapter_config.json` and `adapter_model.safetensors`, named as
/// PEFT names them ("base_model.model.image_encoder.….lora_A.weight"). Type LORA only where PEFT would
/// compute the same; what it would leave out lies in `head.safetensors` then. For Conv-LoRA a script that
/// loads it in Python lies beside them.
messages::AdapterFiles writeAdapter(const AdaptedSam& network,
                                    const std::vector<messages::ClassInfo>& classes,
                                    const AdapterExtras& extras);

/// Makes the base network into what the adapter describes, whoever wrote it (`readStoredAdapter`). All is
/// checked before anything is changed: base hash, method, every name and shape, no NaN or infinity. Of a
/// foreign adapter the base's name stands for the hash; where it is not known, a warning goes to the log.
/// Errors: AdapterMalformed, AdapterMismatch (which lists the differences).
Result<LoadedAdapter> loadAdapter(const messages::AdapterFiles& files, const sam::Sam& base,
                                  const std::string& source);

/// Makes the network of an adaptation that goes on from an adapter, whoever wrote it, of the same base,
/// method and layers: its encoder is the adapter's. So is its decoder where that is ours, of these classes
/// (names and values) and as many queries; else it is as `AdaptedSam::make` makes it. All is checked before
/// anything is changed. Errors: those of `AdaptedSam::make`, AdapterMalformed, AdapterMismatch (which lists
/// the differences).
Result<std::unique_ptr<AdaptedSam>> startFrom(const messages::AdapterFiles& files, const sam::Sam& base,
                                              const messages::AdaptationSettings& settings,
                                              const std::vector<messages::ClassInfo>& classes,
                                              const std::string& source);

}  // namespace finebrush::peft
