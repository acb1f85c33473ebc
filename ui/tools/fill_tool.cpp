#include "ui/tools/fill_tool.h"

namespace finebrush {

void FillTool::press(PointInImage point, bool erases) {
    if (const auto value = valueToPaint(erases)) session().fill({EqualLabels{point}, *value, visibleRect()});
}

}  // namespace finebrush
