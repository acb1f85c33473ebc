#pragma once

#include <QPointF>
#include <QRect>

class QPainter;

namespace finebrush {

/// Draws the outline of a round brush at a point of the view. `radius` in px of the view.
void drawBrushOutline(QPainter& painter, QPointF centre, double radius);

/// What of the view it covers.
QRect brushOutlineInView(QPointF centre, double radius);

}  // namespace finebrush
