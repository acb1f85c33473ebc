#pragma once

#include "core/base/geometry.h"
#include "core/labels/pixel_region.h"

#include <span>

namespace finebrush {

/// The pixels of an image whose centres lie within a closed polygon; what it goes around more than once is
/// inside as well, so that a loop drawn by hand has no holes. Points may lie outside the image. Empty for
/// fewer than three points, or where one is not finite.
PixelRegion polygonRegion(std::span<const PointInImage> points, PixelSize image);

/// The pixels of an image under the corners of a rectangle and between them.
PixelRegion rectangleRegion(PointInImage corner, PointInImage opposite, PixelSize image);

}  // namespace finebrush
