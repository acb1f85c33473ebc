#include "ui/canvas/overlays/crosshair_lines.h"

#include <QLineF>
#include <QPainter>
#include <QPen>

namespace finebrush {

namespace {

constexpr double kGap = 7;  // view px from the crossing to where a line begins
constexpr int kEdge = 3;    // view px

QColor colourOf(SliceView view) {
    switch (view) {
        case SliceView::Coronal:
            return {110, 190, 80};
        case SliceView::Sagittal:
            return {240, 215, 75};
        default:
            return {245, 85, 60};
    }
}

/// The part of a line that ends before the crossing; nothing where that is all of it.
void drawHalf(QPainter& painter, QPointF from, QPointF crossing) {
    QLineF line(from, crossing);
    if (line.length() <= kGap) return;
    line.setLength(line.length() - kGap);
    painter.drawLine(line);
}

}  // namespace

std::optional<CrosshairLines> crosshairLines(const VolumeGrid& grid, SliceView view,
                                             const Crosshair& crosshair) {
    const std::optional<SlicePoint> place = slicePointOf(grid, view, crosshair);
    if (!place) return std::nullopt;
    const auto [one, other] = crossingViews(grid, view);
    const SliceCrossing crossing = crossingOf(grid, {view, place->index, 0}, one).value();
    const bool isUpright = crossing.toRight[2] != 0;  // its slices follow each other along the rows
    return CrosshairLines{place->point, colourOf(isUpright ? one : other), colourOf(isUpright ? other : one),
                          colourOf(patientView(grid, view))};
}

void drawCrosshair(QPainter& painter, const CrosshairLines& lines, const ViewTransform& transform,
                   PixelSize image) {
    const auto [x, y] = lines.point;
    const QPointF crossing = transform.viewFromImage(lines.point);
    const auto draw = [&](const QColor& colour, PointInImage first, PointInImage last) {
        // Black beneath it is seen on white, and the colour on black.
        for (const QPen& pen : {QPen(QColor(0, 0, 0, 110), 3), QPen(colour, 1)}) {
            painter.setPen(pen);
            drawHalf(painter, transform.viewFromImage(first), crossing);
            drawHalf(painter, transform.viewFromImage(last), crossing);
        }
    };
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    draw(lines.upright, {x, 0}, {x, static_cast<double>(image.height)});
    draw(lines.level, {0, y}, {static_cast<double>(image.width), y});
    painter.restore();
}

void drawPlaneColour(QPainter& painter, const CrosshairLines& lines, const QRect& view) {
    painter.fillRect(QRect(view.topLeft(), QSize(view.width(), kEdge)), lines.own);
}

}  // namespace finebrush
