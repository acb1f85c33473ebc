#include "core/session/labels/doubtful_spots.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace finebrush {

namespace {

constexpr int kCellsPerSide = 64;    // along the longer side of the image
constexpr int kSamplesPerSide = 12;  // of a cell, at most
constexpr int kLeastCell = 4;        // px
constexpr int kReach = 1;            // cells around one that count for it
constexpr int kApart = 5;            // cells between two spots
constexpr size_t kMostSpots = 24;
constexpr double kLeastDoubt = 0.1;  // on an average: below it a model counts as sure

/// What the pixels of a cell, or of several, say.
struct Votes {
    double doubt = 0;  ///< summed over the pixels that were asked
    int pixels = 0;
    bool isPainted = false;
};

class DoubtGrid {
  public:
    DoubtGrid(const messages::Prediction& prediction, const LabelMap& labels)
        : prediction_(prediction),
          labels_(labels),
          size_(prediction.mask.size),
          side_(std::max(kLeastCell,
                         (std::max(size_.width, size_.height) + kCellsPerSide - 1) / kCellsPerSide)),
          columns_((size_.width + side_ - 1) / side_),
          rows_((size_.height + side_ - 1) / side_) {
        std::vector<Votes> cells;
        forAll([&](int column, int row) { cells.push_back(votesOf(column, row)); });
        forAll([&](int column, int row) {
            Votes around;
            forAround(column, row, [&](int x, int y) {
                const Votes& cell = cells[indexOf(x, y)];
                around.doubt += cell.doubt;
                around.pixels += cell.pixels;
                around.isPainted = around.isPainted || cell.isPainted;
            });
            doubts_.push_back(around.doubt / std::max(1, around.pixels));
            painted_.push_back(around.isPainted);
        });
    }

    /// Nothing near what is painted, where the model is sure, or where it is less sure right beside.
    std::optional<DoubtfulSpot> spotAt(int column, int row) const {
        const double doubt = doubts_[indexOf(column, row)];
        if (painted_[indexOf(column, row)] || doubt < kLeastDoubt) return std::nullopt;
        bool isPeak = true;
        forAround(column, row, [&](int x, int y) { isPeak = isPeak && doubts_[indexOf(x, y)] <= doubt; });
        if (!isPeak) return std::nullopt;
        return DoubtfulSpot{{std::min((column + 0.5) * side_, size_.width - 0.5),
                             std::min((row + 0.5) * side_, size_.height - 0.5)},
                            (kReach + 0.5) * side_,
                            1 - doubt,
                            mostChosenAround(column, row)};
    }

    int side() const { return side_; }

    template <typename Do>
    void forAll(Do what) const {
        for (int row = 0; row < rows_; ++row) {
            for (int column = 0; column < columns_; ++column) what(column, row);
        }
    }

  private:
    size_t indexOf(int column, int row) const { return static_cast<size_t>(row) * columns_ + column; }

    template <typename Do>
    void forAround(int column, int row, Do what) const {
        for (int y = std::max(0, row - kReach); y <= std::min(rows_ - 1, row + kReach); ++y) {
            for (int x = std::max(0, column - kReach); x <= std::min(columns_ - 1, column + kReach); ++x) {
                what(x, y);
            }
        }
    }

    RectInImage rectOf(int column, int row) const {
        return RectInImage{column * side_, row * side_, side_, side_}.intersected(RectInImage::ofSize(size_));
    }

    /// Calls back with the places in the prediction of some of the pixels of a cell.
    template <typename Do>
    void forSamples(int column, int row, Do what) const {
        const RectInImage cell = rectOf(column, row);
        const int step = std::max(1, side_ / kSamplesPerSide);
        for (int y = cell.y; y < cell.bottom(); y += step) {
            for (int x = cell.x; x < cell.right(); x += step) what(static_cast<size_t>(y) * size_.width + x);
        }
    }

    Votes votesOf(int column, int row) const {
        Votes votes;
        votes.isPainted = isPainted(rectOf(column, row));
        forSamples(column, row, [&](size_t pixel) {
            votes.doubt += 1 - prediction_.confidence[pixel] / 255.0;
            ++votes.pixels;
        });
        return votes;
    }

    bool isPainted(const RectInImage& rect) const {
        if (labels_.isBlank(rect)) return false;
        std::vector<uint8_t> values(static_cast<size_t>(rect.width) * rect.height);
        labels_.read(rect, values);
        return std::ranges::any_of(values, [](uint8_t value) { return value != kUnlabelled; });
    }

    uint8_t mostChosenAround(int column, int row) const {
        std::array<int, 256> chosen{};
        forAround(column, row, [&](int x, int y) {
            forSamples(x, y, [&](size_t pixel) { ++chosen[prediction_.mask.values[pixel]]; });
        });
        chosen[kUnlabelled] = 0;  // where nothing was measured
        return static_cast<uint8_t>(std::ranges::max_element(chosen) - chosen.begin());
    }

    const messages::Prediction& prediction_;
    const LabelMap& labels_;
    PixelSize size_;
    int side_;
    int columns_;
    int rows_;
    std::vector<double> doubts_;  ///< of each cell with those around it, on an average
    std::vector<bool> painted_;   ///< whether something is painted there
};

}  // namespace

bool tellsDoubt(const messages::Prediction& prediction) {
    return !prediction.confidence.empty() && prediction.confidence.size() == prediction.mask.values.size();
}

std::vector<DoubtfulSpot> doubtfulSpots(const messages::Prediction& prediction, const LabelMap& labels) {
    if (!tellsDoubt(prediction) || labels.size() != prediction.mask.size) return {};
    const DoubtGrid grid(prediction, labels);
    std::vector<DoubtfulSpot> found;
    grid.forAll([&](int column, int row) {
        if (const auto spot = grid.spotAt(column, row)) found.push_back(*spot);
    });
    std::ranges::stable_sort(found, {}, &DoubtfulSpot::certainty);
    std::vector<DoubtfulSpot> spots;
    for (const DoubtfulSpot& spot : found) {
        const double apart = kApart * grid.side();
        const bool isNear = std::ranges::any_of(spots, [&](const DoubtfulSpot& other) {
            return std::abs(other.middle.x - spot.middle.x) < apart &&
                   std::abs(other.middle.y - spot.middle.y) < apart;
        });
        if (!isNear) spots.push_back(spot);
        if (spots.size() == kMostSpots) break;
    }
    return spots;
}

}  // namespace finebrush
