#include "core/image/display/displayed_input.h"

#include "core/image/display/value_summary.h"

namespace finebrush {

PixelBuffer toDisplayedInput(const PixelBuffer& pixels, const DisplayMapping& mapping) {
    PixelBuffer input = toDisplayedPixels(pixels, mapping);
    input.hidden = unmeasuredPixels(pixels, shownBands(mapping, pixels.bands));
    return input;
}

}  // namespace finebrush
