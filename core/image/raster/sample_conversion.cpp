#include "core/image/raster/sample_conversion.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace finebrush {

namespace {

void requireType(const PixelBuffer& pixels, PixelType type, const char* what) {
    if (pixels.type != type) throw std::invalid_argument(std::string(what) + ": unexpected sample type");
}

/// Three 8-bit bands in place of others, black.
PixelBuffer emptyRgb(PixelBuffer& replaced) {
    PixelBuffer rgb{replaced.size, 3, PixelType::UInt8, {}, {}, std::move(replaced.hidden)};
    rgb.bytes.resize(static_cast<size_t>(rgb.size.area()) * 3);
    return rgb;
}

/// Turns `bands` bytes a pixel; see `applyOrientation`.
std::vector<uint8_t> turned(std::vector<uint8_t>& bytes, PixelSize size, int bands, int orientation) {
    cv::Mat image(size.height, size.width, CV_8UC(bands), bytes.data());
    std::vector<uint8_t> result(bytes.size());
    if (swapsSides(orientation)) std::swap(size.width, size.height);
    cv::Mat target(size.height, size.width, image.type(), result.data());
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
    return result;
}

/// A part of rows of pixels that hold so many bytes each.
cv::Mat partOf(std::vector<uint8_t>& bytes, PixelSize size, size_t pixelBytes, const RectInImage& part) {
    const int wide = static_cast<int>(pixelBytes);
    return cv::Mat(size.height, size.width * wide, CV_8U,
                   bytes.data())(cv::Rect(part.x * wide, part.y, part.width * wide, part.height));
}

void copyPart(const std::vector<uint8_t>& from, PixelSize fromSize, const RectInImage& part,
              size_t pixelBytes, std::vector<uint8_t>& to, PixelSize toSize, const RectInImage& place) {
    // OpenCV has no constant matrix; a copy only reads its source.
    partOf(const_cast<std::vector<uint8_t>&>(from), fromSize, pixelBytes, part)
        .copyTo(partOf(to, toSize, pixelBytes, place));
}

uint8_t withoutInk(uint8_t ink, uint8_t black) {
    return static_cast<uint8_t>(((255 - ink) * (255 - black) + 127) / 255);
}

}  // namespace

void forgetIfNothingIsHidden(PixelBuffer& pixels) {
    if (std::ranges::all_of(pixels.hidden, [](uint8_t value) { return value == 0; })) pixels.hidden.clear();
}

void fillHidden(const std::vector<uint8_t>& hidden, uint8_t value, std::vector<uint8_t>& samples) {
    for (size_t pixel = 0; pixel < hidden.size(); ++pixel) {
        if (hidden[pixel] != 0) samples[pixel] = value;
    }
}

PixelBuffer cropped(const PixelBuffer& pixels, const RectInImage& part) {
    PixelBuffer crop{{part.width, part.height}, pixels.bands, pixels.type, {}, pixels.nodata};
    const auto area = static_cast<size_t>(part.area());
    const RectInImage whole = RectInImage::ofSize(crop.size);
    crop.bytes.resize(area * crop.bytesPerPixel());
    copyPart(pixels.bytes, pixels.size, part, crop.bytesPerPixel(), crop.bytes, crop.size, whole);
    if (pixels.hidden.empty()) return crop;
    crop.hidden.resize(area);
    copyPart(pixels.hidden, pixels.size, part, 1, crop.hidden, crop.size, whole);
    forgetIfNothingIsHidden(crop);
    return crop;
}

void paste(const PixelBuffer& part, int x, int y, PixelBuffer& into) {
    const RectInImage whole = RectInImage::ofSize(part.size);
    const RectInImage place{x, y, part.size.width, part.size.height};
    copyPart(part.bytes, part.size, whole, into.bytesPerPixel(), into.bytes, into.size, place);
    if (part.hidden.empty() && into.hidden.empty()) return;
    into.hidden.resize(static_cast<size_t>(into.size.area()));
    if (part.hidden.empty()) {
        partOf(into.hidden, into.size, 1, place).setTo(0);
    } else {
        copyPart(part.hidden, part.size, whole, 1, into.hidden, into.size, place);
    }
}

bool swapsSides(int orientation) {
    return orientation >= 5 && orientation <= 8;
}

void applyOrientation(PixelBuffer& pixels, int orientation) {
    if (orientation < 2 || orientation > 8) return;
    requireType(pixels, PixelType::UInt8, "applyOrientation");
    pixels.bytes = turned(pixels.bytes, pixels.size, pixels.bands, orientation);
    if (!pixels.hidden.empty()) pixels.hidden = turned(pixels.hidden, pixels.size, 1, orientation);
    if (swapsSides(orientation)) std::swap(pixels.size.width, pixels.size.height);
}

void expandPalette(PixelBuffer& pixels, const std::vector<PaletteColour>& colours) {
    const bool wide = pixels.type == PixelType::UInt16;
    if (!wide) requireType(pixels, PixelType::UInt8, "expandPalette");
    const bool mayHide = std::ranges::any_of(colours, [](const PaletteColour& c) { return c[3] == 0; });
    PixelBuffer rgb = emptyRgb(pixels);
    if (mayHide) rgb.hidden.resize(static_cast<size_t>(rgb.size.area()));
    for (size_t i = 0; i < rgb.bytes.size() / 3; ++i) {
        uint16_t index = wide ? 0 : pixels.bytes[i];
        if (wide) std::memcpy(&index, &pixels.bytes[i * 2], sizeof index);
        if (index >= colours.size()) continue;
        std::memcpy(&rgb.bytes[i * 3], colours[index].data(), 3);
        if (colours[index][3] == 0) rgb.hidden[i] = 1;
    }
    forgetIfNothingIsHidden(rgb);
    pixels = std::move(rgb);
}

void convertCmykToRgb(PixelBuffer& pixels) {
    requireType(pixels, PixelType::UInt8, "convertCmykToRgb");
    PixelBuffer rgb = emptyRgb(pixels);
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
