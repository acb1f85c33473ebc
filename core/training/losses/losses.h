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

// Of several masks that are given as rows of points, logits [C, P] float and target [C, P] of 0 and 1 →
// scalar:

/// The structure loss with the weights [C, P] of its pixels given.
torch::Tensor weightedStructureLoss(const torch::Tensor& logits, const torch::Tensor& target,
                                    const torch::Tensor& weight);

/// One minus the soft Dice coefficient (Milletari et al. 2016, arXiv 1606.04797, §3, without squares in the
/// denominator), the mean over the masks.
torch::Tensor diceLoss(const torch::Tensor& logits, const torch::Tensor& target);

/// The binary cross-entropy with inside and outside of equal weight (Xie & Tu 2015, arXiv 1504.06375, eq. 2,
/// up to a factor), the mean over the masks. Where a mask has one of both only, that one counts alone.
torch::Tensor balancedBinaryCrossEntropy(const torch::Tensor& logits, const torch::Tensor& target);

}  // namespace finebrush
