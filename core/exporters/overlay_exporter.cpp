#include "core/exporters/overlay_exporter.h"

#include "core/exporters/png_rows.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

namespace finebrush {

namespace {

/// The longer side that a one pixel outline suits; larger pictures get a thicker one in proportion.
constexpr double kSideOfThinOutline = 1000;
constexpr int kRowsAtOnce = 256;

int outlineWidth(PixelSize size) {
    const int longest = std::max(size.width, size.height);
    return std::max(1, static_cast<int>(std::lround(longest / kSideOfThinOutline)));
}

/// Non-zero where another value lies within the outline's width: 8-bit, of so many rows of the mask.
cv::Mat regionBorders(const IndexMask& mask, int y, int rows) {
    const int width = outlineWidth(mask.size);
    const int top = std::max(y - width, 0), bottom = std::min(y + rows + width, mask.size.height);
    // OpenCV has no constant matrix; the filters only read their source.
    uint8_t* first = const_cast<uint8_t*>(mask.values.data()) + static_cast<size_t>(top) * mask.size.width;
    const cv::Mat values(bottom - top, mask.size.width, CV_8UC1, first);
    const int diameter = 2 * width + 1;
    const cv::Mat disc = cv::getStructuringElement(cv::MORPH_ELLIPSE, {diameter, diameter});
    cv::Mat highest, lowest;
    cv::dilate(values, highest, disc);
    cv::erode(values, lowest, disc);
    const cv::Mat borders = highest != lowest;
    return borders.rowRange(y - top, y - top + rows);
}

uint8_t blend(uint8_t picture, uint8_t colour, double opacity) {
    return static_cast<uint8_t>(std::lround(picture + (colour - picture) * opacity));
}

}  // namespace

std::string overlayFileName(const std::string& stem) {
    return stem + kOverlayEnding + ".png";
}

std::vector<uint8_t> renderOverlay(std::span<const uint8_t> displayRgb, const IndexMask& mask,
                                   const ClassTable& classes, double opacity, int y, int rows) {
    if (displayRgb.size() != mask.values.size() * 3) {
        throw std::invalid_argument("renderOverlay: the picture and the mask differ in size");
    }
    std::array<const LabelClass*, 256> shown{};
    for (const LabelClass& entry : classes.classes()) {
        if (entry.visible) shown[entry.value] = &entry;
    }
    const cv::Mat borders = regionBorders(mask, y, rows);
    const double fill = std::clamp(opacity, 0.0, 1.0);

    const size_t first = static_cast<size_t>(y) * mask.size.width;
    const size_t count = static_cast<size_t>(rows) * mask.size.width;
    const std::span<const uint8_t> picture = displayRgb.subspan(first * 3, count * 3);
    std::vector<uint8_t> rgb(picture.begin(), picture.end());
    for (size_t pixel = 0; pixel < count; ++pixel) {
        const LabelClass* entry = shown[mask.values[first + pixel]];
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

Result<bool> exportOverlay(const std::filesystem::path& file, std::span<const uint8_t> displayRgb,
                           const IndexMask& mask, const ClassTable& classes, double opacity,
                           const InputFiles& inputs, const std::stop_token& stop) {
    std::vector<uint8_t> rgb;
    const auto rowsFrom = [&](int y) -> std::span<const uint8_t> {
        const int rows = std::min(kRowsAtOnce, mask.size.height - y);
        rgb = renderOverlay(displayRgb, mask, classes, opacity, y, rows);
        return rgb;
    };
    return writePng(file, mask.size, nullptr, rowsFrom, inputs, stop);
}

}  // namespace finebrush
