#include "core/session/labels/superpixel_maker.h"

#include "core/image/raster/raster_window.h"
#include "core/image/raster/sample_conversion.h"
#include "core/session/images/pixel_shape_of.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace finebrush {

namespace {

/// The part of one axis around a place, at most `kMaxSide` long and within the image.
std::pair<int, int> partOfAxis(int from, int length, double place, int imageLength) {
    const int part = std::min({length, SuperpixelMaker::kMaxSide, imageLength});
    const double first = std::clamp(place - part / 2.0, double(from), double(from + length - part));
    return {std::clamp(static_cast<int>(first), 0, imageLength - part), part};
}

bool isMuch(const RectInImage& visible) {
    return visible.width > SuperpixelMaker::kMaxSide || visible.height > SuperpixelMaker::kMaxSide;
}

/// What is to be cut for a person who sees `visible`: that, with a quarter of it on each side, as far as it
/// may be.
RectInImage partFor(const RectInImage& visible, PointInImage around, PixelSize image) {
    const RectInImage roomy =
        RectInImage{visible.x - visible.width / 4, visible.y - visible.height / 4,
                    visible.width + visible.width / 2, visible.height + visible.height / 2}
            .intersected(RectInImage::ofSize(image));
    if (roomy.isEmpty()) return {};
    const PointInImage middle{visible.x + visible.width / 2.0, visible.y + visible.height / 2.0};
    const PointInImage place = isMuch(visible) ? around : middle;
    const auto [x, width] = partOfAxis(roomy.x, roomy.width, place.x, image.width);
    const auto [y, height] = partOfAxis(roomy.y, roomy.height, place.y, image.height);
    return {x, y, width, height};
}

/// What must be cut already for nothing new to be cut: all that is seen, or, of much, the pixels nearby.
RectInImage neededOf(const RectInImage& visible, PointInImage around, PixelSize image) {
    constexpr int kNear = SuperpixelMaker::kMaxSide / 4;
    const RectInImage all = visible.intersected(RectInImage::ofSize(image));
    if (!isMuch(visible)) return all;
    return RectInImage{static_cast<int>(around.x) - kNear, static_cast<int>(around.y) - kNear, 2 * kNear,
                       2 * kNear}
        .intersected(all);
}

}  // namespace

bool SuperpixelMaker::isOf(const Source& source, const std::shared_ptr<const OpenedImage>& image) const {
    return image && source.image.lock() == image && source.display == image->display;
}

void SuperpixelMaker::want(const RectInImage& visible, PointInImage around, int side) {
    const auto image = shown_();
    if (!image) return;
    const RectInImage needed = neededOf(visible, around, image->pixels.size);
    if (needed.isEmpty()) return;
    const auto meets = [&](const Source& source) {
        return isOf(source, image) && source.side == side && source.rect.contains(needed);
    };
    if (wanted_ ? meets(*wanted_) : meets(made_)) return;
    const Source source{image, image->display, side, partFor(visible, around, image->pixels.size)};
    wanted_ = source;
    using Outcome = std::shared_ptr<const Superpixels>;
    const uint64_t wish = ++*newest_;
    worker_.run<Outcome>(
        [displayed = image->displayed, raster = image->raster, display = image->display, rect = source.rect,
         side, pixel = pixelShapeOf(*image), newest = newest_,
         wish](const std::stop_token&) -> Result<Outcome> {
            if (*newest != wish) return Outcome();
            // Of a large image only an overview is in memory.
            const Result<PixelBuffer> pixels =
                raster ? windowForModel(*raster, 0, rect, display, {}) : cropped(*displayed, rect);
            if (!pixels) return failure(pixels.error());
            return std::make_shared<const Superpixels>(rect, pixels->bytes, side, pixel);
        },
        [this, source, wish](const Result<Outcome>& made) {
            if (*newest_ != wish) return;
            wanted_.reset();
            if (!made) return emit_(Notice{made.error()});
            made_ = source;
            superpixels_ = *made;
            emit_(SuperpixelsChanged{});
        });
}

std::shared_ptr<const Superpixels> SuperpixelMaker::current() const {
    return isOf(made_, shown_()) ? superpixels_ : nullptr;
}

}  // namespace finebrush
