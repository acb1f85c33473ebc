#pragma once

#include <torch/torch.h>

namespace finebrush::training {

/// Weights of a softmax regression.
struct LinearFit {
    torch::Tensor weight;  ///< [K, D] float
    torch::Tensor bias;    ///< [K] float
};

/// Weights that make every class of `labels` [N] int64 count alike; their mean is 1. [N] float.
torch::Tensor classBalancedWeights(const torch::Tensor& labels, int64_t classes);

/// Fits a softmax regression of `classes` classes to features [N, D] float and labels [N] int64 by L-BFGS:
/// the weighted mean of the cross-entropy plus penalty/2 · ‖weight‖². Classes without a sample get a bias
/// that keeps them from being chosen. Deterministic for one thread count.
LinearFit fitLinear(const torch::Tensor& features, const torch::Tensor& labels,
                    const torch::Tensor& sampleWeights, int64_t classes, double penalty,
                    int maxIterations = 60);

}  // namespace finebrush::training
