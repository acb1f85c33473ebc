#pragma once

#include "core/peft/adapter_method.h"

#include <memory>

namespace finebrush::peft {

/// Leaves the encoder as it is: only the decoder trains.
std::unique_ptr<AdapterMethod> makeDecoderOnly(const sam::ImageEncoder& encoder,
                                               const messages::AdaptationSettings& settings);

}  // namespace finebrush::peft
