#include "ui/tools/wand_tool.h"

#include "ui/tools/tool_box.h"

#include <cmath>

namespace finebrush {

namespace {

constexpr double kViewPxPerStep = 3;  // of the drag, for one step of the tolerance

}  // namespace

void WandTool::press(PointInImage point, bool erases) {
    const std::optional<uint8_t> value = valueToPaint(erases);
    if (!value) return;
    drag_ = {point, *value, toolBox().tolerance()};
    preview();
}

void WandTool::move(PointInImage point) {
    if (!drag_) return;
    const double way = (point.x - drag_->from.x) - (point.y - drag_->from.y);
    const int before = toolBox().tolerance();
    toolBox().setTolerance(drag_->toleranceBefore +
                           static_cast<int>(std::lround(way * viewScale() / kViewPxPerStep)));
    if (toolBox().tolerance() != before) preview();
}

void WandTool::release() {
    if (!drag_) return;
    drag_.reset();
    session().finishFill();
}

void WandTool::cancel() {
    if (!drag_) return;
    toolBox().setTolerance(drag_->toleranceBefore);
    drag_.reset();
    session().cancelPainting();
}

void WandTool::preview() {
    session().previewFill({SimilarColours{drag_->from, toolBox().tolerance()}, drag_->value, visibleRect()});
}

}  // namespace finebrush
