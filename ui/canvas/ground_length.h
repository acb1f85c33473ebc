#pragma once

#include "core/session/session.h"

#include <optional>

namespace finebrush {

/// The length of a pixel at a point of the image, in m: to the right, or down where `downwards`. Nothing
/// where the file does not say.
std::optional<double> metresPerPixel(const OpenedImage& image, PointInImage point, bool downwards);

}  // namespace finebrush
