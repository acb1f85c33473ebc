#pragma once

#include "ui/tools/canvas_tool.h"

namespace finebrush {

/// A line from where the drag begins to where it ends, with its length; labels nothing. It stays until
/// another one is begun, or Escape, another tool or another image takes it away; a click does so, too.
class MeasureTool : public CanvasTool {
  public:
    using CanvasTool::CanvasTool;

    void press(PointInImage point, bool erases) override;
    void move(PointInImage point) override;
    void release() override;
    void cancel() override;
    std::optional<ToolSketch> sketch() const override { return line_; }

  private:
    std::optional<ToolSketch> line_;
    bool isDragged_ = false;
};

}  // namespace finebrush
