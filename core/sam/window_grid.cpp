#include "core/sam/window_grid.h"

namespace finebrush::sam {

WindowGrid::WindowGrid(const torch::Tensor& map, int64_t windowSize)
    : batch_(map.size(0)),
      height_(map.size(1)),
      width_(map.size(2)),
      side_(windowSize),
      rows_((height_ + side_ - 1) / side_),
      columns_((width_ + side_ - 1) / side_) {}

torch::Tensor WindowGrid::split(const torch::Tensor& map) const {
    const int64_t channels = map.size(3);
    const int64_t right = columns_ * side_ - width_, bottom = rows_ * side_ - height_;
    const torch::Tensor padded =
        right || bottom ? torch::constant_pad_nd(map, {0, 0, 0, right, 0, bottom}) : map;
    return padded.reshape({batch_, rows_, side_, columns_, side_, channels})
        .transpose(2, 3)
        .reshape({-1, side_, side_, channels});
}

torch::Tensor WindowGrid::join(const torch::Tensor& windows) const {
    const int64_t channels = windows.size(-1);
    return windows.reshape({batch_, rows_, columns_, side_, side_, channels})
        .transpose(2, 3)
        .reshape({batch_, rows_ * side_, columns_ * side_, channels})
        .slice(1, 0, height_)
        .slice(2, 0, width_);
}

}  // namespace finebrush::sam
