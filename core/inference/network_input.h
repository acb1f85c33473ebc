#pragma once

#include "core/base/pixel_buffer.h"
#include "core/messages/input_range.h"
#include "core/sam/sam_description.h"

#include <torch/torch.h>

#include <array>
#include <optional>

namespace finebrush {

/// The range that is asked for, or where it is the automatic one, the one that the network was trained with:
/// SAM and MobileSAM saw 8-bit values as they are, LiteMedSAM and MedSAM stretched ones.
InputRange inputRangeFor(const InputRange& asked, const sam::SamDescription& network);

/// Bands of an image for red, green and blue, from 0 on. Nothing, or one that the image lacks: the first
/// three; a grey image is repeated, and a second band alone is left out.
using ColourBands = std::optional<std::array<int, 3>>;

/// The colours of an image: [3, H, W] float32 raw values, so that integers beyond 2^24 are rounded, and those
/// that round to the nodata value count as it. What is no measurement (nodata, NaN, infinity, hidden) becomes
/// the smallest valid value.
torch::Tensor rawColours(const PixelBuffer& pixels, const ColourBands& bands = {});

/// Which pixels hold a measurement in one of these bands at least: [H, W] bool; undefined where all do.
torch::Tensor measuredPixels(const PixelBuffer& pixels, const ColourBands& bands = {});

/// The range that pixels are brought to 0..1 by: in a window of a larger image, whose limits are known, the
/// automatic one is that of the whole image and not of each look.
InputRange appliedRange(const InputRange& range, const PixelBuffer& pixels);

/// Raw colours that a range has brought to 0..1, what lies beyond cut off: [3, H, W] float32. Nodata, NaN and
/// infinities do not count for the range. The automatic one leaves colours raw: it comes after resizing. In a
/// window of a larger image a range that goes by the values of an image is that of the whole, and what is no
/// measurement becomes 0.
torch::Tensor scaledColours(const PixelBuffer& pixels, const InputRange& range);

/// What the network sees of scaled colours at a size: [3, size.height, size.width] float32. The automatic
/// range makes the smallest value of all bands 0 and the largest 1 (as LiteMedSAM was trained).
torch::Tensor networkInput(const torch::Tensor& colours, PixelSize size, const InputRange& range);

/// Resizes [C, H, W] float32 on the CPU: area average when shrinking, bilinear when growing (OpenCV's).
torch::Tensor resized(const torch::Tensor& image, PixelSize size);

}  // namespace finebrush
