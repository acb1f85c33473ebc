#pragma once

#include "ui/tools/canvas_tool.h"

namespace finebrush {

/// A straight stroke of the brush from where the drag begins to where it ends; the right button erases.
class LineTool : public CanvasTool {
  public:
    using CanvasTool::CanvasTool;

    void press(PointInImage point, bool erases) override;
    void move(PointInImage point) override;
    void release() override;
    void cancel() override { line_.reset(); }
    std::optional<ToolSketch> sketch() const override { return line_; }

  private:
    std::optional<ToolSketch> line_;  ///< from its beginning to the pointer
};

}  // namespace finebrush
