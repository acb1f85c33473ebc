#include "ui/main_window/window_drag.h"

#include "ui/bridge/session_bridge.h"
#include "ui/canvas/canvas_view.h"

#include <algorithm>

namespace finebrush {

namespace {

constexpr double kViewPxForAll = 512;     // of a drag through all values of the image
constexpr double kNarrowestShare = 1e-4;  // of all values

}  // namespace

WindowDrag::WindowDrag(SessionBridge& bridge, CanvasView& canvas, QObject* parent)
    : QObject(parent), bridge_(bridge) {
    connect(&canvas, &CanvasView::windowDragBegan, this, &WindowDrag::begin);
    connect(&canvas, &CanvasView::windowDragged, this, &WindowDrag::follow);
    connect(&canvas, &CanvasView::windowDragEnded, this, &WindowDrag::end);
}

void WindowDrag::begin() {
    image_ = bridge_.session().shownImage();
    if (image_) from_ = to_ = image_->display;
}

void WindowDrag::follow(QPointF way) {
    if (!image_ || image_ != bridge_.session().shownImage()) return;
    const double all = image_->values.whole.span();
    const double perPx = all / kViewPxForAll;
    const double width = std::max(from_.high - from_.low + way.x() * perPx, all * kNarrowestShare);
    // An inverted image becomes brighter by a higher level.
    const double brighter = from_.inverted ? -1 : 1;
    const double level = (from_.low + from_.high) / 2 + brighter * way.y() * perPx;
    to_ = withLimits(from_, {level - width / 2, level + width / 2});
    bridge_.session().previewDisplay(to_);
}

void WindowDrag::end() {
    const bool isStillShown = image_ && image_ == bridge_.session().shownImage();
    if (isStillShown && to_ != from_) bridge_.session().setDisplay(to_);
    image_.reset();
}

}  // namespace finebrush
