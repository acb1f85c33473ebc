#pragma once

#include "core/messages/adapter_config.h"
#include "core/sam/sam_description.h"

#include <string>
#include <vector>

namespace finebrush::peft {

using messages::AdapterConfig;
using messages::AdapterOrigin;
using messages::kAdapterConfigFile;
using messages::readAdapterConfig;

/// The text of `adapter_config.json`: the fields that PEFT and AutoGluon know at the top, ours below
/// "finebrush", both only of what the method looks at. `layers` are those with a low-rank adapter, as the
/// file names them; none: every qkv. The type is LORA only where PEFT would compute the same; else it is one
/// that PEFT refuses rather than misreads.
std::string encodeAdapterConfig(const AdapterConfig& config, sam::EncoderKind encoder,
                                const std::vector<std::string>& layers);

}  // namespace finebrush::peft
