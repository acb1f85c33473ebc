#include "ui/tools/stroke_tool.h"

#include "ui/tools/tool_box.h"

namespace finebrush {

void StrokeTool::press(PointInImage point, bool erases) {
    const std::optional<uint8_t> value = valueToPaint(erases || mode_ == Mode::Erase);
    if (!value) return;
    painting_ = true;
    session().beginStroke(*value, toolBox().diameter() * sizeShare(), point);
}

void StrokeTool::move(PointInImage point) {
    if (painting_) session().extendStroke(point, toolBox().diameter() * sizeShare());
}

void StrokeTool::release() {
    if (!painting_) return;
    painting_ = false;
    session().finishPainting();
}

void StrokeTool::cancel() {
    if (!painting_) return;
    painting_ = false;
    session().cancelPainting();
}

}  // namespace finebrush
