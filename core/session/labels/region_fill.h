#pragma once

#include "core/base/geometry.h"
#include "core/base/pixel_buffer.h"
#include "core/labels/pixel_region.h"

#include <cstdint>
#include <variant>
#include <vector>

namespace finebrush {

/// What hangs together by its colour with a point (`similarColoursWithin`).
struct SimilarColours {
    PointInImage from;
    int tolerance = 0;
};

/// What hangs together by its label with a point (`equalLabelRegion`).
struct EqualLabels {
    PointInImage from;
};

/// What lies within a closed polygon (`polygonRegion`).
struct PolygonArea {
    std::vector<PointInImage> points;
};

/// A fill of a region of the shown image that may have to be found first.
struct RegionFill {
    std::variant<SimilarColours, EqualLabels, PolygonArea, PixelRegion> region;
    uint8_t value = kUnlabelled;
    /// What of the image is on the screen: in a large one, what hangs together is filled within it.
    RectInImage seen = {};
};

}  // namespace finebrush
