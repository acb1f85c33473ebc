#include "core/session/engine/prompt_tile.h"

#include "core/image/displayed_input.h"
#include "core/image/sample_conversion.h"
#include "core/image/thumbnail.h"

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
    if (std::max(tile.width, tile.height) <= kLongestSide) return picture;
    Thumbnail small = makeThumbnail(picture.bytes, picture.size, kLongestSide);
    PixelBuffer shrunk{small.size, 3, PixelType::UInt8, std::move(small.rgb), {}};
    for (int64_t y = 0; !picture.hidden.empty() && y < shrunk.size.height; ++y) {
        const int64_t row = y * picture.size.height / shrunk.size.height * picture.size.width;
        for (int64_t x = 0; x < shrunk.size.width; ++x)
            shrunk.hidden.push_back(
                picture.hidden[static_cast<size_t>(row + x * picture.size.width / shrunk.size.width)]);
    }
    return shrunk;
}

PixelBuffer promptPicture(const LargeRaster& raster, const PixelBuffer& overview,
                          const DisplayMapping& display, const RectInImage& tile) {
    int level = 0;
    while (std::max(tile.width, tile.height) >> level > kLongestSide) ++level;
    if (raster.canRead(level)) {
        const Result<PixelBuffer> pixels = raster.read(level, levelFromImage(tile, level));
        if (pixels) return toDisplayedInput(*pixels, display);
    }
    return toDisplayedInput(cropped(overview, levelFromImage(tile, raster.overviewLevel())), display);
}

}  // namespace finebrush
