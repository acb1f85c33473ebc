#include "core/sam/attention.h"

#include <cmath>

namespace finebrush::sam {

namespace {

/// Keys of a window of 7×7 tokens, with room for prompts: products are faster forward as well.
constexpr int64_t kSmallWindow = 64;
/// Beyond, the weights of all pairs would take too much memory until the backward pass.
constexpr int64_t kMostKept = 1024;

bool isMultipliedOut(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v) {
    if (!q.is_cpu()) return false;
    const bool learns =
        torch::GradMode::is_enabled() && (q.requires_grad() || k.requires_grad() || v.requires_grad());
    return k.size(2) <= (learns ? kMostKept : kSmallWindow);
}

}  // namespace

torch::Tensor attend(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
                     const torch::Tensor& bias) {
    if (!isMultipliedOut(q, k, v)) return torch::scaled_dot_product_attention(q, k, v, bias);
    const double scale = 1 / std::sqrt(static_cast<double>(q.size(3)));
    torch::Tensor scores = torch::matmul(q * scale, k.transpose(2, 3));  // [B, heads, N, M]
    scores = scores.add_(bias.to(scores.dtype())).softmax(3);
    return torch::matmul(scores, v);
}

}  // namespace finebrush::sam
