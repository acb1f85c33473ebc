#pragma once

#include "core/labels/superpixels.h"
#include "ui/tools/canvas_tool.h"

#include <memory>
#include <set>
#include <vector>

namespace finebrush {

/// Paints whole superpixels, about as wide as the brush: those that the pointer goes over; the right button
/// erases them. The one under the pointer is shown before.
class SuperpixelTool : public CanvasTool {
  public:
    using CanvasTool::CanvasTool;

    void takeUp() override { want(); }
    void putDown() override { hover(std::nullopt); }
    void press(PointInImage point, bool erases) override;
    void move(PointInImage point) override;
    void release() override;
    void cancel() override;
    void hover(std::optional<PointInImage> point) override;
    void viewMoved() override { want(); }
    void follow() override;
    std::optional<ToolSketch> sketch() const override;

  private:
    /// What is painted from press to release. It may begin, and even end, before there are superpixels.
    struct Drag {
        ImageId image;
        uint8_t value;
        std::vector<PointInImage> path;
        std::shared_ptr<const Superpixels> superpixels;  ///< the same ones all the way
        std::set<int> painted;
        PixelRegion region;
        bool isReleased = false;
    };

    void want();
    /// Paints what the drag has gone over by now.
    void paintPath();
    void showHovered();

    std::optional<Drag> drag_;
    std::optional<PointInImage> pointer_;
    std::shared_ptr<const PixelRegion> hovered_;
    std::shared_ptr<const Superpixels> hoveredAmong_;
    int hoveredNumber_ = 0;
};

}  // namespace finebrush
