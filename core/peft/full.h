#pragma once

#include "core/messages/messages.h"
#include "core/peft/adapter_method.h"

#include <memory>

namespace finebrush::peft {

/// Full fine-tuning: every parameter of the encoder trains. The statistics of batch normalisations are none
/// and stay as they were loaded.
std::unique_ptr<AdapterMethod> makeFull(const sam::ImageEncoder& encoder,
                                        const messages::AdaptationSettings& settings);

}  // namespace finebrush::peft
