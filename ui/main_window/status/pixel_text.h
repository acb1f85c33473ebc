#pragma once

#include "core/base/pixel_buffer.h"

#include <QString>

namespace finebrush {

/// The raw values of a pixel, band after band: "128" or "12, 200, 31"; in words where it is hidden. The pixel
/// must lie in the image.
QString pixelText(const PixelBuffer& pixels, int x, int y);

}  // namespace finebrush
