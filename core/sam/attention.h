#pragma once

#include <torch/torch.h>

namespace finebrush::sam {

/// softmax(q·kᵀ/√C + bias)·v. q [B, heads, N, C], k and v [B, heads, M, C], bias broadcast to [B, heads, N,
/// M] → [B, heads, N, C].
///
/// LibTorch's fused attention goes back window by window and head by head on a CPU, which takes up to 17
/// times as long as a batch of products where windows are small (7×7 tokens, LibTorch 2.15). So what is
/// learned through there, and small enough to keep, is multiplied out.
torch::Tensor attend(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
                     const torch::Tensor& bias);

}  // namespace finebrush::sam
