#pragma once

#include "core/base/geometry.h"

#include <cstdint>
#include <vector>

namespace finebrush {

/// A grid of small windows of an image that is too large to be read, in the middle of each of its cells.
struct SampleWindows {
    static constexpr int kPerSide = 8;
    static constexpr int kSide = 64;  ///< px

    /// May be cut off where the image is small.
    static RectInImage at(PixelSize image, int column, int row) {
        const auto first = [](int side, int cell) {
            return static_cast<int>(int64_t{side} * (2 * cell + 1) / (2 * kPerSide)) - kSide / 2;
        };
        const RectInImage window{first(image.width, column), first(image.height, row), kSide, kSide};
        return window.intersected(RectInImage::ofSize(image));
    }

    static std::vector<RectInImage> of(PixelSize image) {
        std::vector<RectInImage> windows;
        for (int cell = 0; cell < kPerSide * kPerSide; ++cell)
            windows.push_back(at(image, cell % kPerSide, cell / kPerSide));
        return windows;
    }
};

}  // namespace finebrush
