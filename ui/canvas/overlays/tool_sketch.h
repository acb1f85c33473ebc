#pragma once

#include "core/base/geometry.h"
#include "core/base/pixel_buffer.h"
#include "core/labels/pixel_region.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <vector>

namespace finebrush {

/// A click that tells what an object is, or is not.
struct PromptMark {
    PointInImage point;
    bool isObject = true;
    bool operator==(const PromptMark&) const = default;
};

/// What a tool is drawing and has not filled yet.
struct ToolSketch {
    std::vector<PointInImage> points;  ///< of the outline
    uint8_t value = kUnlabelled;       ///< what it is to be filled with
    bool showsCorners = false;         ///< marks every point, the first one most
    bool leadsToPointer = false;       ///< the line goes on to the pointer
    bool isFilled = true;              ///< shows the inside of the outline
    std::vector<PromptMark> marks = {};
    std::shared_ptr<const PixelRegion> region = {};  ///< shown as filled; may be null
    bool isFleeting = false;  ///< goes with the pointer: Enter, Backspace and Escape are not for it
    QString caption = {};     ///< stands beside the line; Escape takes it away even where it is fleeting
    bool operator==(const ToolSketch&) const = default;
};

}  // namespace finebrush
