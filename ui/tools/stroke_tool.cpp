#include "ui/tools/stroke_tool.h"

#include "ui/tools/tool_box.h"

namespace finebrush {

StrokeTool::StrokeTool(Session& session, const ToolBox& toolBox, QObject* parent)
    : QObject(parent), session_(session), toolBox_(toolBox) {}

void StrokeTool::begin(PointInImage point, bool erases) {
    if (painting_ || !session_.shownImage()) return;
    uint8_t value = kUnlabelled;
    if (!erases && toolBox_.kind() != ToolKind::Eraser) {
        const LabelClass* current = session_.classes().find(toolBox_.currentClass());
        if (!current) return;
        value = current->value;
    }
    painting_ = true;
    session_.beginStroke(value, toolBox_.diameter(), point);
}

void StrokeTool::extend(PointInImage point) {
    if (painting_) session_.extendStroke(point);
}

void StrokeTool::finish() {
    if (!painting_) return;
    painting_ = false;
    session_.finishPainting();
}

void StrokeTool::cancel() {
    if (!painting_) return;
    painting_ = false;
    session_.cancelPainting();
}

}  // namespace finebrush
