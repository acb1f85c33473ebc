#include "core/image/sample_conversion.h"

#include <opencv2/core.hpp>

#include <cstring>
#include <stdexcept>

namespace finebrush {

namespace {

void requireType(const PixelBuffer& pixels, PixelType type, const char* what) {
    if (pixels.type != type) throw std::invalid_argument(std::string(what) + ": unexpected sample type");
}

/// Three 8-bit bands of the same size, black.
PixelBuffer emptyRgb(PixelSize size) {
    PixelBuffer rgb{size, 3, PixelType::UInt8, {}, {}};
    rgb.bytes.resize(static_cast<size_t>(size.area()) * 3);
    return rgb;
}

uint8_t withoutInk(uint8_t ink, uint8_t black) {
    return static_cast<uint8_t>(((255 - ink) * (255 - black) + 127) / 255);
}

}  // namespace

PixelBuffer cropped(const PixelBuffer& pixels, const RectInImage& part) {
    PixelBuffer crop{{part.width, part.height}, pixels.bands, pixels.type, {}, pixels.nodata};
    const size_t rowBytes = static_cast<size_t>(part.width) * pixels.bytesPerPixel();
    crop.bytes.reserve(static_cast<size_t>(part.height) * rowBytes);
    for (int y = part.y; y < part.bottom(); ++y) {
        const size_t first =
            (static_cast<size_t>(y) * static_cast<size_t>(pixels.size.width) + static_cast<size_t>(part.x)) *
            pixels.bytesPerPixel();
        const auto row = pixels.bytes.begin() + static_cast<std::ptrdiff_t>(first);
        crop.bytes.insert(crop.bytes.end(), row, row + static_cast<std::ptrdiff_t>(rowBytes));
    }
    return crop;
}

bool swapsSides(int orientation) {
    return orientation >= 5 && orientation <= 8;
}

void applyOrientation(PixelBuffer& pixels, int orientation) {
    if (orientation < 2 || orientation > 8) return;
    requireType(pixels, PixelType::UInt8, "applyOrientation");
    cv::Mat image(pixels.size.height, pixels.size.width, CV_8UC(pixels.bands), pixels.bytes.data());
    PixelBuffer turned = pixels;
    if (swapsSides(orientation)) std::swap(turned.size.width, turned.size.height);
    cv::Mat target(turned.size.height, turned.size.width, image.type(), turned.bytes.data());
    if (swapsSides(orientation)) {
        cv::transpose(image, target);
        image = target;
    }
    constexpr int kUpsideDown = 0, kMirrored = 1, kBoth = -1;
    switch (orientation) {
        case 2:
        case 6:
            cv::flip(image, target, kMirrored);
            break;
        case 3:
        case 7:
            cv::flip(image, target, kBoth);
            break;
        case 4:
        case 8:
            cv::flip(image, target, kUpsideDown);
            break;
        default:
            break;
    }
    pixels = std::move(turned);
}

void expandPalette(PixelBuffer& pixels, const std::vector<std::array<uint8_t, 3>>& colours) {
    const bool wide = pixels.type == PixelType::UInt16;
    if (!wide) requireType(pixels, PixelType::UInt8, "expandPalette");
    PixelBuffer rgb = emptyRgb(pixels.size);
    for (size_t i = 0; i < rgb.bytes.size() / 3; ++i) {
        uint16_t index = wide ? 0 : pixels.bytes[i];
        if (wide) std::memcpy(&index, &pixels.bytes[i * 2], sizeof index);
        if (index < colours.size()) std::memcpy(&rgb.bytes[i * 3], colours[index].data(), 3);
    }
    pixels = std::move(rgb);
}

void convertCmykToRgb(PixelBuffer& pixels) {
    requireType(pixels, PixelType::UInt8, "convertCmykToRgb");
    PixelBuffer rgb = emptyRgb(pixels.size);
    for (size_t i = 0; i < rgb.bytes.size() / 3; ++i) {
        const uint8_t* ink = &pixels.bytes[i * 4];
        for (size_t band = 0; band < 3; ++band) rgb.bytes[i * 3 + band] = withoutInk(ink[band], ink[3]);
    }
    pixels = std::move(rgb);
}

void widenToEightBits(PixelBuffer& pixels, int bits) {
    requireType(pixels, PixelType::UInt8, "widenToEightBits");
    const int highest = (1 << bits) - 1;
    for (uint8_t& sample : pixels.bytes) {
        sample = static_cast<uint8_t>(std::min<int>(sample, highest) * 255 / highest);
    }
}

void invertSamples(PixelBuffer& pixels) {
    // The complement of each byte is the complement of the whole unsigned sample.
    for (uint8_t& byte : pixels.bytes) byte = static_cast<uint8_t>(~byte);
}

}  // namespace finebrush
