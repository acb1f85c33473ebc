#include "core/image/raster/raster_window.h"

#include "core/image/display/displayed_input.h"

namespace finebrush {

Result<PixelBuffer> windowForModel(const LargeRaster& raster, int level, const RectInImage& rect,
                                   const std::optional<DisplayMapping>& shownAs,
                                   const std::vector<ValueRange>& limits) {
    Result<PixelBuffer> pixels = raster.read(level, rect);
    if (pixels && shownAs) pixels = toDisplayedInput(*pixels, *shownAs);
    if (pixels) pixels->limits = limits;
    return pixels;
}

PixelBuffer blankWindow(const LargeRaster& raster, PixelSize size,
                        const std::optional<DisplayMapping>& shownAs) {
    PixelBuffer pixels = raster.emptyPixels();
    if (shownAs) pixels = {{}, 3, PixelType::UInt8, {}, {}};
    pixels.size = size;
    pixels.bytes.resize(static_cast<size_t>(size.area()) * pixels.bytesPerPixel());
    pixels.hidden.assign(static_cast<size_t>(size.area()), 1);
    return pixels;
}

}  // namespace finebrush
