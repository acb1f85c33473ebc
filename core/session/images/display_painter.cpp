#include "core/session/images/display_painter.h"

#include <optional>
#include <utility>

namespace finebrush {

namespace {

ValueSummary valuesOf(const PixelBuffer& pixels, const std::array<int, 3>& bands) {
    const bool isGrey = bands[0] == bands[1] && bands[1] == bands[2];
    return summariseValues(pixels, {bands.begin(), isGrey ? bands.begin() + 1 : bands.end()});
}

}  // namespace

Picture pictureOf(const PixelBuffer& pixels, const DisplayMapping& display) {
    return {display, toDisplayedPixels(pixels, display), valuesOf(pixels, shownBands(display, pixels.bands))};
}

void applyPicture(OpenedImage& image, Picture picture) {
    image.display = picture.display;
    image.displayed = std::make_shared<const PixelBuffer>(std::move(picture.displayed));
    image.values = std::move(picture.values);
}

const ValueSummary& DisplayPainter::Counted::of(const std::shared_ptr<const PixelBuffer>& counted,
                                                const std::array<int, 3>& countedBands) {
    if (pixels.lock() != counted || bands != countedBands) {
        pixels = counted;
        bands = countedBands;
        values = valuesOf(*counted, bands);
    }
    return values;
}

void DisplayPainter::paint(const std::shared_ptr<OpenedImage>& image, const DisplayMapping& display) {
    using Outcome = std::optional<Picture>;
    const std::shared_ptr<const PixelBuffer> pixels =
        image->isLarge() ? image->overview : std::shared_ptr<const PixelBuffer>(image, &image->pixels);
    worker_.run<Outcome>(
        [pixels, display, newest = newest_, wish = ++*newest_,
         counted = counted_](const std::stop_token&) -> Result<Outcome> {
            if (*newest != wish) return Outcome();
            return Outcome(Picture{display, toDisplayedPixels(*pixels, display),
                                   counted->of(pixels, shownBands(display, pixels->bands))});
        },
        [this, image](Result<Outcome> picture) {
            if (!picture || !*picture) return;
            applyPicture(*image, std::move(**picture));
            painted_(image);
        });
}

}  // namespace finebrush
