#include "ui/canvas/overlays/pixel_grid.h"

#include <QLineF>
#include <QList>
#include <QPainter>

namespace finebrush {

void drawPixelGrid(QPainter& painter, const ViewTransform& transform, const RectInImage& part) {
    QList<QLineF> lines;
    const auto add = [&](int fromX, int fromY, int toX, int toY) {
        lines << QLineF(transform.viewFromImage(PointInImage{double(fromX), double(fromY)}),
                        transform.viewFromImage(PointInImage{double(toX), double(toY)}));
    };
    for (int x = part.x; x <= part.right(); ++x) add(x, part.y, x, part.bottom());
    for (int y = part.y; y <= part.bottom(); ++y) add(part.x, y, part.right(), y);
    painter.setRenderHint(QPainter::Antialiasing, false);
    // White beside black is seen on every image.
    painter.setPen(QColor(0, 0, 0, 60));
    painter.drawLines(lines);
    painter.translate(1, 1);
    painter.setPen(QColor(255, 255, 255, 45));
    painter.drawLines(lines);
    painter.translate(-1, -1);
}

}  // namespace finebrush
