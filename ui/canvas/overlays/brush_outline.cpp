#include "ui/canvas/overlays/brush_outline.h"

#include <QPainter>

#include <algorithm>

namespace finebrush {

namespace {

constexpr double kMinRadius = 1;  // a brush that is smaller on the screen is still seen
constexpr double kPenReach = 3;
constexpr double kCrossGap = 3;

}  // namespace

void drawBrushOutline(QPainter& painter, QPointF centre, QSizeF radii) {
    // White within black is seen on every image.
    const QSizeF shown = radii.expandedTo(QSizeF(kMinRadius, kMinRadius));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 190), 1));
    painter.drawEllipse(centre, shown.width() + 1, shown.height() + 1);
    painter.setPen(QPen(Qt::white, 1));
    painter.drawEllipse(centre, shown.width(), shown.height());
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

QRect brushOutlineInView(QPointF centre, QSizeF radii) {
    const QSizeF shown = radii.expandedTo(QSizeF(kMinRadius, kMinRadius));
    const QSizeF reach(shown.width() + kPenReach, shown.height() + kPenReach);
    return QRectF(centre - QPointF(reach.width(), reach.height()), reach * 2).toAlignedRect();
}

}  // namespace finebrush
