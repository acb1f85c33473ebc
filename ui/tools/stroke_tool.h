#pragma once

#include "ui/tools/canvas_tool.h"

namespace finebrush {

/// Brush and eraser: a drag is a stroke.
class StrokeTool : public CanvasTool {
  public:
    enum class Mode { Paint, Erase };

    StrokeTool(const ToolContext& context, Mode mode) : CanvasTool(context), mode_(mode) {}

    void press(PointInImage point, bool erases) override;
    void move(PointInImage point) override;
    void release() override;
    void cancel() override;

  private:
    Mode mode_;
    bool painting_ = false;
};

}  // namespace finebrush
