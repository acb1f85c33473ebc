#pragma once

#include "ui/canvas/view_transform.h"

class QPainter;

namespace finebrush {

/// From this many device px per px of the image on, the pixels are told apart by lines.
inline constexpr double kGridZoom = 8;

/// Draws the borders of the pixels of a part of the image.
void drawPixelGrid(QPainter& painter, const ViewTransform& transform, const RectInImage& part);

}  // namespace finebrush
