#include "ui/canvas/sketch_painter.h"

#include <QPainter>

namespace finebrush {

namespace {

constexpr double kCorner = 3;       // half the side of a corner's mark, in view px
constexpr double kFirstCorner = 4;  // the polygon closes here
constexpr double kReach = 7;        // of pens and marks beyond the line
constexpr double kFillOpacity = 0.35;

QPolygonF lineInView(const ToolSketch& sketch, const ViewTransform& transform,
                     std::optional<QPointF> pointer) {
    QPolygonF line;
    for (const PointInImage& point : sketch.points) line << transform.viewFromImage(point);
    if (sketch.leadsToPointer && pointer) line << *pointer;
    return line;
}

void drawCorners(QPainter& painter, const ToolSketch& sketch, const ViewTransform& transform) {
    painter.setPen(QPen(QColor(0, 0, 0, 190), 1));
    painter.setBrush(Qt::white);
    for (size_t i = 0; i < sketch.points.size(); ++i) {
        const double half = i == 0 ? kFirstCorner : kCorner;
        const QPointF corner = transform.viewFromImage(sketch.points[i]);
        painter.drawRect(QRectF(corner - QPointF(half, half), QSizeF(2 * half, 2 * half)));
    }
}

}  // namespace

void drawSketch(QPainter& painter, const ToolSketch& sketch, const ViewTransform& transform,
                std::optional<QPointF> pointer, QRgb colour) {
    const QPolygonF line = lineInView(sketch, transform, pointer);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor::fromRgba(qUnpremultiply(colour)));
    painter.setOpacity(kFillOpacity);
    painter.drawPolygon(line, Qt::WindingFill);
    painter.setOpacity(1);
    // White within black is seen on every image.
    painter.setBrush(Qt::NoBrush);
    for (const QPen& pen : {QPen(QColor(0, 0, 0, 190), 3), QPen(Qt::white, 1)}) {
        painter.setPen(pen);
        painter.drawPolyline(line);
    }
    if (line.size() > 2) {
        painter.setPen(QPen(Qt::white, 1, Qt::DotLine));  // the edge that closes it
        painter.drawLine(line.last(), line.first());
    }
    if (sketch.showsCorners) drawCorners(painter, sketch, transform);
}

QRect sketchInView(const ToolSketch& sketch, const ViewTransform& transform, std::optional<QPointF> pointer) {
    const QRectF bounds = lineInView(sketch, transform, pointer).boundingRect();
    return bounds.adjusted(-kReach, -kReach, kReach, kReach).toAlignedRect();
}

}  // namespace finebrush
