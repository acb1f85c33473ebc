#pragma once

#include <torch/torch.h>

namespace finebrush::sam {

/// The square windows that a map is cut into, with zeros at the right and the bottom where the side does not
/// divide it.
class WindowGrid {
  public:
    /// map [B, H, W, C].
    WindowGrid(const torch::Tensor& map, int64_t windowSize);

    /// [B, H, W, C] → [B·windows, side, side, C], windows in row order.
    torch::Tensor split(const torch::Tensor& map) const;

    /// [B·windows, ..., C], the inner dimensions holding side² tokens in row order → [B, H, W, C].
    torch::Tensor join(const torch::Tensor& windows) const;

  private:
    int64_t batch_, height_, width_, side_;
    int64_t rows_, columns_;  // of windows
};

}  // namespace finebrush::sam
