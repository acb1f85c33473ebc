#pragma once

#include "core/base/geometry.h"
#include "core/labels/pixel_region.h"

#include <cstdint>
#include <span>
#include <stop_token>

namespace finebrush {

/// The pixels of one label that hang together with the one under a point, by their edges, in a part of the
/// image. Found on the runs of that label in its rows: memory grows with these. Empty for a point outside the
/// part, and where it is asked to stop.
PixelRegion equalLabelRegion(const LabelMap& labels, PointInImage point, const RectInImage& within,
                             const std::stop_token& stop = {});
/// The same in the whole image.
inline PixelRegion equalLabelRegion(const LabelMap& labels, PointInImage point) {
    return equalLabelRegion(labels, point, RectInImage::ofSize(labels.size()));
}

/// The pixels of similar colour that hang together with the one under a point, by their edges: each channel
/// differs from that pixel's by `tolerance` at most. `rgb` holds a part of the image, row-major, `part.area()
/// * 3` bytes. Empty for a point outside the part. Throws std::invalid_argument for a span of another size.
PixelRegion similarColoursWithin(const RectInImage& part, std::span<const uint8_t> rgb, PointInImage point,
                                 int tolerance);
/// The same in the whole image.
inline PixelRegion similarColourRegion(PixelSize size, std::span<const uint8_t> rgb, PointInImage point,
                                       int tolerance) {
    return similarColoursWithin(RectInImage::ofSize(size), rgb, point, tolerance);
}

}  // namespace finebrush
