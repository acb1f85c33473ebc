#include "core/labels/label_interpolation.h"

#include <opencv2/imgproc.hpp>

#include <bitset>
#include <stdexcept>

namespace finebrush {

namespace {

constexpr float kHalfPixel = 0.5F;  // from the centre of a pixel to its border

cv::Mat pictureOf(const IndexMask& mask) {
    // OpenCV has no view of constant data; nothing is written to it.
    return cv::Mat(mask.size.height, mask.size.width, CV_8U, const_cast<uint8_t*>(mask.values.data()));
}

/// Px from the centre of each pixel of a mask to the nearest border; 0 outside the mask.
cv::Mat depthIn(const cv::Mat& mask) {
    cv::Mat depth;
    cv::distanceTransform(mask, depth, cv::DIST_L2, cv::DIST_MASK_PRECISE);
    cv::subtract(depth, cv::Scalar(kHalfPixel), depth, mask);
    return depth;
}

/// What a value is in a slice: its signed distances, or nothing where it fills the slice or is not in it.
struct Extent {
    cv::Mat distance;
    bool fillsAll = false;
};

Extent extentIn(const IndexMask& slice, uint8_t value) {
    const cv::Mat mask = pictureOf(slice) == value;
    const int64_t area = cv::countNonZero(mask);
    if (area == 0) return {};
    if (area == slice.size.area()) return {{}, true};
    return {depthIn(mask) - depthIn(~mask), false};
}

/// The distances of a value; one without a border in this slice is as far from one as the depth of what it
/// takes up, or leaves over, in the other.
cv::Mat distanceOf(const Extent& extent, const Extent& other, PixelSize size) {
    if (!extent.distance.empty()) return extent.distance;
    double reach = 1;
    if (!other.distance.empty()) {
        double least = 0;
        double most = 0;
        cv::minMaxLoc(other.distance, &least, &most);
        reach = extent.fillsAll ? -least : most;
    }
    return cv::Mat(size.height, size.width, CV_32F, cv::Scalar(extent.fillsAll ? reach : -reach));
}

}  // namespace

LabelInterpolation::LabelInterpolation(const IndexMask& first, const IndexMask& second) : size_(first.size) {
    if (first.size != second.size) throw std::invalid_argument("the slices are of two sizes");
    std::bitset<256> occurs;
    for (const uint8_t value : first.values) occurs.set(value);
    for (const uint8_t value : second.values) occurs.set(value);
    for (int place = 0; place < 256; ++place) {
        if (!occurs[static_cast<size_t>(place)]) continue;
        const auto value = static_cast<uint8_t>(place);
        const Extent inFirst = extentIn(first, value);
        const Extent inSecond = extentIn(second, value);
        shapes_.push_back(
            {value, distanceOf(inFirst, inSecond, size_), distanceOf(inSecond, inFirst, size_)});
    }
}

IndexMask LabelInterpolation::at(double part) const {
    IndexMask result{size_, std::vector<uint8_t>(static_cast<size_t>(size_.area()), kUnlabelled)};
    if (shapes_.empty()) return result;
    cv::Mat values = pictureOf(result);
    cv::Mat deepestYet;
    cv::Mat distance;
    for (const Shape& shape : shapes_) {
        cv::addWeighted(shape.first, 1 - part, shape.second, part, 0, distance);
        if (deepestYet.empty()) {
            deepestYet = distance.clone();
            values.setTo(shape.value);
            continue;
        }
        const cv::Mat isDeeper = distance > deepestYet;
        distance.copyTo(deepestYet, isDeeper);
        values.setTo(shape.value, isDeeper);
    }
    return result;
}

}  // namespace finebrush
