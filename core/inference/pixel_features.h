#pragma once

#include <torch/torch.h>

namespace finebrush {

/// How many features `pixelFeatures` gives.
int64_t pixelFeatureCount();

/// Classic features of every pixel, the kind that interactive tools train forests on (ilastik, Weka, Labkit):
/// at each of six Gaussian scales the smoothed brightness and two colour opponents, gradient magnitude,
/// Laplacian, the eigenvalues of the Hessian and of the structure tensor, and the local deviation;
/// derivatives normalised by their scale (Lindeberg 1998). image [3, H, W] float32 in 0..1 on the CPU → [60,
/// H, W] float32.
torch::Tensor pixelFeatures(const torch::Tensor& image);

}  // namespace finebrush
