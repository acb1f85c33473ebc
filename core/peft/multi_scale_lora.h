#pragma once

#include "core/messages/messages.h"
#include "core/peft/adapter_method.h"
#include "core/peft/low_rank.h"
#include "core/peft/scaled_convolution.h"

#include <torch/torch.h>

#include <memory>
#include <vector>

namespace finebrush::peft {

/// Conv-LoRA without its gate: every expert sees every sample, y = W0·x + B·(A·x + Σᵢ Eᵢ(A·x))·α/r. It is
/// what Conv-LoRA (Zhong et al. 2024, arXiv 2401.17868, table 6) is compared with to tell whether choosing a
/// scale matters.
struct MultiScaleLoraImpl : LowRankAdapter {
    /// One expert for each of `scales`.
    MultiScaleLoraImpl(const LowRankShape& shape, const std::vector<int>& scales);
    torch::Tensor adapt(const torch::Tensor& x, torch::Tensor y) override;

    torch::nn::ModuleList lora_experts;  ///< M × Conv2d

  private:
    std::vector<ScaledConvolution> scales_;  ///< one per expert
};
TORCH_MODULE(MultiScaleLora);

/// Multi-scale LoRA in the layers that the settings choose: else in the qkv of every attention.
std::unique_ptr<AdapterMethod> makeMultiScaleLora(const sam::ImageEncoder& encoder,
                                                  const messages::AdaptationSettings& settings);

}  // namespace finebrush::peft
