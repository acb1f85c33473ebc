#pragma once

#include "ui/tools/canvas_tool.h"

namespace finebrush {

/// A polygon, corner by corner: a click sets one, a drag moves the new one; the right button takes the last
/// one back; Enter, a double click or a click on the first corner fills it.
class PolygonTool : public CanvasTool {
  public:
    using CanvasTool::CanvasTool;

    void press(PointInImage point, bool erases) override;
    void move(PointInImage point) override;
    void release() override { placing_ = false; }
    void cancel() override;
    void complete() override;
    void stepBack() override;
    std::optional<ToolSketch> sketch() const override;

  private:
    bool closesAt(PointInImage point) const;

    std::vector<PointInImage> corners_;
    bool placing_ = false;  ///< the button that set the last corner is still down
};

}  // namespace finebrush
