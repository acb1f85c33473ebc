#pragma once

#include "core/messages/messages.h"
#include "core/peft/adapter_method.h"
#include "core/peft/low_rank.h"
#include "core/peft/moe_gate.h"
#include "core/peft/scaled_convolution.h"

#include <torch/torch.h>

#include <memory>
#include <vector>

namespace finebrush::peft {

/// The experts of a Conv-LoRA layer, and how they are chosen.
struct ExpertOptions {
    std::vector<int> scales = {1, 2, 3, 4};  ///< one an expert
    int64_t topExperts = 1;
    messages::GateMode gate = messages::GateMode::Informative;
    double balanceWeight = 0.01;
};

/// Conv-LoRA (Zhong et al. 2024, arXiv 2401.17868, eq. 2): y = W0·x + B·(A·x + Σᵢ Gᵢ(A·x)·Eᵢ(A·x))·α/r.
/// Expert i sees the rank-r map enlarged by its scale (bicubic; as published i×), convolves it (3×3, GELU)
/// and brings it back; the gate picks the experts of each sample: each window of a windowed attention, else
/// each image. In paper mode what a kept expert gives is added as it is, in informative mode times its gate.
/// Parameters are named as AutoGluon names them.
struct ConvLoraImpl : LowRankAdapter {
    ConvLoraImpl(const LowRankShape& shape, const ExpertOptions& options);

    torch::Tensor adapt(const torch::Tensor& x, torch::Tensor y) override;

    /// The same with the gate's noise given: [S, M] standard normal, or undefined for none.
    torch::Tensor adaptWithNoise(const torch::Tensor& x, torch::Tensor y, const torch::Tensor& noise);

    /// What the gate decided in the last forward pass.
    const GateDecision& lastDecision() const { return lastDecision_; }
    /// What the outputs of the experts were multiplied by in it: [S, M] float, 0 where one was not used.
    torch::Tensor lastWeights() const;

    MoeGate lora_moe_gating{nullptr};
    torch::nn::ModuleList lora_moe_experts;  ///< M × Sequential(Conv2d, GELU)

  private:
    torch::Tensor applyExperts(const torch::Tensor& map, const GateDecision& decision);

    messages::GateMode gate_;
    std::vector<ScaledConvolution> scales_;  ///< one per expert
    GateDecision lastDecision_;
};
TORCH_MODULE(ConvLora);

/// Conv-LoRA in the layers that the settings choose: else in the qkv of every attention.
std::unique_ptr<AdapterMethod> makeConvLora(const sam::ImageEncoder& encoder,
                                            const messages::AdaptationSettings& settings);

}  // namespace finebrush::peft
