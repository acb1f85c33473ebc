#pragma once

#include <QPainter>

namespace finebrush {

/// A dark plate, on which white can be read over every image; the pen is white afterwards.
inline void drawPlate(QPainter& painter, const QRect& plate) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 160));
    painter.drawRoundedRect(plate, 4, 4);
    painter.setPen(Qt::white);
}

}  // namespace finebrush
