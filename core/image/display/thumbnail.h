#pragma once

#include "core/base/geometry.h"

#include <cstdint>
#include <span>
#include <vector>

namespace finebrush {

/// A small picture of an image: row-major 8-bit RGB, `size.area() * 3` bytes.
struct Thumbnail {
    PixelSize size;
    std::vector<uint8_t> rgb;
};

/// Shrinks row-major 8-bit RGB so that its longer side is `longestSide` px at most, by averaging the area
/// that each pixel covers; the sides' ratio stays and neither becomes 0. A smaller image is copied as it is.
/// Throws std::invalid_argument where `rgb` is not of `size`.
Thumbnail makeThumbnail(std::span<const uint8_t> rgb, PixelSize size, int longestSide);

}  // namespace finebrush
