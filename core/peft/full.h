#pragma once

#include "core/messages/messages.h"
#include "core/peft/adapter_method.h"

#include <memory>

namespace finebrush::peft {

/// Full fine-tuning: the whole trunk trains. The stem stays frozen, as for every method, so that it is
/// computed once.
std::unique_ptr<AdapterMethod> makeFull(const sam::ImageEncoder& encoder,
                                        const messages::AdaptationSettings& settings);

}  // namespace finebrush::peft
