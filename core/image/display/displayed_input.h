#pragma once

#include "core/image/display/display_mapping.h"

namespace finebrush {

/// What is shown of an image, for a network: as `toDisplayedPixels`, and hidden is also what is no
/// measurement in any band that is shown.
PixelBuffer toDisplayedInput(const PixelBuffer& pixels, const DisplayMapping& mapping);

}  // namespace finebrush
