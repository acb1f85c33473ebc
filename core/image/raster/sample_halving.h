#pragma once

#include "core/base/pixel_buffer.h"

namespace finebrush {

/// An image of half as many px per side, rounded up: each is the mean of the measurements in a block of 2 × 2
/// (whole numbers rounded, those of 64 bits as doubles round them), nodata where there is none. Of class or
/// colour numbers, which have no mean, each is the upper left of its block.
PixelBuffer halved(const PixelBuffer& pixels, bool holdsNumbersOnly = false);

}  // namespace finebrush
