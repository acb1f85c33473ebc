#pragma once

#include "core/session/session.h"

#include <QSizeF>

#include <optional>

namespace finebrush {

/// The length of a pixel at a point of the image, in m: to the right, or down where `downwards`. Nothing
/// where the file does not say.
std::optional<double> metresPerPixel(const OpenedImage& image, PointInImage point, bool downwards);

/// The lengths of the width and the height of a pixel there, in m. Nothing where the file does not say both.
std::optional<QSizeF> metresPerPixel(const OpenedImage& image, PointInImage point);

/// The length of the straight line between two points of the image, in m: on the ground, or in the patient.
/// Nothing where the file does not say.
std::optional<double> metresBetween(const OpenedImage& image, PointInImage from, PointInImage to);

}  // namespace finebrush
