#pragma once

#include "ui/tools/canvas_tool.h"

namespace finebrush {

/// A click fills what hangs together by its label; the right button erases it. In a large image it reaches as
/// far as one sees.
class FillTool : public CanvasTool {
  public:
    using CanvasTool::CanvasTool;

    void press(PointInImage point, bool erases) override;
};

}  // namespace finebrush
