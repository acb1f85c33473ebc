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
    void cancel() override;

  private:
    struct Drag {
        PointInImage from;
        uint8_t value;
    };
    std::optional<Drag> drag_;
};

}  // namespace finebrush
