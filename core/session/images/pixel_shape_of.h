#pragma once

#include "core/labels/pixel_shape.h"
#include "core/session/images/opened_image.h"

namespace finebrush {

/// The shape of the pixels of an image. Square for all but slices of volumes, where pictures would else be
/// squashed.
PixelShape pixelShapeOf(const OpenedImage& image);

}  // namespace finebrush
