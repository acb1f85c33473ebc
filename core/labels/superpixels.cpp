#include "core/labels/superpixels.h"

#include <climits>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

namespace finebrush {

namespace {

/// Steepness of the colours at each pixel, [height, width], CV_32F.
cv::Mat steepness(const cv::Mat& picture) {
    cv::Mat grey, right, down, steep;
    cv::cvtColor(picture, grey, cv::COLOR_RGB2GRAY);
    cv::Sobel(grey, right, CV_32F, 1, 0);
    cv::Sobel(grey, down, CV_32F, 0, 1);
    cv::magnitude(right, down, steep);
    return steep;
}

/// The middle of each cell of a grid, moved to the flattest place nearby; numbered from 1.
cv::Mat seedsOf(const cv::Mat& picture, int side) {
    const cv::Mat steep = steepness(picture);
    const int columns = std::max(1, picture.cols / side);
    const int rows = std::max(1, picture.rows / side);
    const int reach = side / 4;
    cv::Mat seeds = cv::Mat::zeros(picture.size(), CV_32S);
    int number = 0;
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            const cv::Point middle((2 * column + 1) * picture.cols / (2 * columns),
                                   (2 * row + 1) * picture.rows / (2 * rows));
            const cv::Rect nearby =
                cv::Rect(middle.x - reach, middle.y - reach, 2 * reach + 1, 2 * reach + 1) &
                cv::Rect({}, picture.size());
            cv::Point flattest;
            double least = 0;
            cv::minMaxLoc(steep(nearby), &least, nullptr, &flattest);
            // Where nothing tells them apart, the middle keeps the superpixels even.
            const bool isFlat = steep.at<float>(middle) <= least;
            seeds.at<int>(isFlat ? middle : nearby.tl() + flattest) = ++number;
        }
    }
    return seeds;
}

int colourDistance(const cv::Vec3b& one, const cv::Vec3b& other) {
    int distance = 0;
    for (int channel = 0; channel < 3; ++channel) distance += std::abs(one[channel] - other[channel]);
    return distance;
}

/// The number of the neighbour that is most like a pixel; 0 where none has one.
int numberOfNearest(const cv::Mat& numbers, const cv::Mat& picture, cv::Point here) {
    static const std::array<cv::Point, 4> kNeighbours = {cv::Point(-1, 0), {1, 0}, {0, -1}, {0, 1}};
    const cv::Rect all({}, numbers.size());
    int nearest = 0;
    int least = INT_MAX;
    for (const cv::Point& step : kNeighbours) {
        const cv::Point there = here + step;
        if (!all.contains(there) || numbers.at<int>(there) < 1) continue;
        const int distance = colourDistance(picture.at<cv::Vec3b>(here), picture.at<cv::Vec3b>(there));
        if (distance >= least) continue;
        least = distance;
        nearest = numbers.at<int>(there);
    }
    return nearest;
}

/// Gives the pixels of the lines between superpixels, and what these enclose, to their neighbours.
void absorbLines(cv::Mat& numbers, const cv::Mat& picture) {
    std::vector<cv::Point> open;
    cv::findNonZero(numbers < 1, open);
    while (!open.empty()) {
        // All of a round at once: else one superpixel would run along the lines.
        const cv::Mat before = numbers.clone();
        std::erase_if(open, [&](cv::Point here) {
            const int number = numberOfNearest(before, picture, here);
            if (number > 0) numbers.at<int>(here) = number;
            return number > 0;
        });
    }
}

std::vector<cv::Rect> boundsOf(const cv::Mat& numbers) {
    double most = 0;
    cv::minMaxLoc(numbers, nullptr, &most);
    std::vector<cv::Rect> bounds(static_cast<size_t>(most) + 1);
    for (int y = 0; y < numbers.rows; ++y) {
        const int* row = numbers.ptr<int>(y);
        for (int from = 0; from < numbers.cols;) {
            int to = from + 1;
            while (to < numbers.cols && row[to] == row[from]) ++to;
            bounds[static_cast<size_t>(row[from])] |= cv::Rect(from, y, to - from, 1);
            from = to;
        }
    }
    return bounds;
}

}  // namespace

Superpixels::Superpixels(const RectInImage& rect, std::span<const uint8_t> rgb, int side) : rect_(rect) {
    if (rect.isEmpty() || side < 1 || rgb.size() != static_cast<size_t>(rect.area()) * 3)
        throw std::invalid_argument("no superpixels can be made of this");
    // OpenCV has no view of constant data; nothing is written to it.
    const cv::Mat given(rect.height, rect.width, CV_8UC3, const_cast<uint8_t*>(rgb.data()));
    // The watershed leaves the outermost pixels out: a border of one pixel takes their place.
    cv::Mat picture;
    cv::copyMakeBorder(given, picture, 1, 1, 1, 1, cv::BORDER_REPLICATE);
    cv::GaussianBlur(picture, picture, {3, 3}, 0);
    cv::Mat numbers = cv::Mat::zeros(picture.size(), CV_32S);
    const cv::Rect inside(1, 1, rect.width, rect.height);
    seedsOf(picture(inside), side).copyTo(numbers(inside));
    cv::watershed(picture, numbers);
    cv::Mat cut = numbers(inside);
    absorbLines(cut, picture(inside));
    numbers_ = cut - cv::Scalar(1);
    bounds_ = boundsOf(numbers_);
}

std::optional<int> Superpixels::at(PointInImage point) const {
    const double x = std::floor(point.x) - rect_.x;
    const double y = std::floor(point.y) - rect_.y;
    const bool isInside = x >= 0 && y >= 0 && x < rect_.width && y < rect_.height;
    if (!isInside) return std::nullopt;
    return numbers_.at<int>(static_cast<int>(y), static_cast<int>(x));
}

PixelRegion Superpixels::region(int number) const {
    const cv::Rect& bounds = bounds_.at(static_cast<size_t>(number));
    const cv::Mat mask = numbers_(bounds) == number;
    PixelRegion region;
    for (int y = 0; y < mask.rows; ++y) {
        region.addRow(rect_.x + bounds.x, rect_.y + bounds.y + y,
                      {mask.ptr<uint8_t>(y), static_cast<size_t>(mask.cols)});
    }
    return region;
}

}  // namespace finebrush
