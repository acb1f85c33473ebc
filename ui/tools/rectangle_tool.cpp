#include "ui/tools/rectangle_tool.h"

#include "core/labels/polygon_fill.h"

#include <utility>

namespace finebrush {

void RectangleTool::press(PointInImage point, bool erases) {
    if (const auto value = valueToPaint(erases)) drag_ = {point, point, *value};
}

void RectangleTool::move(PointInImage point) {
    if (drag_) drag_->to = point;
}

void RectangleTool::release() {
    const std::optional<Drag> drag = std::exchange(drag_, std::nullopt);
    if (!drag || drag->from == drag->to) return;  // a click is no rectangle
    session().fill(rectangleRegion(drag->from, drag->to, session().labels().size()), drag->value);
}

std::optional<ToolSketch> RectangleTool::sketch() const {
    if (!drag_) return std::nullopt;
    const auto [from, to, value] = *drag_;
    return ToolSketch{{from, {to.x, from.y}, to, {from.x, to.y}, from}, value};
}

}  // namespace finebrush
