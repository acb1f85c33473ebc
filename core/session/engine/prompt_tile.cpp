#include "core/session/engine/prompt_tile.h"

#include "core/image/display/displayed_input.h"
#include "core/image/raster/sample_conversion.h"
#include "core/image/raster/sample_halving.h"
#include "core/project/input_limits.h"

#include <algorithm>
#include <utility>

namespace finebrush {

namespace {

constexpr int kSmallestSide = 128;  // px; a closer look shows the network nothing new
constexpr int kStepsPerSide = 4;    // tiles of one size lie a quarter of a side apart
/// More than any network of the family sees, and little enough to send at once. px.
constexpr int kLongestSide = 2048;

int placeOf(int seen, int step, int side, int whole) {
    return std::clamp(seen / step * step, 0, whole - side);
}

}  // namespace

RectInImage promptTile(PixelSize image, const RectInImage& visible) {
    const RectInImage whole = RectInImage::ofSize(image);
    const RectInImage seen = visible.intersected(whole);
    RectInImage best = whole;
    if (seen.isEmpty()) return best;
    for (int side = std::max(image.width, image.height) / 2; side >= kSmallestSide; side /= 2) {
        const int width = std::min(side, image.width), height = std::min(side, image.height);
        const int step = side / kStepsPerSide;
        const RectInImage tile{placeOf(seen.x, step, width, image.width),
                               placeOf(seen.y, step, height, image.height), width, height};
        if (!tile.contains(seen)) break;
        best = tile;
    }
    return best;
}

PixelBuffer promptPicture(const PixelBuffer& displayed, const RectInImage& tile) {
    PixelBuffer picture = cropped(displayed, tile);
    while (std::max(picture.size.width, picture.size.height) > kLongestSide) picture = halved(picture);
    return picture;
}

PixelBuffer promptPicture(const LargeRaster& raster, const PixelBuffer& overview,
                          const DisplayMapping& display, const RectInImage& tile) {
    const auto shown = [&](const PixelBuffer& pixels) {
        PixelBuffer picture = toDisplayedInput(pixels, display);
        picture.limits = measuredLimits(toDisplayedInput(overview, display), {});
        return picture;
    };
    int level = 0;
    while (std::max(tile.width, tile.height) >> level > kLongestSide) ++level;
    if (raster.canRead(level)) {
        const Result<PixelBuffer> pixels = raster.read(level, levelFromImage(tile, level));
        if (pixels) return shown(*pixels);
    }
    return shown(cropped(overview, levelFromImage(tile, raster.overviewLevel())));
}

}  // namespace finebrush
