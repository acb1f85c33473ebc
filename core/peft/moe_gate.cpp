#include "core/peft/moe_gate.h"

#include <algorithm>
#include <numbers>

namespace finebrush::peft {

namespace {

constexpr double kSmallestNoise = 1e-2;  // standard deviation

/// The squared coefficient of variation of [M] values, with the unbiased variance; 0 for a single one.
torch::Tensor squaredVariation(const torch::Tensor& values) {
    if (values.numel() == 1) return values.new_zeros({});
    return values.var() / (values.mean().square() + 1e-10);
}

torch::Tensor normalCdf(const torch::Tensor& z) {
    return 0.5 * (1 + torch::erf(z / std::numbers::sqrt2));
}

/// How likely each expert is among the top k if its own noise were drawn again (Shazeer et al., eq. 8-9): [S,
/// M]. `top` [S, k + 1] are the largest of the noisy logits, in order.
torch::Tensor chanceOfBeingKept(const torch::Tensor& clean, const torch::Tensor& noisy,
                                const torch::Tensor& deviation, const torch::Tensor& top, int64_t k) {
    const torch::Tensor toStay = top.narrow(1, k, 1);       // what a kept expert has to exceed, [S, 1]
    const torch::Tensor toEnter = top.narrow(1, k - 1, 1);  // what another has to exceed, [S, 1]
    return torch::where(noisy > toStay, normalCdf((clean - toStay) / deviation),
                        normalCdf((clean - toEnter) / deviation));
}

}  // namespace

MoeGateImpl::MoeGateImpl(int64_t features, int64_t experts, int64_t topExperts, messages::GateMode mode,
                         double balanceWeight)
    : topExperts_(topExperts), mode_(mode), balanceWeight_(balanceWeight) {
    TORCH_CHECK(topExperts >= 1 && topExperts <= experts, "gate: cannot keep ", topExperts, " of ", experts);
    w_gate = register_parameter("w_gate", torch::zeros({features, experts}));
    w_noise = register_parameter("w_noise", torch::zeros({features, experts}));
}

torch::Tensor MoeGateImpl::drawNoise(int64_t samples) const {
    if (!is_training()) return {};
    return torch::randn({samples, w_gate.size(1)}, w_gate.options().requires_grad(false));
}

GateDecision MoeGateImpl::forward(const torch::Tensor& features, const torch::Tensor& noise) {
    const int64_t experts = w_gate.size(1);
    const torch::Tensor pooled = features.mean({2, 3});         // [S, C]
    const torch::Tensor clean = torch::matmul(pooled, w_gate);  // [S, M]
    torch::Tensor logits = clean, deviation;
    if (noise.defined()) {
        deviation = torch::softplus(torch::matmul(pooled, w_noise)) + kSmallestNoise;  // [S, M]
        logits = clean + noise * deviation;
    }

    const auto [top, topIndices] = logits.topk(std::min(topExperts_ + 1, experts), 1);
    const torch::Tensor chosen = topIndices.narrow(1, 0, topExperts_);  // [S, K]
    const bool informative = mode_ == messages::GateMode::Informative;
    const torch::Tensor probabilities = informative ? torch::softmax(logits, 1) : torch::Tensor();
    const torch::Tensor kept =
        informative ? probabilities.gather(1, chosen) : torch::softmax(top.narrow(1, 0, topExperts_), 1);
    const torch::Tensor gates = torch::zeros_like(logits).scatter(1, chosen, kept);  // [S, M]

    const torch::Tensor importance = (informative ? probabilities : gates).sum(0);  // [M]
    const torch::Tensor load = noise.defined() && topExperts_ < experts
                                   ? chanceOfBeingKept(clean, logits, deviation, top, topExperts_).sum(0)
                                   : (gates > 0).sum(0).to(gates.dtype());  // [M]
    return {gates, chosen, balanceWeight_ * (squaredVariation(importance) + squaredVariation(load))};
}

}  // namespace finebrush::peft
