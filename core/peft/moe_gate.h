#pragma once

#include "core/messages/messages.h"

#include <torch/torch.h>

namespace finebrush::peft {

/// What a gate decided for a batch of S samples.
struct GateDecision {
    torch::Tensor gates;        ///< [S, M] float: the weight of each expert; 0 where it was not chosen
    torch::Tensor chosen;       ///< [S, K] int64: the experts kept, the likeliest first
    torch::Tensor balanceLoss;  ///< scalar float
};

/// Chooses the experts of a sample from its globally pooled features: the noisy top-k gate of Shazeer et al.
/// (arXiv 1701.06538, eq. 3-11), as the official code of Conv-LoRA runs it (AutoGluon, MoEGate). The balance
/// loss is cv²(importance) + cv²(load) times its weight, 0.01 as published.
///
/// The modes differ in the gates. Paper: softmax over the kept logits alone, so that with one expert kept its
/// gate is 1 whatever the logits are, and only the balance loss teaches the gate. Informative: softmax over
/// all logits, of which the kept ones remain; multiplied into the experts' output they let the task teach the
/// gate, and the importance counts every expert's probability, so that none dies for not having been chosen.
struct MoeGateImpl : torch::nn::Module {
    MoeGateImpl(int64_t features, int64_t experts, int64_t topExperts, messages::GateMode mode,
                double balanceWeight = 0.01);

    /// features [S, C, H, W], noise [S, M] standard normal (undefined: none) → the decision.
    GateDecision forward(const torch::Tensor& features, const torch::Tensor& noise);

    /// Noise for so many samples in training mode, undefined otherwise.
    torch::Tensor drawNoise(int64_t samples) const;

    torch::Tensor w_gate;   ///< [C, M]
    torch::Tensor w_noise;  ///< [C, M]

  private:
    int64_t topExperts_;
    messages::GateMode mode_;
    double balanceWeight_;
};
TORCH_MODULE(MoeGate);

}  // namespace finebrush::peft
