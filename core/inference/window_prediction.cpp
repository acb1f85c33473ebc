#include "core/inference/window_prediction.h"

#include "core/inference/most_probable.h"
#include "core/inference/tiling.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace finebrush {

namespace {

/// A window along one side of the image. Its neighbour's part begins `blend` px before its own ends.
struct Reach {
    int first = 0;         ///< px of the window
    int length = 0;        ///< px
    int begin = 0;         ///< px that the window has a part in, ...
    int end = 0;           ///< ... up to here
    torch::Tensor weight;  ///< [end - begin]: with those of the neighbours it adds up to 1
};

std::vector<Reach> reachesOver(int length, const TileLayout& layout, int blend) {
    const std::vector<RectInImage> tiles = tilesOver({length, 1}, layout);
    std::vector<Reach> reaches;
    for (size_t i = 0; i < tiles.size(); ++i) {
        const auto passage = [&](size_t next) {
            return (tiles[next].x + tiles[next - 1].x + layout.side) / 2 - blend / 2;
        };
        const bool isFirst = i == 0, isLast = i + 1 == tiles.size();
        Reach reach{tiles[i].x, std::min(layout.side, length), 0, length, {}};
        if (!isFirst) reach.begin = passage(i);
        if (!isLast) reach.end = passage(i + 1) + blend;
        reach.weight = torch::ones({reach.end - reach.begin});
        const torch::Tensor ramp = (torch::arange(blend) + 0.5) / std::max(blend, 1);
        if (!isFirst) reach.weight.slice(0, 0, blend).mul_(ramp);
        if (!isLast) reach.weight.slice(0, reach.weight.size(0) - blend).mul_(1 - ramp);
        reaches.push_back(std::move(reach));
    }
    return reaches;
}

/// Hears nothing of the progress within a window.
class StopOnly : public WorkMonitor {
  public:
    explicit StopOnly(WorkMonitor& monitor) : monitor_(monitor) {}
    void progressed(messages::Stage, double) override {}
    bool shouldStop() override { return monitor_.shouldStop(); }

  private:
    WorkMonitor& monitor_;
};

void paste(const ClassPrediction& part, int x, ClassPrediction& rows) {
    const auto width = static_cast<size_t>(part.mask.size.width);
    for (int y = 0; y < part.mask.size.height; ++y) {
        const size_t from = static_cast<size_t>(y) * width;
        const size_t to = static_cast<size_t>(y) * rows.mask.size.width + static_cast<size_t>(x);
        std::copy_n(&part.mask.values[from], width, &rows.mask.values[to]);
        std::copy_n(&part.confidence[from], width, &rows.confidence[to]);
    }
}

/// Predicts row of windows after row of windows.
class WindowPredictor {
  public:
    WindowPredictor(SegmentationModel& model, PixelSize image, const WindowLayout& layout, Care care,
                    const ReadWindow& read, WorkMonitor& monitor)
        : model_(model), image_(image), care_(care), read_(read), monitor_(monitor) {
        const auto classes = static_cast<uint64_t>(model.classes().size());
        const uint64_t rowBytes = classes * static_cast<uint64_t>(image.width) * sizeof(float);
        blend_ = static_cast<int>(std::min<uint64_t>(static_cast<uint64_t>(layout.blend),
                                                     layout.waitingBytes / std::max<uint64_t>(rowBytes, 1)));
        const TileLayout tiles{layout.side, layout.overlap};
        columns_ = reachesOver(image.width, tiles, blend_);
        rows_ = reachesOver(image.height, tiles, blend_);
        if (rows_.size() > 1) below_ = torch::empty({static_cast<int64_t>(classes), blend_, image.width});
    }

    size_t rowCount() const { return rows_.size(); }

    /// The rows of the image that are known once a row of windows is; nothing where told to stop.
    Result<std::optional<ClassPrediction>> predictRow(size_t row) {
        const bool isLast = row + 1 == rows_.size();
        const PixelSize size{image_.width, rows_[row].end - rows_[row].begin - (isLast ? 0 : blend_)};
        ClassPrediction known{{size, std::vector<uint8_t>(static_cast<size_t>(size.area()))},
                              std::vector<uint8_t>(static_cast<size_t>(size.area()))};
        torch::Tensor right;  // what waits for the next window, [K, h, blend]
        for (size_t column = 0; column < columns_.size(); ++column) {
            if (monitor_.shouldStop()) return std::nullopt;
            const size_t done = row * columns_.size() + column;
            monitor_.progressed(messages::Stage::Predicting,
                                double(done) / double(rows_.size() * columns_.size()));
            Result<torch::Tensor> part = weighted(rows_[row], columns_[column]);
            if (!part) return failure(part.error());
            if (!part->defined()) return std::nullopt;
            addWaiting(row, column, *part, right);
            paste(mostProbable(*part, model_.classes()), columns_[column].begin, known);
        }
        return std::optional(std::move(known));
    }

  private:
    /// The share of a window in the probabilities of its part, [K, h, w]; undefined where told to stop.
    Result<torch::Tensor> weighted(const Reach& row, const Reach& column) {
        const Result<PixelBuffer> pixels = read_({column.first, row.first, column.length, row.length});
        if (!pixels) return failure(pixels.error());
        StopOnly monitor(monitor_);
        const torch::Tensor whole = model_.measuredProbabilities(*pixels, care_, monitor);
        if (!whole.defined()) return whole;
        const torch::Tensor part = whole.slice(1, row.begin - row.first, row.end - row.first)
                                       .slice(2, column.begin - column.first, column.end - column.first);
        return part.cpu() * torch::outer(row.weight, column.weight);
    }

    /// Adds what waited on the left of a part and above it, and cuts off what waits in its turn.
    void addWaiting(size_t row, size_t column, torch::Tensor& part, torch::Tensor& right) {
        if (column > 0) part.slice(2, 0, blend_).add_(right);
        if (column + 1 < columns_.size()) {
            const int64_t whole = part.size(2) - blend_;
            right = part.slice(2, whole).clone();
            part = part.slice(2, 0, whole);
        }
        const int x = columns_[column].begin;
        const torch::Tensor below = rows_.size() > 1 ? below_.slice(2, x, x + part.size(2)) : below_;
        if (row > 0) part.slice(1, 0, blend_).add_(below);
        if (row + 1 < rows_.size()) {
            const int64_t whole = part.size(1) - blend_;
            below.copy_(part.slice(1, whole));
            part = part.slice(1, 0, whole);
        }
    }

    SegmentationModel& model_;
    PixelSize image_;
    Care care_;
    const ReadWindow& read_;
    WorkMonitor& monitor_;
    int blend_ = 0;
    std::vector<Reach> columns_;
    std::vector<Reach> rows_;
    torch::Tensor below_;  ///< what waits for the next row of windows, [K, blend, W]
};

}  // namespace

Result<bool> predictByWindows(SegmentationModel& model, PixelSize image, const WindowLayout& layout,
                              Care care, const ReadWindow& read, const TakeRows& take, WorkMonitor& monitor) {
    const torch::NoGradGuard noGradient;
    WindowPredictor predictor(model, image, layout, care, read, monitor);
    for (size_t row = 0; row < predictor.rowCount(); ++row) {
        const Result<std::optional<ClassPrediction>> known = predictor.predictRow(row);
        if (!known) return failure(known.error());
        if (!*known) return false;
        if (const Result<void> taken = take(**known); !taken) return failure(taken.error());
    }
    return true;
}

}  // namespace finebrush
