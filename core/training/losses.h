#pragma once

#include <torch/torch.h>

namespace finebrush {

/// Weighted binary cross-entropy plus weighted IoU of one mask (PraNet, Fan et al. 2020, arXiv 2006.11392,
/// §3.4, as its public code and AutoGluon's run it: the cross-entropy is averaged before it is weighted,
/// which the published numbers depend on). logits and target [B, 1, H, W] float, target in 0..1 → scalar.
torch::Tensor structureLoss(const torch::Tensor& logits, const torch::Tensor& target);

/// Cross-entropy over the painted pixels only. logits [B, K, H, W] float; labels [B, H, W] uint8 or int64,
/// 255 where nobody painted; classWeights [K] float, or undefined for equal ones → the weighted mean, scalar;
/// zero where nothing is painted.
torch::Tensor partialCrossEntropy(const torch::Tensor& logits, const torch::Tensor& labels,
                                  const torch::Tensor& classWeights = {});

}  // namespace finebrush
