#pragma once

#include "core/base/geometry.h"
#include "core/labels/label_map.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

namespace finebrush {

/// Pixels side by side in a row: [first, end).
struct RowRun {
    int first = 0;
    int end = 0;
    bool operator==(const RowRun&) const = default;
};

/// Pixels of an image as the runs of its rows, from left to right.
class RowRuns {
  public:
    /// Without rows; the first one that is added is that of `top`.
    explicit RowRuns(int top = 0) : top_(top) {}

    /// Appends the row below the last one. Its runs do not touch.
    void addRow(std::span<const RowRun> runs);

    int top() const { return top_; }
    /// Below the last row.
    int bottom() const { return top_ + static_cast<int>(starts_.size()) - 1; }
    size_t count() const { return runs_.size(); }
    /// Empty for a row that was not added.
    std::span<const RowRun> row(int y) const;
    /// The place of a run of one of the rows among all.
    size_t indexOf(const RowRun& run) const { return static_cast<size_t>(&run - runs_.data()); }
    /// The smallest rectangle that holds all.
    RectInImage bounds() const;

  private:
    int top_;
    std::vector<RowRun> runs_;
    std::vector<size_t> starts_ = {0};  ///< of each row, and the end
};

/// The pixels of a value in a part of the image. Looks only at the tiles that hold some, and keeps none of
/// them unpacked. Incomplete where it is asked to stop.
RowRuns runsOf(const LabelMap& labels, uint8_t value, const RectInImage& part,
               const std::stop_token& stop = {});
/// The same in the whole image.
inline RowRuns runsOf(const LabelMap& labels, uint8_t value, const std::stop_token& stop = {}) {
    return runsOf(labels, value, RectInImage::ofSize(labels.size()), stop);
}

/// What of the runs of a row is not among others.
std::vector<RowRun> without(std::span<const RowRun> runs, std::span<const RowRun> others);

}  // namespace finebrush
