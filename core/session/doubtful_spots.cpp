#include "core/session/doubtful_spots.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

namespace finebrush {

namespace {

constexpr int kCellsPerSide = 64;    // along the longer side of the image
constexpr int kSamplesPerSide = 12;  // of a cell, at most
constexpr int kLeastCell = 4;        // px
constexpr int kReach = 1;            // cells around one that count for it
constexpr int kApart = 5;            // cells between two spots
constexpr size_t kMostSpots = 24;
constexpr double kRounding = 1e-9;
constexpr double kLeastDoubt = 0.1;  // on an average: below it a model counts as sure

/// What the pixels of a cell, or of several, say.
struct Votes {
    double doubt = 0;
    int pixels = 0;
    bool isPainted = false;
    std::array<int, 256> chosen{};

    double mean() const { return doubt / std::max(1, pixels); }

    void add(const Votes& other) {
        doubt += other.doubt;
        pixels += other.pixels;
        isPainted = isPainted || other.isPainted;
        for (size_t i = 0; i < chosen.size(); ++i) chosen[i] += other.chosen[i];
    }
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
        for (int row = 0; row < rows_; ++row) {
            for (int column = 0; column < columns_; ++column) cells_.push_back(votesOf(column, row));
        }
    }

    /// Nothing near what is painted, where the model is sure, or where it is less sure right beside.
    std::optional<DoubtfulSpot> spotAt(int column, int row) const {
        const Votes around = votesAround(column, row);
        const double doubt = around.mean();
        if (around.isPainted || doubt < kLeastDoubt || !isPeak(column, row, doubt)) return std::nullopt;
        const auto most = std::ranges::max_element(around.chosen);
        return DoubtfulSpot{{std::min((column + 0.5) * side_, size_.width - 0.5),
                             std::min((row + 0.5) * side_, size_.height - 0.5)},
                            (kReach + 0.5) * side_,
                            1 - doubt,
                            static_cast<uint8_t>(most - around.chosen.begin())};
    }

    int columns() const { return columns_; }
    int rows() const { return rows_; }
    int side() const { return side_; }

  private:
    template <typename Do>
    void forAround(int column, int row, Do what) const {
        for (int y = std::max(0, row - kReach); y <= std::min(rows_ - 1, row + kReach); ++y) {
            for (int x = std::max(0, column - kReach); x <= std::min(columns_ - 1, column + kReach); ++x) {
                what(x, y);
            }
        }
    }

    Votes votesAround(int column, int row) const {
        Votes around;
        forAround(column, row,
                  [&](int x, int y) { around.add(cells_[static_cast<size_t>(y) * columns_ + x]); });
        return around;
    }

    bool isPeak(int column, int row, double doubt) const {
        bool isPeak = true;
        forAround(column, row,
                  [&](int x, int y) { isPeak = isPeak && votesAround(x, y).mean() <= doubt + kRounding; });
        return isPeak;
    }

    Votes votesOf(int column, int row) const {
        const RectInImage cell =
            RectInImage{column * side_, row * side_, side_, side_}.intersected(RectInImage::ofSize(size_));
        const int step = std::max(1, side_ / kSamplesPerSide);
        Votes votes;
        votes.isPainted = isPainted(cell);
        for (int y = cell.y; y < cell.bottom(); y += step) {
            for (int x = cell.x; x < cell.right(); x += step) {
                const size_t pixel = static_cast<size_t>(y) * size_.width + x;
                votes.doubt += 1 - prediction_.confidence[pixel] / 255.0;
                ++votes.chosen[prediction_.mask.values[pixel]];
                ++votes.pixels;
            }
        }
        return votes;
    }

    bool isPainted(const RectInImage& rect) const {
        if (labels_.isBlank(rect)) return false;
        std::vector<uint8_t> values(static_cast<size_t>(rect.width) * rect.height);
        labels_.read(rect, values);
        return std::ranges::any_of(values, [](uint8_t value) { return value != kUnlabelled; });
    }

    const messages::Prediction& prediction_;
    const LabelMap& labels_;
    PixelSize size_;
    int side_;
    int columns_;
    int rows_;
    std::vector<Votes> cells_;
};

}  // namespace

std::vector<DoubtfulSpot> doubtfulSpots(const messages::Prediction& prediction, const LabelMap& labels) {
    if (prediction.confidence.empty() || prediction.confidence.size() != prediction.mask.values.size() ||
        labels.size() != prediction.mask.size) {
        return {};
    }
    const DoubtGrid grid(prediction, labels);
    std::vector<DoubtfulSpot> found;
    for (int row = 0; row < grid.rows(); ++row) {
        for (int column = 0; column < grid.columns(); ++column) {
            if (const auto spot = grid.spotAt(column, row)) found.push_back(*spot);
        }
    }
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
