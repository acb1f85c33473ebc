#pragma once

#include "ui/canvas/view_transform.h"

#include <QSizeF>

#include <optional>

class QPainter;

namespace finebrush {

/// From this many device px per px of the image on, the pixels are told apart by lines.
inline constexpr double kGridZoom = 8;

/// How far the lines of a ruled grid lie apart, in px along the width and the height of the image. Both hold
/// one round length: that of the scale bar of at most `longest` px of the view, so that the bar tells what a
/// field measures, or a longer one where the lines would run into one another since pixels are flat.
/// `metresPerPixel` along width and height; nothing where it is not known: then the length is in px.
QSizeF ruledStep(const ViewTransform& transform, const std::optional<QSizeF>& metresPerPixel, double longest);

/// Draws the lines of a grid from the image's corner on that cross a part of the image. `step` in px of the
/// image; an empty one draws nothing.
void drawRuledGrid(QPainter& painter, const ViewTransform& transform, const RectInImage& part, QSizeF step);

/// Draws the borders of the pixels of a part of the image.
void drawPixelGrid(QPainter& painter, const ViewTransform& transform, const RectInImage& part);

}  // namespace finebrush
