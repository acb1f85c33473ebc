#include "ui/tools/polygon_tool.h"

#include <cmath>

namespace finebrush {

namespace {

constexpr size_t kFewestCorners = 3;
constexpr double kClosingReach = 7;  // view px around the first corner

}  // namespace

void PolygonTool::press(PointInImage point, bool erases) {
    if (erases) return stepBack();
    if (!valueToPaint(false)) return;
    if (closesAt(point)) return complete();
    corners_.push_back(point);
    placing_ = true;
}

void PolygonTool::move(PointInImage point) {
    if (placing_) corners_.back() = point;
}

void PolygonTool::cancel() {
    corners_.clear();
    placing_ = false;
}

void PolygonTool::complete() {
    const std::optional<uint8_t> value = valueToPaint(false);
    if (corners_.size() < kFewestCorners || !value) return;
    const PolygonArea polygon{corners_};
    cancel();
    session().fill({polygon, *value});
}

void PolygonTool::stepBack() {
    placing_ = false;
    if (!corners_.empty()) corners_.pop_back();
}

bool PolygonTool::closesAt(PointInImage point) const {
    if (corners_.size() < kFewestCorners) return false;
    const PointInImage first = corners_.front();
    return std::hypot(point.x - first.x, point.y - first.y) * viewScale() < kClosingReach;
}

std::optional<ToolSketch> PolygonTool::sketch() const {
    if (corners_.empty()) return std::nullopt;
    return ToolSketch{corners_, valueToPaint(false).value_or(kUnlabelled), true, !placing_};
}

}  // namespace finebrush
