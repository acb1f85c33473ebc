#pragma once

#include "core/base/geometry.h"
#include "core/base/pixel_buffer.h"

#include <cstdint>

namespace finebrush {

/// A fill of what hangs together by its colour with a point.
struct ColourFill {
    PointInImage from;
    int tolerance = 0;  ///< as `similarColoursWithin`
    uint8_t value = kUnlabelled;
    RectInImage seen = {};  ///< what of the image is on the screen; a large image is filled within it
};

}  // namespace finebrush
