#pragma once

#include "core/base/pixel_buffer.h"

#include <cstdint>
#include <vector>

namespace finebrush {

/// How raw values become 8-bit RGB on the screen.
struct DisplayMapping {
    double low = 0;     ///< raw value shown black
    double high = 255;  ///< raw value shown white
    bool operator==(const DisplayMapping&) const = default;
};

/// 0..255 for 8-bit images; otherwise the 0.5th to 99.5th percentile over all bands (nearest rank; NaN,
/// infinity and nodata left out; of more than about a million pixels an even sample), or one apart where
/// these are equal.
DisplayMapping defaultDisplayMapping(const PixelBuffer& pixels);

/// Row-major 8-bit RGB, `size.area() * 3` bytes: the first three bands, or the only one three times. A second
/// band without a third is left out. NaN and nodata are black.
std::vector<uint8_t> toDisplayRgb(const PixelBuffer& pixels, const DisplayMapping& mapping);

}  // namespace finebrush
