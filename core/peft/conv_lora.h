#pragma once

#include "core/messages/messages.h"
#include "core/peft/adapter_method.h"
#include "core/peft/moe_gate.h"
#include "core/peft/scaled_convolution.h"
#include "core/sam/adaptable_linear.h"

#include <torch/torch.h>

#include <memory>
#include <vector>

namespace finebrush::peft {

/// The shape of a Conv-LoRA layer.
struct ConvLoraOptions {
    int64_t inFeatures = 0;
    int64_t outFeatures = 0;
    int64_t rank = 4;
    double alpha = 8;
    int64_t experts = 4;
    int64_t topExperts = 1;
    messages::GateMode gate = messages::GateMode::Informative;
};

/// Conv-LoRA (Zhong et al. 2024, arXiv 2401.17868, eq. 2): y = W0·x + B·(A·x + Σᵢ Gᵢ(A·x)·Eᵢ(A·x))·α/r.
/// Expert i sees the rank-r map enlarged i× (bicubic), convolves it (3×3, GELU) and brings it back; the gate
/// picks the experts of each sample: each window of a windowed attention, else each image. In paper mode what
/// a kept expert gives is added as it is, in informative mode times its gate. Parameters are named as
/// AutoGluon names them.
struct ConvLoraImpl : sam::LinearAdapter {
    explicit ConvLoraImpl(const ConvLoraOptions& options);

    torch::Tensor adapt(const torch::Tensor& x, torch::Tensor y) override;

    /// The same with the gate's noise given: [S, M] standard normal, or undefined for none.
    torch::Tensor adaptWithNoise(const torch::Tensor& x, torch::Tensor y, const torch::Tensor& noise);

    /// What the gate decided in the last forward pass.
    const GateDecision& lastDecision() const { return lastDecision_; }

    torch::Tensor lora_A;  ///< [r, in]
    torch::Tensor lora_B;  ///< [out, r]; zero at first, so that a fresh layer changes nothing
    MoeGate lora_moe_gating{nullptr};
    torch::nn::ModuleList lora_moe_experts;  ///< M × Sequential(Conv2d, GELU)

  private:
    torch::Tensor applyExperts(const torch::Tensor& map, const GateDecision& decision);

    ConvLoraOptions options_;
    std::vector<ScaledConvolution> scales_;  ///< one per expert
    GateDecision lastDecision_;
};
TORCH_MODULE(ConvLora);

/// Conv-LoRA in the qkv of every attention.
std::unique_ptr<AdapterMethod> makeConvLora(const sam::ImageEncoder& encoder,
                                            const messages::AdaptationSettings& settings);

}  // namespace finebrush::peft
