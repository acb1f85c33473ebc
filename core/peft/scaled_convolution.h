#pragma once

#include <torch/torch.h>

namespace finebrush::peft {

/// A 3×3 convolution with GELU that sees a map enlarged `ratio` times and gives back the map's own size, both
/// by bicubic interpolation as `torch::nn::functional::interpolate` does it (align_corners off).
///
/// Interpolation is linear, and as products with the matrices of its weights it is several times faster,
/// forward and backward. For an odd ratio, going back picks every ratio-th pixel, so only those are convolved
/// at all.
class ScaledConvolution {
  public:
    explicit ScaledConvolution(int64_t ratio) : ratio_(ratio) {}

    /// map [S, C, H, W], weight [C', C, 3, 3], bias [C'] → [S, C', H, W]. Differentiable.
    torch::Tensor forward(const torch::Tensor& map, const torch::Tensor& weight, const torch::Tensor& bias);

  private:
    /// Of one axis of the map.
    struct Axis {
        torch::Tensor enlarge;  ///< [rows that are convolved, size]
        torch::Tensor shrink;   ///< [size, ratio·size]; for even ratios
    };
    Axis makeAxis(int64_t size, const torch::TensorOptions& options) const;
    void prepare(const torch::Tensor& map);

    int64_t ratio_;
    Axis vertical_, horizontal_;  ///< for maps of the size, type and device seen last
};

}  // namespace finebrush::peft
