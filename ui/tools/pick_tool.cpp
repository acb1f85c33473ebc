#include "ui/tools/pick_tool.h"

#include "ui/tools/tool_box.h"

#include <cmath>
#include <utility>

namespace finebrush {

void PickTool::press(PointInImage point, bool) {
    const uint8_t value =
        session().labels().at(static_cast<int>(std::floor(point.x)), static_cast<int>(std::floor(point.y)));
    const LabelClass* entry = session().classes().findValue(value);
    if (!entry) return;
    toolBox().setCurrentClass(entry->id);
    picked_ = true;
}

void PickTool::release() {
    // Not before: what is left of the click is not for the tool of before.
    if (std::exchange(picked_, false)) toolBox().takePreviousKind();
}

}  // namespace finebrush
