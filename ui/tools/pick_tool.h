#pragma once

#include "ui/tools/canvas_tool.h"

namespace finebrush {

/// A click makes the class under the pointer the current one, and gives the tool of before back.
class PickTool : public CanvasTool {
  public:
    using CanvasTool::CanvasTool;

    void press(PointInImage point, bool erases) override;
    void release() override;

  private:
    bool picked_ = false;
};

}  // namespace finebrush
