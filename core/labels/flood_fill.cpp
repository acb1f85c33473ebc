#include "core/labels/flood_fill.h"

#include "core/labels/row_runs.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>
#include <utility>
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

/// Goes from run to run of neighbouring rows, by their edges.
class RunFlood {
  public:
    explicit RunFlood(const RowRuns& runs) : runs_(runs), isReached_(runs.count(), false) {}

    void from(int x, int y, const std::stop_token& stop) {
        reach(y, {x, x + 1});
        while (!open_.empty() && !stop.stop_requested()) {
            const auto [row, run] = open_.back();
            open_.pop_back();
            reach(row - 1, *run);
            reach(row + 1, *run);
        }
    }

    PixelRegion reached() const {
        PixelRegion region;
        for (int y = runs_.top(); y < runs_.bottom(); ++y) {
            for (const RowRun& run : runs_.row(y)) {
                if (isReached_[runs_.indexOf(run)]) region.add({run.first, y, run.end - run.first, 1});
            }
        }
        return region;
    }

  private:
    /// Reaches the runs of a row that have pixels in common with the columns of another.
    void reach(int y, const RowRun& beside) {
        const std::span<const RowRun> row = runs_.row(y);
        for (auto run = std::ranges::upper_bound(row, beside.first, {}, &RowRun::end);
             run != row.end() && run->first < beside.end; ++run) {
            const size_t index = runs_.indexOf(*run);
            if (isReached_[index]) continue;
            isReached_[index] = true;
            open_.emplace_back(y, &*run);
        }
    }

    const RowRuns& runs_;
    std::vector<bool> isReached_;
    std::vector<std::pair<int, const RowRun*>> open_;  ///< runs whose neighbours were not looked at
};

}  // namespace

PixelRegion equalLabelRegion(const LabelMap& labels, PointInImage point, const RectInImage& within,
                             const std::stop_token& stop) {
    const RectInImage part = within.intersected(RectInImage::ofSize(labels.size()));
    const std::optional<cv::Point> seed =
        pixelUnder({point.x - part.x, point.y - part.y}, {part.width, part.height});
    if (!seed) return {};
    const int x = part.x + seed->x, y = part.y + seed->y;
    const RowRuns runs = runsOf(labels, labels.at(x, y), part, stop);
    RunFlood flood(runs);
    flood.from(x, y, stop);
    return stop.stop_requested() ? PixelRegion() : flood.reached();
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
