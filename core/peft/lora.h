#pragma once

#include "core/peft/adapter_method.h"
#include "core/peft/lent_weights.h"
#include "core/peft/low_rank.h"

#include <torch/torch.h>

#include <memory>

namespace finebrush::peft {

/// LoRA (Hu et al. 2021, arXiv 2106.09685, eq. 3): y = W0·x + B·A·x·α/r.
struct LoraImpl : LowRankAdapter {
    using LowRankAdapter::LowRankAdapter;

    torch::Tensor adapt(const torch::Tensor& x, torch::Tensor y) override;
    /// W0 + B·A·α/r.
    LinearWeights foldedInto(const sam::AdaptableLinearImpl& linear) const;
};
TORCH_MODULE(Lora);

/// LoRA in the layers that the settings choose: else in the qkv of every attention.
std::unique_ptr<AdapterMethod> makeLora(const sam::ImageEncoder& encoder,
                                        const messages::AdaptationSettings& settings);

}  // namespace finebrush::peft
