#include "ui/tools/fill_tool.h"

#include "core/labels/flood_fill.h"

namespace finebrush {

void FillTool::press(PointInImage point, bool erases) {
    if (const auto value = valueToPaint(erases)) {
        session().fill(equalLabelRegion(session().labels(), point), *value);
    }
}

}  // namespace finebrush
