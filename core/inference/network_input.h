#pragma once

#include "core/base/pixel_buffer.h"

#include <torch/torch.h>

namespace finebrush {

/// The colours of an image: [3, H, W] float32 raw values. A grey image is repeated; of more than three bands
/// the first three are taken; a second band alone is left out. Nodata, NaN and infinities become the smallest
/// valid value.
torch::Tensor rawColours(const PixelBuffer& pixels);

/// What the network sees of raw colours at a size: [3, size.height, size.width] float32, scaled after
/// resizing so that the smallest value of all bands is 0 and the largest 1 (as LiteMedSAM was trained).
torch::Tensor networkInput(const torch::Tensor& colours, PixelSize size);

/// Resizes [C, H, W] float32 on the CPU: area average when shrinking, bilinear when growing (OpenCV's).
torch::Tensor resized(const torch::Tensor& image, PixelSize size);

}  // namespace finebrush
