#include "ui/tools/lasso_tool.h"

#include <utility>

namespace finebrush {

void LassoTool::press(PointInImage point, bool erases) {
    if (const auto value = valueToPaint(erases)) sketch_ = ToolSketch{{point}, *value};
}

void LassoTool::move(PointInImage point) {
    if (sketch_) sketch_->points.push_back(point);
}

void LassoTool::release() {
    std::optional<ToolSketch> loop = std::exchange(sketch_, std::nullopt);
    if (loop) session().fill({PolygonArea{std::move(loop->points)}, loop->value});
}

}  // namespace finebrush
