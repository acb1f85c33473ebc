#include "core/labels/region_edits.h"

#include <opencv2/imgproc.hpp>

namespace finebrush {

namespace {

/// 255 where the labels hold a class, else 0.
cv::Mat maskOf(const LabelMap& labels, uint8_t value) {
    IndexMask mask = labels.toMask();
    const cv::Mat picture(mask.size.height, mask.size.width, CV_8U, mask.values.data());
    return picture == value;
}

PixelRegion regionOf(const cv::Mat& mask) {
    PixelRegion region;
    for (int y = 0; y < mask.rows; ++y) {
        region.addRow(0, y, {mask.ptr<uint8_t>(y), static_cast<size_t>(mask.cols)});
    }
    return region;
}

cv::Mat edgeNeighbours() {
    return cv::getStructuringElement(cv::MORPH_CROSS, {3, 3});
}

}  // namespace

PixelRegion holesOf(const LabelMap& labels, uint8_t value) {
    if (labels.size().isEmpty()) return {};
    constexpr uint8_t kOutside = 1;
    cv::Mat framed;
    cv::copyMakeBorder(maskOf(labels, value), framed, 1, 1, 1, 1, cv::BORDER_CONSTANT, cv::Scalar(0));
    cv::floodFill(framed, cv::Point(0, 0), cv::Scalar(kOutside), nullptr, {}, {}, 4);
    const cv::Mat holes = framed == 0;
    return regionOf(holes(cv::Rect(1, 1, holes.cols - 2, holes.rows - 2)));
}

PixelRegion islandsOf(const LabelMap& labels, uint8_t value, int smallest) {
    if (labels.size().isEmpty()) return {};
    cv::Mat pieces, statistics, centres;
    const int count = cv::connectedComponentsWithStats(maskOf(labels, value), pieces, statistics, centres, 8);
    std::vector<uint8_t> isSmall(static_cast<size_t>(count), 0);
    for (int piece = 1; piece < count; ++piece) {
        isSmall[static_cast<size_t>(piece)] = statistics.at<int>(piece, cv::CC_STAT_AREA) < smallest;
    }
    PixelRegion region;
    std::vector<uint8_t> row(static_cast<size_t>(pieces.cols));
    for (int y = 0; y < pieces.rows; ++y) {
        const int* piece = pieces.ptr<int>(y);
        for (size_t x = 0; x < row.size(); ++x) row[x] = isSmall[static_cast<size_t>(piece[x])];
        region.addRow(0, y, row);
    }
    return region;
}

PixelRegion outerRimOf(const LabelMap& labels, uint8_t value) {
    if (labels.size().isEmpty()) return {};
    const cv::Mat mask = maskOf(labels, value);
    cv::Mat grown;
    cv::dilate(mask, grown, edgeNeighbours());
    return regionOf(grown & ~mask);
}

PixelRegion innerRimOf(const LabelMap& labels, uint8_t value) {
    if (labels.size().isEmpty()) return {};
    const cv::Mat mask = maskOf(labels, value);
    cv::Mat shrunk;
    cv::erode(mask, shrunk, edgeNeighbours());
    return regionOf(mask & ~shrunk);
}

}  // namespace finebrush
