#include "tests/ui/support/pictures.h"

namespace finebrush::testing {

std::shared_ptr<const OpenedImage> pictureOf(PixelSize size,
                                             const std::function<Colour(int x, int y)>& colourAt) {
    auto image = std::make_shared<OpenedImage>();
    image->id = "picture";
    image->pixels = {.size = size, .bands = 3, .type = PixelType::UInt8, .bytes = {}, .nodata = {}};
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            const Colour colour = colourAt(x, y);
            for (const uint8_t sample : {colour.red, colour.green, colour.blue})
                image->pixels.bytes.push_back(sample);
        }
    }
    image->displayed = std::make_shared<const PixelBuffer>(image->pixels);
    return image;
}

std::shared_ptr<const OpenedImage> plainPicture(PixelSize size, Colour colour) {
    return pictureOf(size, [colour](int, int) { return colour; });
}

}  // namespace finebrush::testing
