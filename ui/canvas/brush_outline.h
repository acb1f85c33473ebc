#pragma once

#include <QPointF>
#include <QRect>

class QPainter;

namespace finebrush {

/// Draws the outline of a round brush at a point of the view. `radius` in px of the view.
void drawBrushOutline(QPainter& painter, QPointF centre, double radius);

/// From its middle to the end of an arm, in px of the view.
inline constexpr double kCrossReach = 8;

/// Draws a cross at a point of the view, with a free place in its middle.
void drawPointerCross(QPainter& painter, QPointF centre);

/// What of the view the outline covers.
QRect brushOutlineInView(QPointF centre, double radius);

}  // namespace finebrush
