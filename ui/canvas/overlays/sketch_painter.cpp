#include "ui/canvas/overlays/sketch_painter.h"

#include "ui/canvas/overlays/plate.h"

#include <QFontMetrics>
#include <QPainter>

#include <cmath>

namespace finebrush {

namespace {

constexpr double kCorner = 3;       // half the side of a corner's mark, in view px
constexpr double kFirstCorner = 4;  // the polygon closes here
constexpr double kReach = 9;        // of pens and marks beyond the line
constexpr double kMarkRadius = 5;   // of a prompt
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

/// Green and red, with a white rim; a minus tells the red ones to those who do not see the colours.
void drawMarks(QPainter& painter, const ToolSketch& sketch, const ViewTransform& transform) {
    for (const PromptMark& mark : sketch.marks) {
        const QPointF centre = transform.viewFromImage(mark.point);
        painter.setPen(QPen(QColor(0, 0, 0, 190), 1));
        painter.setBrush(Qt::white);
        painter.drawEllipse(centre, kMarkRadius + 1.5, kMarkRadius + 1.5);
        painter.setPen(Qt::NoPen);
        painter.setBrush(mark.isObject ? QColor(0x1f, 0xa0, 0x4b) : QColor(0xd6, 0x30, 0x31));
        painter.drawEllipse(centre, kMarkRadius, kMarkRadius);
        painter.setPen(QPen(Qt::white, 1.6));
        const double arm = kMarkRadius * 0.55;
        painter.drawLine(centre - QPointF(arm, 0), centre + QPointF(arm, 0));
        if (mark.isObject) painter.drawLine(centre - QPointF(0, arm), centre + QPointF(0, arm));
    }
}

QPolygonF marksInView(const ToolSketch& sketch, const ViewTransform& transform) {
    QPolygonF points;
    for (const PromptMark& mark : sketch.marks) points << transform.viewFromImage(mark.point);
    return points;
}

/// The plate of the caption: above the middle of the line, and clear of it. Empty where there is no caption.
QRect captionInView(const ToolSketch& sketch, const ViewTransform& transform, const QFont& font) {
    constexpr int kPadding = 5;
    constexpr double kAway = 8;
    if (sketch.caption.isEmpty() || sketch.points.empty()) return {};
    const QFontMetrics metrics(font);
    const QSizeF size(metrics.horizontalAdvance(sketch.caption) + 2 * kPadding,
                      metrics.height() + 2 * kPadding);
    const QPointF from = transform.viewFromImage(sketch.points.front());
    const QPointF to = transform.viewFromImage(sketch.points.back());
    const double length = std::hypot(to.x() - from.x(), to.y() - from.y());
    QPointF up(0, -1);
    if (length > 0) up = QPointF(to.y() - from.y(), from.x() - to.x()) / length;
    if (up.y() > 0) up = -up;
    const double away = std::abs(up.x()) * size.width() / 2 + std::abs(up.y()) * size.height() / 2 + kAway;
    const QPointF centre = (from + to) / 2 + up * away;
    return QRectF(centre - QPointF(size.width(), size.height()) / 2, size).toAlignedRect();
}

/// Also of a single point, whose bounding rectangle Qt calls null and would drop.
QRect around(const QPolygonF& points) {
    if (points.isEmpty()) return {};
    return points.boundingRect().adjusted(-kReach, -kReach, kReach, kReach).toAlignedRect();
}

}  // namespace

void drawSketch(QPainter& painter, const ToolSketch& sketch, const ViewTransform& transform,
                std::optional<QPointF> pointer, QRgb colour) {
    const QPolygonF line = lineInView(sketch, transform, pointer);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor::fromRgba(qUnpremultiply(colour)));
    painter.setOpacity(kFillOpacity);
    if (sketch.isFilled) painter.drawPolygon(line, Qt::WindingFill);
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
    drawMarks(painter, sketch, transform);
    const QRect plate = captionInView(sketch, transform, painter.font());
    if (plate.isEmpty()) return;
    drawPlate(painter, plate);
    painter.drawText(plate, Qt::AlignCenter, sketch.caption);
}

QRect sketchInView(const ToolSketch& sketch, const ViewTransform& transform, std::optional<QPointF> pointer,
                   const QFont& font) {
    return around(lineInView(sketch, transform, pointer))
        .united(around(marksInView(sketch, transform)))
        .united(captionInView(sketch, transform, font));
}

}  // namespace finebrush
