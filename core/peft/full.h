#pragma once

#include "core/messages/messages.h"
#include "core/peft/adapter_method.h"

#include <memory>

namespace finebrush::peft {

/// Full fine-tuning (Hu et al. 2021, arXiv 2106.09685, eq. 1) of SAM's encoder (Kirillov et al. 2023, arXiv
/// 2304.02643, §3): every parameter of it trains. The statistics of batch normalisations are none and stay as
/// they were loaded.
std::unique_ptr<AdapterMethod> makeFull(const sam::ImageEncoder& encoder,
                                        const messages::AdaptationSettings& settings);

}  // namespace finebrush::peft
