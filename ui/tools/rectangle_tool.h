#pragma once

#include "ui/tools/canvas_tool.h"

namespace finebrush {

/// A rectangle from where the drag begins to where it ends, filled; the right button erases it.
class RectangleTool : public CanvasTool {
  public:
    using CanvasTool::CanvasTool;

    void press(PointInImage point, bool erases) override;
    void move(PointInImage point) override;
    void release() override;
    void cancel() override { drag_.reset(); }
    std::optional<ToolSketch> sketch() const override;

  private:
    struct Drag {
        PointInImage from;
        PointInImage to;
        uint8_t value;
    };
    std::optional<Drag> drag_;
};

}  // namespace finebrush
