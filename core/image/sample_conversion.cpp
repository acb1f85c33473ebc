#include "core/image/sample_conversion.h"

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

/// Copies the bytes of one image into a larger one.
void pasteBytes(const std::vector<uint8_t>& part, PixelSize partSize, size_t pixelBytes, int x, int y,
                std::vector<uint8_t>& into, PixelSize size) {
    const size_t rowBytes = static_cast<size_t>(partSize.width) * pixelBytes;
    for (int row = 0; row < partSize.height; ++row) {
        const size_t to =
            (static_cast<size_t>(y + row) * static_cast<size_t>(size.width) + static_cast<size_t>(x)) *
            pixelBytes;
        std::memcpy(&into[to], &part[static_cast<size_t>(row) * rowBytes], rowBytes);
    }
}

std::vector<uint8_t> croppedBytes(const std::vector<uint8_t>& bytes, PixelSize size, size_t pixelBytes,
                                  const RectInImage& part) {
    const size_t rowBytes = static_cast<size_t>(part.width) * pixelBytes;
    std::vector<uint8_t> crop;
    crop.reserve(static_cast<size_t>(part.height) * rowBytes);
    for (int y = part.y; y < part.bottom(); ++y) {
        const size_t first =
            (static_cast<size_t>(y) * static_cast<size_t>(size.width) + static_cast<size_t>(part.x)) *
            pixelBytes;
        const auto row = bytes.begin() + static_cast<std::ptrdiff_t>(first);
        crop.insert(crop.end(), row, row + static_cast<std::ptrdiff_t>(rowBytes));
    }
    return crop;
}

uint8_t withoutInk(uint8_t ink, uint8_t black) {
    return static_cast<uint8_t>(((255 - ink) * (255 - black) + 127) / 255);
}

}  // namespace

void forgetIfNothingIsHidden(PixelBuffer& pixels) {
    if (std::ranges::all_of(pixels.hidden, [](uint8_t value) { return value == 0; })) pixels.hidden.clear();
}

PixelBuffer cropped(const PixelBuffer& pixels, const RectInImage& part) {
    PixelBuffer crop{{part.width, part.height}, pixels.bands, pixels.type, {}, pixels.nodata};
    crop.bytes = croppedBytes(pixels.bytes, pixels.size, pixels.bytesPerPixel(), part);
    if (!pixels.hidden.empty()) crop.hidden = croppedBytes(pixels.hidden, pixels.size, 1, part);
    forgetIfNothingIsHidden(crop);
    return crop;
}

void paste(const PixelBuffer& part, int x, int y, PixelBuffer& into) {
    pasteBytes(part.bytes, part.size, into.bytesPerPixel(), x, y, into.bytes, into.size);
    if (part.hidden.empty() && into.hidden.empty()) return;
    into.hidden.resize(static_cast<size_t>(into.size.area()));
    if (!part.hidden.empty()) return pasteBytes(part.hidden, part.size, 1, x, y, into.hidden, into.size);
    const std::vector<uint8_t> shown(static_cast<size_t>(part.size.area()));
    pasteBytes(shown, part.size, 1, x, y, into.hidden, into.size);
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
