#pragma once

#include "core/inference/segmentation_model.h"

namespace finebrush {

/// The most probable class of every pixel of [K, H, W] probabilities, class k being classes[k]; where all are
/// 0, certainly none (`kUnlabelled`).
ClassPrediction mostProbable(const torch::Tensor& probability,
                             const std::vector<messages::ClassInfo>& classes);

}  // namespace finebrush
