#pragma once

#include "core/base/geometry.h"
#include "core/base/result.h"
#include "core/labels/label_counts.h"
#include "core/labels/label_map.h"

#include <cstdint>
#include <span>
#include <vector>

namespace finebrush {

/// The place of a tile in a label map.
struct TilePlace {
    int column = 0;
    int row = 0;
    bool operator==(const TilePlace&) const = default;
};

/// A reversible change of labels: the pixels of a rectangle that differ, with their values before and after,
/// run-length coded. The unit of undo, and what the project's journal holds. Its cost is that of the changed
/// pixels, not of the rectangle.
class LabelPatch {
  public:
    LabelPatch() = default;

    /// The change that turns `before` into `after` within a rectangle; shrinks to what differs. Both maps are
    /// of one size.
    static LabelPatch between(const LabelMap& before, const LabelMap& after, const RectInImage& rect);

    bool isEmpty() const { return rect_.isEmpty(); }
    /// The smallest rectangle that holds every changed pixel.
    const RectInImage& rect() const { return rect_; }
    /// By how many the pixels of each value grow when this is applied.
    LabelCounts growth() const;

    /// The tiles of a label map that hold changed pixels, each once.
    std::vector<TilePlace> changedTiles() const;
    /// The changed pixels: rectangles in single rows, which do not overlap.
    std::vector<RectInImage> changedRects() const;

    bool fits(PixelSize size) const { return rect_.right() <= size.width && rect_.bottom() <= size.height; }
    /// Throws std::invalid_argument for a map that the patch does not fit.
    void apply(LabelMap& map) const;
    void revert(LabelMap& map) const;

    /// Bytes for the journal, and back. Errors: ProjectMalformed.
    std::vector<uint8_t> toBytes() const;
    static Result<LabelPatch> fromBytes(std::span<const uint8_t> bytes);

    bool operator==(const LabelPatch&) const = default;

  private:
    /// Changed pixels side by side in one row of the rectangle.
    struct Run {
        uint64_t gap;  ///< unchanged pixels since the run before, row-major in the rectangle
        uint32_t length;
        uint8_t before;
        uint8_t after;
        bool operator==(const Run&) const = default;
    };

    /// Calls `visit(run, rect)` with the pixels of each run.
    template <typename Visit>
    void forEachRun(Visit visit) const;
    void write(LabelMap& map, uint8_t Run::*value) const;

    RectInImage rect_;
    std::vector<Run> runs_;
};

}  // namespace finebrush
