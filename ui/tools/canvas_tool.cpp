#include "ui/tools/canvas_tool.h"

#include "ui/tools/tool_box.h"

namespace finebrush {

std::optional<uint8_t> CanvasTool::valueToPaint(bool erases) const {
    if (!session().shownImage()) return std::nullopt;
    if (erases) return kUnlabelled;
    const LabelClass* current = session().classes().find(toolBox().currentClass());
    return current ? std::optional(current->value) : std::nullopt;
}

}  // namespace finebrush
