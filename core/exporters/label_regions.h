#pragma once

#include "core/base/geometry.h"
#include "core/base/pixel_buffer.h"
#include "core/base/result.h"
#include "core/labels/class_table.h"
#include "core/labels/label_map.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

namespace finebrush {

/// A connected piece of one class, holes left out: what annotation formats call an object.
struct LabelRegion {
    uint8_t value = 0;
    RectInImage box;              ///< the smallest that holds it
    std::vector<uint8_t> inside;  ///< row-major [box.height, box.width]: 1 within the region, else 0
    int64_t area = 0;             ///< px

    /// True for a pixel of the box that belongs to the region; in the image frame.
    bool contains(int x, int y) const {
        return inside[static_cast<size_t>(y - box.y) * static_cast<size_t>(box.width) +
                      static_cast<size_t>(x - box.x)] != 0;
    }
};

/// Visits the regions of all labelled pixels one after the other, ordered by class value, until `visit` is
/// false; true where it never was. Pixels that touch at a corner are connected.
bool visitRegions(const IndexMask& mask, const std::function<bool(const LabelRegion&)>& visit);

/// Nothing where every labelled pixel has a class in the table. `file` is named in the error.
/// Errors: LabelsUnknownClass.
Result<void> requireKnownClasses(const LabelMap& labels, const ClassTable& classes,
                                 const std::filesystem::path& file);

}  // namespace finebrush
