#include "ui/tools/line_tool.h"

#include "ui/tools/tool_box.h"

#include <utility>

namespace finebrush {

void LineTool::press(PointInImage point, bool erases) {
    if (const auto value = valueToPaint(erases)) line_ = ToolSketch{{point, point}, *value};
}

void LineTool::move(PointInImage point) {
    if (line_) line_->points.back() = point;
}

void LineTool::release() {
    const std::optional<ToolSketch> line = std::exchange(line_, std::nullopt);
    if (!line) return;
    session().beginStroke(line->value, toolBox().diameter(), line->points.front());
    session().extendStroke(line->points.back());
    session().finishPainting();
}

}  // namespace finebrush
