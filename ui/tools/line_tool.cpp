#include "ui/tools/line_tool.h"

#include "ui/tools/tool_box.h"

namespace finebrush {

void LineTool::press(PointInImage point, bool erases) {
    const std::optional<uint8_t> value = valueToPaint(erases);
    if (!value) return;
    drag_ = {point, *value};
    session().beginStroke(*value, toolBox().diameter(), point);
}

void LineTool::move(PointInImage point) {
    if (!drag_) return;
    session().cancelPainting();
    session().beginStroke(drag_->value, toolBox().diameter(), drag_->from);
    session().extendStroke(point);
}

void LineTool::release() {
    if (!drag_) return;
    drag_.reset();
    session().finishPainting();
}

void LineTool::cancel() {
    if (!drag_) return;
    drag_.reset();
    session().cancelPainting();
}

}  // namespace finebrush
