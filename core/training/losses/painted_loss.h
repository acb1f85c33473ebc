#pragma once

#include "core/messages/messages.h"
#include "core/training/strokes.h"

#include <torch/torch.h>

namespace finebrush::training {

/// The loss of painted points: logits [P, K] float and labels [P] int64 → scalar; zero for no point.
/// `weights` [P, K] of `structureWeights` is for `Structure` alone.
torch::Tensor paintedLoss(messages::PaintedLoss loss, const torch::Tensor& logits,
                          const torch::Tensor& labels, const torch::Tensor& weights = {});

/// What the structure loss stresses (Fan et al. 2020, arXiv 2006.11392, §3.4): 1 + 5 · |share of a class
/// among the painted pixels around - whether the pixel itself has it|, at points [P, 2] (pixel centres in
/// 0..1 of the image) of labels [P]: [P, K] float on the CPU.
torch::Tensor structureWeights(const std::vector<Stroke>& strokes, PixelSize size,
                               const torch::Tensor& points, const torch::Tensor& labels, int64_t classes);

}  // namespace finebrush::training
