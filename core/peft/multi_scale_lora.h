#pragma once

#include "core/messages/messages.h"
#include "core/peft/adapter_method.h"
#include "core/peft/scaled_convolution.h"
#include "core/sam/adaptable_linear.h"

#include <torch/torch.h>

#include <memory>
#include <vector>

namespace finebrush::peft {

/// Conv-LoRA without its gate: every expert sees every sample, y = W0·x + B·(A·x + Σᵢ Eᵢ(A·x))·α/r. It is
/// what Conv-LoRA (Zhong et al. 2024, arXiv 2401.17868, table 6) is compared with to tell whether choosing a
/// scale matters.
struct MultiScaleLoraImpl : sam::LinearAdapter {
    MultiScaleLoraImpl(int64_t inFeatures, int64_t outFeatures, const messages::AdaptationSettings& settings);
    torch::Tensor adapt(const torch::Tensor& x, torch::Tensor y) override;

    torch::Tensor lora_A;                ///< [r, in]
    torch::Tensor lora_B;                ///< [out, r]; zero at first
    torch::nn::ModuleList lora_experts;  ///< M × Conv2d

  private:
    double scale_;
    std::vector<ScaledConvolution> scales_;  ///< one per expert
};
TORCH_MODULE(MultiScaleLora);

/// Multi-scale LoRA in the qkv of every attention.
std::unique_ptr<AdapterMethod> makeMultiScaleLora(const sam::ImageEncoder& encoder,
                                                  const messages::AdaptationSettings& settings);

}  // namespace finebrush::peft
