#pragma once

#include "ui/canvas/overlays/tool_sketch.h"
#include "ui/canvas/view_transform.h"

#include <QFont>
#include <QPolygonF>
#include <QRect>
#include <QRgb>

#include <optional>

class QPainter;

namespace finebrush {

/// Draws a sketch in the view: its area in a class's colour, which may be transparent, and its line.
void drawSketch(QPainter& painter, const ToolSketch& sketch, const ViewTransform& transform,
                std::optional<QPointF> pointer, QRgb colour);

/// What of the view a sketch covers; its caption is written with this font.
QRect sketchInView(const ToolSketch& sketch, const ViewTransform& transform, std::optional<QPointF> pointer,
                   const QFont& font);

}  // namespace finebrush
