#pragma once

#include "core/messages/messages.h"
#include "core/peft/adapter_method.h"

#include <memory>

namespace finebrush::peft {

/// BitFit (Ben Zaken et al. 2022, arXiv 2106.10199): every bias of the trunk trains, nothing else of the
/// encoder. The stem stays frozen, biases and all, as for every method.
std::unique_ptr<AdapterMethod> makeBitFit(const sam::ImageEncoder& encoder,
                                          const messages::AdaptationSettings& settings);

}  // namespace finebrush::peft
