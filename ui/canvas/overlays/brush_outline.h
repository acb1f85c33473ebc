#pragma once

#include <QPointF>
#include <QRect>
#include <QSizeF>

class QPainter;

namespace finebrush {

/// Draws the outline of a round brush at a point of the view. `radii` in px of the view: one that is thinner
/// than a long pixel is an ellipse.
void drawBrushOutline(QPainter& painter, QPointF centre, QSizeF radii);

/// From its middle to the end of an arm, in px of the view.
inline constexpr double kCrossReach = 8;

/// Draws a cross at a point of the view, with a free place in its middle.
void drawPointerCross(QPainter& painter, QPointF centre);

/// What of the view the outline covers.
QRect brushOutlineInView(QPointF centre, QSizeF radii);

}  // namespace finebrush
