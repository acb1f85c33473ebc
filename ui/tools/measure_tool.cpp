#include "ui/tools/measure_tool.h"

#include "ui/canvas/overlays/ground_length.h"
#include "ui/canvas/overlays/scale_bar.h"

#include <cmath>

namespace finebrush {

namespace {

constexpr int kDigits = 5;

/// "12.3 mm", "4.56 km"; in px where the file does not say how large a pixel is.
QString lengthOf(const OpenedImage& image, PointInImage from, PointInImage to) {
    if (const auto metres = metresBetween(image, from, to)) return lengthText(*metres, kDigits);
    return QStringLiteral("%1 px").arg(std::hypot(to.x - from.x, to.y - from.y), 0, 'f', 1);
}

}  // namespace

void MeasureTool::press(PointInImage point, bool) {
    if (!session().shownImage()) return;
    isDragged_ = true;
    line_ = ToolSketch{{point, point}};
    line_->showsCorners = true;
    line_->isFilled = false;
    line_->isFleeting = true;  // undo and Enter are for the project
}

void MeasureTool::move(PointInImage point) {
    const auto shown = session().shownImage();
    if (!isDragged_ || !line_ || !shown) return;
    line_->points.back() = point;
    line_->caption = lengthOf(*shown, line_->points.front(), point);
}

void MeasureTool::release() {
    isDragged_ = false;
    if (line_ && line_->points.front() == line_->points.back()) line_.reset();
}

void MeasureTool::cancel() {
    isDragged_ = false;
    line_.reset();
}

}  // namespace finebrush
