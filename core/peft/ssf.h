#pragma once

#include "core/messages/messages.h"
#include "core/peft/adapter_method.h"
#include "core/peft/lent_weights.h"
#include "core/sam/adaptable_linear.h"

#include <torch/torch.h>

#include <memory>

namespace finebrush::peft {

/// SSF (Lian et al. 2022, arXiv 2210.08823, eq. 3): scales and shifts the features, y·γ + β.
struct SsfImpl : sam::LinearAdapter {
    explicit SsfImpl(int64_t features);
    torch::Tensor adapt(const torch::Tensor& x, torch::Tensor y) override;
    /// (W·x + b)·γ + β = (γ·W)·x + (γ·b + β), as the paper merges it.
    LinearWeights foldedInto(const sam::AdaptableLinearImpl& linear) const;

    torch::Tensor ssf_scale;  ///< [out]; one at first
    torch::Tensor ssf_shift;  ///< [out]; zero at first
};
TORCH_MODULE(Ssf);

/// SSF behind every linear layer of the blocks.
std::unique_ptr<AdapterMethod> makeSsf(const sam::ImageEncoder& encoder,
                                       const messages::AdaptationSettings& settings);

}  // namespace finebrush::peft
