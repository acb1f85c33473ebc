#include "core/labels/superpixels.h"

#include <climits>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cfloat>
#include <cmath>
#include <stdexcept>

namespace finebrush {

namespace {

constexpr float kCompactness = 14;  // steps of colour
constexpr int kRounds = 5;
const std::array<cv::Point, 4> kNeighbours = {cv::Point(-1, 0), {1, 0}, {0, -1}, {0, 1}};

using Colour = cv::Vec3f;  // Lab, each channel of 8 bits

/// The middle of a superpixel, in the part and among the colours.
struct Centre {
    cv::Point2f place;
    Colour colour;
};

/// The places of a grid, each with the mean of its cell's middle.
std::vector<Centre> gridCentres(const cv::Mat& picture, cv::Size grid) {
    cv::Mat smooth;
    cv::blur(picture, smooth, {5, 5});
    std::vector<Centre> centres;
    for (int row = 0; row < grid.height; ++row) {
        for (int column = 0; column < grid.width; ++column) {
            const cv::Point place((2 * column + 1) * picture.cols / (2 * grid.width),
                                  (2 * row + 1) * picture.rows / (2 * grid.height));
            centres.push_back({place, smooth.at<cv::Vec3b>(place)});
        }
    }
    return centres;
}

/// A way among the pixels as it is in the patient, in shorter sides of them.
cv::Point2f inPatient(const cv::Point2f& way, const PixelShape& pixel) {
    return {way.x * static_cast<float>(pixel.width), way.y * static_cast<float>(pixel.height)};
}

/// Gives each pixel the number, from 1, of the nearest of the centres around its cell of the grid. A way of
/// one cell counts as `kCompactness` steps of colour.
void assign(const cv::Mat& picture, const std::vector<Centre>& centres, cv::Size grid,
            const PixelShape& pixel, cv::Mat& numbers) {
    const cv::Point2f cell =
        inPatient({float(picture.cols) / grid.width, float(picture.rows) / grid.height}, pixel);
    const float longest = std::max(cell.x, cell.y);
    const float perLength = kCompactness * kCompactness / (longest * longest);
    cv::parallel_for_(cv::Range(0, picture.rows), [&](const cv::Range& rows) {
        for (int y = rows.start; y < rows.end; ++y) {
            const int row = std::min(y * grid.height / picture.rows, grid.height - 1);
            for (int x = 0; x < picture.cols; ++x) {
                const int column = std::min(x * grid.width / picture.cols, grid.width - 1);
                const Colour colour = picture.at<cv::Vec3b>(y, x);
                float least = FLT_MAX;
                for (int r = std::max(0, row - 1); r <= std::min(grid.height - 1, row + 1); ++r) {
                    for (int c = std::max(0, column - 1); c <= std::min(grid.width - 1, column + 1); ++c) {
                        const int number = r * grid.width + c;
                        const Centre& centre = centres[static_cast<size_t>(number)];
                        const cv::Point2f way = inPatient(cv::Point2f(cv::Point(x, y)) - centre.place, pixel);
                        const Colour difference = colour - centre.colour;
                        const float distance = difference.dot(difference) + way.dot(way) * perLength;
                        if (distance >= least) continue;
                        least = distance;
                        numbers.at<int>(y, x) = number + 1;
                    }
                }
            }
        }
    });
}

/// Moves each centre to the mean of its pixels.
void moveCentres(const cv::Mat& picture, const cv::Mat& numbers, std::vector<Centre>& centres) {
    std::vector<Centre> sums(centres.size());
    std::vector<float> counts(centres.size());
    for (int y = 0; y < picture.rows; ++y) {
        for (int x = 0; x < picture.cols; ++x) {
            const auto place = static_cast<size_t>(numbers.at<int>(y, x) - 1);
            sums[place].place += cv::Point2f(cv::Point(x, y));
            sums[place].colour += Colour(picture.at<cv::Vec3b>(y, x));
            ++counts[place];
        }
    }
    for (size_t i = 0; i < centres.size(); ++i) {
        if (counts[i] > 0) centres[i] = {sums[i].place / counts[i], sums[i].colour / counts[i]};
    }
}

/// Takes the number from pixels that do not hang together with the most of their superpixel. A superpixel
/// that has none is not numbered; the others are numbered from 1 without gaps.
void keepPieces(cv::Mat& numbers, int count) {
    const cv::Mat unsorted = numbers.clone();
    std::vector<std::vector<cv::Point>> largest(static_cast<size_t>(count) + 1);
    cv::Mat isSeen = cv::Mat::zeros(numbers.size(), CV_8U);
    std::vector<cv::Point> piece;
    for (int y = 0; y < numbers.rows; ++y) {
        for (int x = 0; x < numbers.cols; ++x) {
            if (isSeen.at<uint8_t>(y, x)) continue;
            const int number = unsorted.at<int>(y, x);
            piece = {cv::Point(x, y)};
            isSeen.at<uint8_t>(y, x) = 1;
            for (size_t i = 0; i < piece.size(); ++i) {
                for (const cv::Point& step : kNeighbours) {
                    const cv::Point there = piece[i] + step;
                    if (!cv::Rect({}, numbers.size()).contains(there)) continue;
                    if (isSeen.at<uint8_t>(there) || unsorted.at<int>(there) != number) continue;
                    isSeen.at<uint8_t>(there) = 1;
                    piece.push_back(there);
                }
            }
            std::vector<cv::Point>& kept = largest[static_cast<size_t>(number)];
            if (piece.size() > kept.size()) kept = piece;
        }
    }
    numbers = 0;
    int number = 0;
    for (const std::vector<cv::Point>& kept : largest) {
        if (kept.empty()) continue;
        ++number;
        for (const cv::Point& place : kept) numbers.at<int>(place) = number;
    }
}

int colourDistance(const cv::Vec3b& one, const cv::Vec3b& other) {
    int distance = 0;
    for (int channel = 0; channel < 3; ++channel) distance += std::abs(one[channel] - other[channel]);
    return distance;
}

/// The number of the neighbour that is most like a pixel; 0 where none has one.
int numberOfNearest(const cv::Mat& numbers, const cv::Mat& picture, cv::Point here) {
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

/// Gives pixels without a number to their neighbours.
void absorbRest(cv::Mat& numbers, const cv::Mat& picture) {
    std::vector<cv::Point> open;
    cv::findNonZero(numbers < 1, open);
    while (!open.empty()) {
        // All of a round at once: else one superpixel would run along them.
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

Superpixels::Superpixels(const RectInImage& rect, std::span<const uint8_t> rgb, int side,
                         const PixelShape& pixel)
    : rect_(rect) {
    if (rect.isEmpty() || side < 1 || rgb.size() != static_cast<size_t>(rect.area()) * 3)
        throw std::invalid_argument("no superpixels can be made of this");
    // OpenCV has no view of constant data; nothing is written to it.
    const cv::Mat given(rect.height, rect.width, CV_8UC3, const_cast<uint8_t*>(rgb.data()));
    cv::Mat picture;
    cv::cvtColor(given, picture, cv::COLOR_RGB2Lab);
    const PixelShape shape = shapeUnderBrush(pixel, side);
    const cv::Size grid(std::max(1, static_cast<int>(rect.width * shape.width / side)),
                        std::max(1, static_cast<int>(rect.height * shape.height / side)));
    std::vector<Centre> centres = gridCentres(picture, grid);
    cv::Mat numbers(picture.size(), CV_32S);
    for (int round = 0; round < kRounds; ++round) {
        if (round > 0) moveCentres(picture, numbers, centres);
        assign(picture, centres, grid, shape, numbers);
    }
    keepPieces(numbers, grid.area());
    absorbRest(numbers, picture);
    numbers_ = numbers - cv::Scalar(1);
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
