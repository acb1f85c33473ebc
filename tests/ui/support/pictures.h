#pragma once

#include "core/session/session.h"

#include <functional>
#include <memory>

namespace finebrush::testing {

/// An opened 8-bit RGB image whose pixels are a function of their place.
std::shared_ptr<const OpenedImage> pictureOf(PixelSize size,
                                             const std::function<Colour(int x, int y)>& colourAt);

/// One of a single colour.
std::shared_ptr<const OpenedImage> plainPicture(PixelSize size, Colour colour);

}  // namespace finebrush::testing
