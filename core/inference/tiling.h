#pragma once

#include "core/base/geometry.h"

#include <torch/torch.h>

#include <vector>

namespace finebrush {

/// The side of the square that the network sees, and what neighbouring tiles share, in px of the working
/// frame.
struct TileLayout {
    int side = 256;
    int overlap = 64;
};

/// Squares of `layout.side` px that cover an image of the working frame. Neighbours share at least the
/// overlap; tiles are spread evenly and stay inside the image where it is large enough. A smaller image gets
/// one tile that hangs over its right and lower edge.
std::vector<RectInImage> tilesOver(PixelSize size, const TileLayout& layout);

/// Cuts a tile from [C, H, W]; what lies outside the image is 0.
torch::Tensor cutTile(const torch::Tensor& image, const RectInImage& tile);

/// Adds up overlapping tiles with weights that fall towards their edges, so that no seam is left.
class TileBlender {
  public:
    TileBlender(int64_t channels, PixelSize size, const torch::Device& device);

    /// Adds [C, side, side]; what hangs over the image is dropped.
    void add(const torch::Tensor& values, const RectInImage& tile);
    /// The weighted mean [C, H, W].
    torch::Tensor result() const;

  private:
    torch::Tensor sum_;     // [C, H, W]
    torch::Tensor weight_;  // [1, H, W]
};

}  // namespace finebrush
