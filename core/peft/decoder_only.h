#pragma once

#include "core/peft/adapter_method.h"

#include <memory>

namespace finebrush::peft {

/// Leaves the encoder as it is: only the decoder of SAM (Kirillov et al. 2023, arXiv 2304.02643, §3) trains,
/// a baseline of Conv-LoRA's paper (Zhong et al. 2024, arXiv 2401.17868, §4).
std::unique_ptr<AdapterMethod> makeDecoderOnly(const sam::ImageEncoder& encoder,
                                               const messages::AdaptationSettings& settings);

}  // namespace finebrush::peft
