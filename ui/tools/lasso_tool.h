#pragma once

#include "ui/tools/canvas_tool.h"

namespace finebrush {

/// A loop drawn by hand, filled; the right button erases it.
class LassoTool : public CanvasTool {
  public:
    using CanvasTool::CanvasTool;

    void press(PointInImage point, bool erases) override;
    void move(PointInImage point) override;
    void release() override;
    void cancel() override { sketch_.reset(); }
    std::optional<ToolSketch> sketch() const override { return sketch_; }

  private:
    std::optional<ToolSketch> sketch_;
};

}  // namespace finebrush
