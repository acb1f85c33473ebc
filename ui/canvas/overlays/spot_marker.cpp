#include "ui/canvas/overlays/spot_marker.h"

#include "ui/canvas/overlays/plate.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace finebrush {

namespace {

constexpr double kLeastRadius = 12;  // px of the view
constexpr int kGap = 8;              // between ring and plate
constexpr int kPadding = 6;
constexpr int kPenReach = 3;

struct Placed {
    QPointF middle;
    double radius;
    QRect plate;
};

Placed placed(const SpotMarker& marker, const ViewTransform& transform, const QFont& font,
              const QRect& view) {
    const QFontMetrics metrics(font);
    const QPointF middle = transform.viewFromImage(marker.middle);
    const double radius = std::max(kLeastRadius, marker.radius * transform.scale());
    QRect plate(0, 0, metrics.horizontalAdvance(marker.caption) + 2 * kPadding,
                metrics.height() + 2 * kPadding);
    plate.moveCenter(middle.toPoint());
    plate.moveTop(static_cast<int>(middle.y() + radius) + kGap);
    if (plate.bottom() > view.bottom()) plate.moveBottom(static_cast<int>(middle.y() - radius) - kGap);
    plate.moveLeft(
        std::clamp(plate.left(), view.left(), std::max(view.left(), view.right() - plate.width())));
    return {middle, radius, plate};
}

void drawRing(QPainter& painter, QPointF middle, double radius) {
    painter.setBrush(Qt::NoBrush);
    // White within black is seen on every image.
    for (const QPen& pen : {QPen(QColor(0, 0, 0, 190), 5), QPen(Qt::white, 2)}) {
        painter.setPen(pen);
        painter.drawEllipse(middle, radius, radius);
    }
}

}  // namespace

void drawSpotMarker(QPainter& painter, const SpotMarker& marker, const ViewTransform& transform,
                    const QRect& view) {
    const Placed place = placed(marker, transform, painter.font(), view);
    painter.setRenderHint(QPainter::Antialiasing);
    if (marker.radius > 0) drawRing(painter, place.middle, place.radius);
    drawPlate(painter, place.plate);
    painter.drawText(place.plate, Qt::AlignCenter, marker.caption);
}

QRect spotMarkerInView(const SpotMarker& marker, const ViewTransform& transform, const QFont& font,
                       const QRect& view) {
    const Placed place = placed(marker, transform, font, view);
    const double reach = place.radius + kPenReach;
    const QRectF ring(place.middle - QPointF(reach, reach), QSizeF(2 * reach, 2 * reach));
    return ring.toAlignedRect().united(place.plate.adjusted(-1, -1, 1, 1));
}

}  // namespace finebrush
