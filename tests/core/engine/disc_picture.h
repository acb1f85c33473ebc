#pragma once

#include "core/base/pixel_buffer.h"

#include <cmath>

namespace finebrush::testing {

inline constexpr PixelSize kDiscPicture{200, 160};
inline constexpr PointInImage kDiscCentre{120, 70};
inline constexpr double kDiscRadius = 40;

inline bool isOnDisc(int x, int y) {
    return std::hypot(x + 0.5 - kDiscCentre.x, y + 0.5 - kDiscCentre.y) < kDiscRadius;
}

/// A bright disc on a dark ground with some grain: an object that no network of the family mistakes.
inline PixelBuffer discPicture() {
    PixelBuffer picture{kDiscPicture, 3, PixelType::UInt8, {}, {}};
    for (int y = 0; y < kDiscPicture.height; ++y) {
        for (int x = 0; x < kDiscPicture.width; ++x) {
            const auto grey = static_cast<uint8_t>((isOnDisc(x, y) ? 200 : 60) + (x * 7 + y * 13) % 11);
            picture.bytes.insert(picture.bytes.end(), {grey, grey, grey});
        }
    }
    return picture;
}

}  // namespace finebrush::testing
