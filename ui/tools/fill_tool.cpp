#include "ui/tools/fill_tool.h"

#include "core/labels/flood_fill.h"

#include <algorithm>

namespace finebrush {

namespace {

constexpr int kLongestSide = 4096;  // px of a large image that are filled at once

}  // namespace

RectInImage FillTool::reach(PointInImage point) const {
    const auto shown = session().shownImage();
    if (!shown || !shown->isLarge()) return RectInImage::ofSize(session().labels().size());
    const RectInImage around{static_cast<int>(point.x) - kLongestSide / 2,
                             static_cast<int>(point.y) - kLongestSide / 2, kLongestSide, kLongestSide};
    return visibleRect().intersected(around);
}

void FillTool::press(PointInImage point, bool erases) {
    if (const auto value = valueToPaint(erases)) {
        session().fill(equalLabelRegion(session().labels(), point, reach(point)), *value);
    }
}

}  // namespace finebrush
