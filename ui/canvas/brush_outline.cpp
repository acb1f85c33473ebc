#include "ui/canvas/brush_outline.h"

#include <QPainter>

#include <algorithm>

namespace finebrush {

namespace {

constexpr double kMinRadius = 1;  // a brush that is smaller on the screen is still seen
constexpr double kPenReach = 3;
constexpr double kCrossGap = 3;

}  // namespace

void drawBrushOutline(QPainter& painter, QPointF centre, double radius) {
    // White within black is seen on every image.
    const double shown = std::max(kMinRadius, radius);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 190), 1));
    painter.drawEllipse(centre, shown + 1, shown + 1);
    painter.setPen(QPen(Qt::white, 1));
    painter.drawEllipse(centre, shown, shown);
}

void drawPointerCross(QPainter& painter, QPointF centre) {
    painter.setRenderHint(QPainter::Antialiasing);
    for (const QPen& pen : {QPen(QColor(0, 0, 0, 190), 3), QPen(Qt::white, 1)}) {
        painter.setPen(pen);
        for (const QPointF way : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)}) {
            painter.drawLine(centre + way * kCrossGap, centre + way * kCrossReach);
        }
    }
}

QRect brushOutlineInView(QPointF centre, double radius) {
    const double reach = std::max(kMinRadius, radius) + kPenReach;
    return QRectF(centre - QPointF(reach, reach), QSizeF(2 * reach, 2 * reach)).toAlignedRect();
}

}  // namespace finebrush
