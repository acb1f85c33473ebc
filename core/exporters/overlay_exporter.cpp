#include "core/exporters/overlay_exporter.h"

#include "core/image/raster/png_writer.h"
#include "core/image/raster/raster_reader.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace finebrush {

namespace {

/// The longer side that a one pixel outline suits; larger pictures get a thicker one in proportion.
constexpr double kSideOfThinOutline = 1000;

int outlineWidth(PixelSize size) {
    const int longest = std::max(size.width, size.height);
    return std::max(1, static_cast<int>(std::lround(longest / kSideOfThinOutline)));
}

/// Non-zero where another value lies within the outline's width: 8-bit, of the mask's size.
cv::Mat regionBorders(const IndexMask& mask) {
    // OpenCV has no constant matrix; the filters only read their source.
    const cv::Mat values(mask.size.height, mask.size.width, CV_8UC1,
                         const_cast<uint8_t*>(mask.values.data()));
    const int diameter = 2 * outlineWidth(mask.size) + 1;
    const cv::Mat disc = cv::getStructuringElement(cv::MORPH_ELLIPSE, {diameter, diameter});
    cv::Mat highest, lowest;
    cv::dilate(values, highest, disc);
    cv::erode(values, lowest, disc);
    return highest != lowest;
}

uint8_t blend(uint8_t picture, uint8_t colour, double opacity) {
    return static_cast<uint8_t>(std::lround(picture + (colour - picture) * opacity));
}

}  // namespace

std::string overlayFileName(const std::string& stem) {
    return stem + kOverlayEnding + ".png";
}

std::vector<uint8_t> renderOverlay(std::span<const uint8_t> displayRgb, const IndexMask& mask,
                                   const ClassTable& classes, double opacity) {
    if (displayRgb.size() != mask.values.size() * 3) {
        throw std::invalid_argument("renderOverlay: the picture and the mask differ in size");
    }
    std::array<const LabelClass*, 256> shown{};
    for (const LabelClass& entry : classes.classes()) {
        if (entry.visible) shown[entry.value] = &entry;
    }
    const cv::Mat borders = regionBorders(mask);
    const double fill = std::clamp(opacity, 0.0, 1.0);

    std::vector<uint8_t> rgb(displayRgb.begin(), displayRgb.end());
    for (size_t pixel = 0; pixel < mask.values.size(); ++pixel) {
        const LabelClass* entry = shown[mask.values[pixel]];
        if (!entry) continue;
        const double strength = borders.data[pixel] ? 1.0 : fill;
        const uint8_t colour[] = {entry->colour.red, entry->colour.green, entry->colour.blue};
        for (size_t channel = 0; channel < 3; ++channel) {
            uint8_t& sample = rgb[pixel * 3 + channel];
            sample = blend(sample, colour[channel], strength);
        }
    }
    return rgb;
}

Result<void> exportOverlay(const std::filesystem::path& file, std::span<const uint8_t> displayRgb,
                           const IndexMask& mask, const ClassTable& classes, double opacity,
                           const InputFiles& inputs) {
    const std::vector<uint8_t> rgb = renderOverlay(displayRgb, mask, classes, opacity);
    const Result<std::vector<uint8_t>> png = encodePng(mask.size, 3, rgb);
    if (!png) return failure(png.error());
    return writeExport(file, *png, inputs, [&] {
        const Result<PixelBuffer> read = readRaster(file);
        return read && read->size == mask.size && read->bytes == rgb;
    });
}

}  // namespace finebrush
