#include "core/labels/flood_fill.h"

#include <opencv2/imgproc.hpp>

#include <cmath>
#include <optional>
#include <stdexcept>
#include <vector>

namespace finebrush {

namespace {

std::optional<cv::Point> pixelUnder(PointInImage point, PixelSize size) {
    const bool inside = point.x >= 0 && point.y >= 0 && point.x < size.width && point.y < size.height;
    if (!inside) return std::nullopt;
    return cv::Point(static_cast<int>(point.x), static_cast<int>(point.y));
}

/// Floods from a pixel without changing the picture.
PixelRegion floodedRegion(cv::Mat& picture, cv::Point seed, int tolerance, cv::Point origin = {}) {
    constexpr int kFlags = 4 | cv::FLOODFILL_MASK_ONLY | cv::FLOODFILL_FIXED_RANGE | (1 << 8);
    cv::Mat mask = cv::Mat::zeros(picture.rows + 2, picture.cols + 2, CV_8U);  // with a border of 1 px
    cv::Rect bounds;
    const cv::Scalar reach = cv::Scalar::all(tolerance);
    cv::floodFill(picture, mask, seed, cv::Scalar(), &bounds, reach, reach, kFlags);
    PixelRegion region;
    for (int y = bounds.y; y < bounds.br().y; ++y) {
        const uint8_t* row = mask.ptr<uint8_t>(y + 1) + bounds.x + 1;
        region.addRow(origin.x + bounds.x, origin.y + y, {row, static_cast<size_t>(bounds.width)});
    }
    return region;
}

}  // namespace

PixelRegion equalLabelRegion(const LabelMap& labels, PointInImage point, const RectInImage& within) {
    const RectInImage part = within.intersected(RectInImage::ofSize(labels.size()));
    const std::optional<cv::Point> seed =
        pixelUnder({point.x - part.x, point.y - part.y}, {part.width, part.height});
    if (!seed) return {};
    std::vector<uint8_t> values(static_cast<size_t>(part.area()));
    labels.read(part, values);
    cv::Mat picture(part.height, part.width, CV_8U, values.data());
    return floodedRegion(picture, *seed, 0, {part.x, part.y});
}

PixelRegion similarColoursWithin(const RectInImage& part, std::span<const uint8_t> rgb, PointInImage point,
                                 int tolerance) {
    if (rgb.size() != static_cast<size_t>(part.area()) * 3)
        throw std::invalid_argument("the picture is of another size");
    const std::optional<cv::Point> seed =
        pixelUnder({point.x - part.x, point.y - part.y}, {part.width, part.height});
    if (!seed) return {};
    // OpenCV has no view of constant data; a flood into the mask alone writes nothing to it.
    cv::Mat picture(part.height, part.width, CV_8UC3, const_cast<uint8_t*>(rgb.data()));
    return floodedRegion(picture, *seed, tolerance, {part.x, part.y});
}

}  // namespace finebrush
