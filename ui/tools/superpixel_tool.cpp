#include "ui/tools/superpixel_tool.h"

#include "core/session/labels/superpixel_maker.h"
#include "ui/tools/tool_box.h"

#include <algorithm>
#include <cmath>

namespace finebrush {

namespace {

constexpr double kMinSide = 4;

/// The superpixels between two points, one step of a pixel after the other.
template <typename Visit>
void visitBetween(const Superpixels& superpixels, PointInImage from, PointInImage to, Visit visit) {
    const int steps = static_cast<int>(std::ceil(std::max(std::abs(to.x - from.x), std::abs(to.y - from.y))));
    for (int step = 0; step <= steps; ++step) {
        const double part = steps == 0 ? 0 : double(step) / steps;
        const auto number =
            superpixels.at({from.x + part * (to.x - from.x), from.y + part * (to.y - from.y)});
        if (number) visit(*number);
    }
}

}  // namespace

void SuperpixelTool::want() {
    const RectInImage& visible = visibleRect();
    const PointInImage middle{visible.x + visible.width / 2.0, visible.y + visible.height / 2.0};
    session().superpixels().want(visible, pointer_.value_or(middle),
                                 static_cast<int>(std::max(kMinSide, toolBox().diameter())));
    showHovered();
}

void SuperpixelTool::press(PointInImage point, bool erases) {
    const std::optional<uint8_t> value = valueToPaint(erases);
    if (!value) return;
    pointer_ = point;
    drag_ = Drag{session().shownImage()->id, *value, {point}, nullptr, {}, {}};
    want();
    paintPath();
}

void SuperpixelTool::move(PointInImage point) {
    if (!drag_ || drag_->isReleased) return;
    pointer_ = point;
    drag_->path.push_back(point);
    paintPath();
}

void SuperpixelTool::paintPath() {
    if (!drag_->superpixels) drag_->superpixels = session().superpixels().current();
    if (!drag_->superpixels) return;
    const size_t before = drag_->painted.size();
    for (size_t i = 0; i < drag_->path.size(); ++i) {
        visitBetween(*drag_->superpixels, drag_->path[i > 0 ? i - 1 : 0], drag_->path[i], [this](int number) {
            if (!drag_->painted.insert(number).second) return;
            const PixelRegion superpixel = drag_->superpixels->region(number);
            for (const RectInImage& rect : superpixel.rects()) drag_->region.add(rect);
        });
    }
    drag_->path = {drag_->path.back()};
    if (drag_->painted.size() > before) session().previewFill(drag_->region, drag_->value);
    showHovered();
}

void SuperpixelTool::release() {
    if (!drag_) return;
    drag_->isReleased = true;
    if (!drag_->superpixels) return;  // it is finished when they are there
    drag_.reset();
    session().finishPainting();
    want();
}

void SuperpixelTool::cancel() {
    if (!drag_) return;
    drag_.reset();
    session().cancelPainting();
}

void SuperpixelTool::hover(std::optional<PointInImage> point) {
    pointer_ = point;
    if (point && !drag_ && valueToPaint(false)) want();
    showHovered();
}

void SuperpixelTool::follow() {
    const auto shown = session().shownImage();
    if (drag_ && (!shown || shown->id != drag_->image)) drag_.reset();
    if (drag_) paintPath();
    if (drag_ && drag_->isReleased) release();
    showHovered();
}

void SuperpixelTool::showHovered() {
    const auto superpixels =
        drag_ && drag_->superpixels ? drag_->superpixels : session().superpixels().current();
    const auto number = superpixels && pointer_ ? superpixels->at(*pointer_) : std::nullopt;
    if (!number) {
        hovered_.reset();
        hoveredAmong_.reset();
    } else if (superpixels != hoveredAmong_ || *number != hoveredNumber_) {
        hovered_ = std::make_shared<const PixelRegion>(superpixels->region(*number));
        hoveredAmong_ = superpixels;
        hoveredNumber_ = *number;
    }
}

std::optional<ToolSketch> SuperpixelTool::sketch() const {
    const std::optional<uint8_t> value = valueToPaint(false);
    if (!hovered_ || !value) return std::nullopt;
    ToolSketch sketch;
    sketch.value = drag_ ? drag_->value : *value;
    sketch.isFilled = false;
    sketch.region = hovered_;
    sketch.isFleeting = true;
    return sketch;
}

}  // namespace finebrush
