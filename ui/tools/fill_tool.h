#pragma once

#include "ui/tools/canvas_tool.h"

namespace finebrush {

/// A click fills what hangs together by its label; the right button erases it.
class FillTool : public CanvasTool {
  public:
    using CanvasTool::CanvasTool;

    void press(PointInImage point, bool erases) override;
};

}  // namespace finebrush
