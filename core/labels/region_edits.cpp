#include "core/labels/region_edits.h"

#include "core/labels/row_runs.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace finebrush {

namespace {

/// Sets that are united step by step. A set is named by one of its members.
class DisjointSets {
  public:
    explicit DisjointSets(size_t count) : parents_(count) {
        std::iota(parents_.begin(), parents_.end(), size_t{0});
    }

    size_t find(size_t member) {
        while (parents_[member] != member) {
            parents_[member] = parents_[parents_[member]];
            member = parents_[member];
        }
        return member;
    }
    /// The lesser name stays.
    void unite(size_t one, size_t other) {
        const auto [least, most] = std::minmax({find(one), find(other)});
        parents_[most] = least;
    }

  private:
    std::vector<size_t> parents_;
};

/// Unites the runs of each row with those of the row before that they touch: by an edge, or, where `reach` is
/// 1, by a corner as well. The set of run i is i + `first`.
void uniteTouching(const RowRuns& rows, int reach, size_t first, DisjointSets& sets) {
    for (int y = rows.top() + 1; y < rows.bottom(); ++y) {
        const std::span<const RowRun> above = rows.row(y - 1), here = rows.row(y);
        size_t i = 0, j = 0;
        while (i < above.size() && j < here.size()) {
            if (above[i].first < here[j].end + reach && here[j].first < above[i].end + reach)
                sets.unite(rows.indexOf(above[i]) + first, rows.indexOf(here[j]) + first);
            if (above[i].end < here[j].end) {
                ++i;
            } else {
                ++j;
            }
        }
    }
}

void addRuns(PixelRegion& region, int y, std::span<const RowRun> runs) {
    for (const RowRun& run : runs) region.add({run.first, y, run.end - run.first, 1});
}

/// What lies between the runs of a class, in the rectangle that bounds it.
RowRuns gapsOf(const RowRuns& runs, const RectInImage& bounds) {
    RowRuns gaps(bounds.y);
    const std::vector<RowRun> whole = {{bounds.x, bounds.right()}};
    for (int y = bounds.y; y < bounds.bottom(); ++y) gaps.addRow(without(whole, runs.row(y)));
    return gaps;
}

std::vector<RowRun> widened(std::span<const RowRun> runs, int width) {
    std::vector<RowRun> wide;
    for (const RowRun& run : runs) {
        const RowRun grown{std::max(run.first - 1, 0), std::min(run.end + 1, width)};
        if (!wide.empty() && wide.back().end >= grown.first) {
            wide.back().end = grown.end;
        } else {
            wide.push_back(grown);
        }
    }
    return wide;
}

/// The runs without their ends, but for those at the edge of the image.
std::vector<RowRun> narrowed(std::span<const RowRun> runs, int width) {
    std::vector<RowRun> narrow;
    for (const RowRun& run : runs) {
        const RowRun shrunk{run.first == 0 ? 0 : run.first + 1, run.end == width ? width : run.end - 1};
        if (shrunk.first < shrunk.end) narrow.push_back(shrunk);
    }
    return narrow;
}

}  // namespace

PixelRegion holesOf(const LabelMap& labels, uint8_t value, const std::stop_token& stop) {
    const RowRuns runs = runsOf(labels, value, stop);
    const RectInImage bounds = runs.bounds();
    const RowRuns gaps = gapsOf(runs, bounds);
    constexpr size_t kOutside = 0;
    DisjointSets sets(gaps.count() + 1);
    uniteTouching(gaps, 0, 1, sets);
    for (int y = bounds.y; y < bounds.bottom() && !stop.stop_requested(); ++y) {
        const bool isAtEdge = y == bounds.y || y == bounds.bottom() - 1;
        for (const RowRun& gap : gaps.row(y)) {
            if (isAtEdge || gap.first == bounds.x || gap.end == bounds.right())
                sets.unite(kOutside, gaps.indexOf(gap) + 1);
        }
    }
    PixelRegion region;
    for (int y = bounds.y; y < bounds.bottom(); ++y) {
        if (stop.stop_requested()) return {};
        for (const RowRun& gap : gaps.row(y)) {
            if (sets.find(gaps.indexOf(gap) + 1) != kOutside) addRuns(region, y, {&gap, 1});
        }
    }
    return region;
}

PixelRegion islandsOf(const LabelMap& labels, uint8_t value, int smallest, const std::stop_token& stop) {
    const RowRuns runs = runsOf(labels, value, stop);
    DisjointSets sets(runs.count());
    uniteTouching(runs, 1, 0, sets);
    std::vector<int64_t> areas(runs.count(), 0);
    for (int y = runs.top(); y < runs.bottom(); ++y) {
        for (const RowRun& run : runs.row(y)) areas[sets.find(runs.indexOf(run))] += run.end - run.first;
    }
    PixelRegion region;
    for (int y = runs.top(); y < runs.bottom(); ++y) {
        if (stop.stop_requested()) return {};
        for (const RowRun& run : runs.row(y)) {
            if (areas[sets.find(runs.indexOf(run))] < smallest) addRuns(region, y, {&run, 1});
        }
    }
    return region;
}

PixelRegion outerRimOf(const LabelMap& labels, uint8_t value, const std::stop_token& stop) {
    const RowRuns runs = runsOf(labels, value, stop);
    const int height = labels.size().height, width = labels.size().width;
    PixelRegion region;
    for (int y = std::max(runs.top() - 1, 0); y < std::min(runs.bottom() + 1, height); ++y) {
        if (stop.stop_requested()) return {};
        const std::vector<RowRun> wide = widened(runs.row(y), width);
        addRuns(region, y, without(wide, runs.row(y)));
        addRuns(region, y, without(runs.row(y - 1), wide));
        addRuns(region, y, without(without(runs.row(y + 1), wide), runs.row(y - 1)));
    }
    return region;
}

PixelRegion innerRimOf(const LabelMap& labels, uint8_t value, const std::stop_token& stop) {
    const RowRuns runs = runsOf(labels, value, stop);
    const PixelSize size = labels.size();
    const std::vector<RowRun> whole = {{0, size.width}};
    PixelRegion region;
    for (int y = runs.top(); y < runs.bottom(); ++y) {
        if (stop.stop_requested()) return {};
        std::vector<RowRun> inner = narrowed(runs.row(y), size.width);
        for (const int beside : {y - 1, y + 1}) {
            if (beside >= 0 && beside < size.height) inner = without(inner, without(whole, runs.row(beside)));
        }
        addRuns(region, y, without(runs.row(y), inner));
    }
    return region;
}

PixelRegion regionOf(const ClassShape& shape, const LabelMap& labels, uint8_t value,
                     const std::stop_token& stop) {
    switch (shape.edit) {
        case ClassShape::Edit::FillHoles:
            return holesOf(labels, value, stop);
        case ClassShape::Edit::RemoveIslands:
            return islandsOf(labels, value, shape.smallest, stop);
        case ClassShape::Edit::Grow:
            return outerRimOf(labels, value, stop);
        case ClassShape::Edit::Shrink:
            return innerRimOf(labels, value, stop);
    }
    return {};
}

}  // namespace finebrush
