#pragma once

#include "ui/tools/canvas_tool.h"

namespace finebrush {

/// Fills what hangs together by its colour. A drag to the right or up widens the tolerance, which stays for
/// the next time, and the fill is seen meanwhile; the right button erases. In a large image it reaches as far
/// as one sees.
class WandTool : public CanvasTool {
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
        int toleranceBefore;
    };
    void preview();

    std::optional<Drag> drag_;
};

}  // namespace finebrush
