#pragma once

#include "core/base/geometry.h"
#include "core/base/pixel_buffer.h"

#include <cstdint>
#include <vector>

namespace finebrush {

/// The outline that a tool is drawing and has not filled yet.
struct ToolSketch {
    std::vector<PointInImage> points;
    uint8_t value = kUnlabelled;  ///< what it is to be filled with
    bool showsCorners = false;    ///< marks every point, the first one most
    bool leadsToPointer = false;  ///< the line goes on to the pointer
    bool operator==(const ToolSketch&) const = default;
};

}  // namespace finebrush
