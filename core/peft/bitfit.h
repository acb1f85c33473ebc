#pragma once

#include "core/messages/messages.h"
#include "core/peft/adapter_method.h"

#include <memory>

namespace finebrush::peft {

/// BitFit (Ben Zaken et al. 2022, arXiv 2106.10199): every bias of the encoder trains, those of
/// normalisations too, and nothing else of it.
std::unique_ptr<AdapterMethod> makeBitFit(const sam::ImageEncoder& encoder,
                                          const messages::AdaptationSettings& settings);

}  // namespace finebrush::peft
