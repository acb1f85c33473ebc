#include "core/labels/label_patch.h"

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>

namespace finebrush {

namespace {

constexpr int kTile = LabelMap::kTileSize;
constexpr uint8_t kFormat = 1;

/// Calls `visit(x, y, width)` for the parts of rows in which two maps may differ; shared tiles are skipped
/// unread.
template <typename Visit>
void forEachUnsharedRow(const LabelMap& before, const LabelMap& after, const RectInImage& rect, Visit visit) {
    std::vector<int> columns;  // of the tiles that are not shared
    for (int y = rect.y; y < rect.bottom(); ++y) {
        if (y == rect.y || y % kTile == 0) {
            columns.clear();
            for (int column = rect.x / kTile; column * kTile < rect.right(); ++column) {
                if (!before.sharesTile(after, column, y / kTile)) columns.push_back(column);
            }
        }
        for (const int column : columns) {
            const int x = std::max(column * kTile, rect.x);
            visit(x, y, std::min((column + 1) * kTile, rect.right()) - x);
        }
    }
}

/// One row of two maps, side by side.
struct RowPair {
    std::array<uint8_t, kTile> before;
    std::array<uint8_t, kTile> after;
    int width;

    RowPair(const LabelMap& beforeMap, const LabelMap& afterMap, const RectInImage& row) : width(row.width) {
        beforeMap.read(row, std::span(before).first(static_cast<size_t>(row.width)));
        afterMap.read(row, std::span(after).first(static_cast<size_t>(row.width)));
    }

    bool differsAt(int i) const { return before[i] != after[i]; }
    bool isSameChange(int i, int j) const { return before[i] == before[j] && after[i] == after[j]; }
};

RectInImage differingRect(const LabelMap& before, const LabelMap& after, const RectInImage& rect) {
    RectInImage differing;
    forEachUnsharedRow(before, after, rect, [&](int x, int y, int width) {
        const RowPair row(before, after, {x, y, width, 1});
        int first = 0;
        while (first < width && !row.differsAt(first)) ++first;
        if (first == width) return;
        int last = width - 1;
        while (!row.differsAt(last)) --last;
        differing = differing.united({x + first, y, last - first + 1, 1});
    });
    return differing;
}

void appendNumber(std::vector<uint8_t>& bytes, uint64_t number) {  // LEB128
    while (number >= 0x80) {
        bytes.push_back(static_cast<uint8_t>(number | 0x80));
        number >>= 7;
    }
    bytes.push_back(static_cast<uint8_t>(number));
}

/// Takes numbers from the front of bytes; `isGood` turns false for good where they end too soon or are too
/// large.
class NumberReader {
  public:
    explicit NumberReader(std::span<const uint8_t> bytes) : rest_(bytes) {}

    bool isGood() const { return isGood_; }
    bool isAtEnd() const { return rest_.empty(); }

    uint8_t byte() {
        if (rest_.empty()) isGood_ = false;
        if (!isGood_) return 0;
        const uint8_t value = rest_.front();
        rest_ = rest_.subspan(1);
        return value;
    }

    /// A LEB128 number of at most `most`.
    uint64_t number(uint64_t most) {
        uint64_t value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            const uint8_t part = byte();
            value |= static_cast<uint64_t>(part & 0x7f) << shift;
            if (part < 0x80) {
                isGood_ = isGood_ && value <= most;
                return isGood_ ? value : 0;
            }
        }
        isGood_ = false;
        return 0;
    }

  private:
    std::span<const uint8_t> rest_;
    bool isGood_ = true;
};

tl::unexpected<Error> malformed(const char* reason) {
    return failure(ErrorCode::ProjectMalformed, {"label patch", reason});
}

}  // namespace

LabelPatch LabelPatch::between(const LabelMap& before, const LabelMap& after, const RectInImage& rect) {
    if (before.size() != after.size()) throw std::invalid_argument("label maps of different sizes");
    LabelPatch patch;
    patch.rect_ = differingRect(before, after, rect.intersected(RectInImage::ofSize(before.size())));
    uint64_t end = 0;  // of the last run, row-major in the rectangle
    forEachUnsharedRow(before, after, patch.rect_, [&](int x, int y, int width) {
        const RowPair row(before, after, {x, y, width, 1});
        const RectInImage& area = patch.rect_;
        const uint64_t start = static_cast<uint64_t>(y - area.y) * static_cast<uint64_t>(area.width) +
                               static_cast<uint64_t>(x - area.x);
        for (int i = 0; i < width;) {
            const int first = i;
            while (i < width && row.isSameChange(first, i)) ++i;
            if (!row.differsAt(first)) continue;
            const uint64_t place = start + static_cast<uint64_t>(first);
            patch.runs_.push_back(
                {place - end, static_cast<uint32_t>(i - first), row.before[first], row.after[first]});
            end = start + static_cast<uint64_t>(i);
        }
    });
    return patch;
}

LabelCounts LabelPatch::growth() const {
    LabelCounts growth;
    for (const Run& run : runs_) {
        growth.add(run.after, run.length);
        growth.add(run.before, -int64_t{run.length});
    }
    return growth;
}

template <typename Visit>
void LabelPatch::forEachRun(Visit visit) const {
    uint64_t place = 0;
    const auto width = static_cast<uint64_t>(rect_.width);
    for (const Run& run : runs_) {
        place += run.gap;
        visit(run, RectInImage{rect_.x + static_cast<int>(place % width),
                               rect_.y + static_cast<int>(place / width), static_cast<int>(run.length), 1});
        place += run.length;
    }
}

std::vector<TilePlace> LabelPatch::changedTiles() const {
    if (isEmpty()) return {};
    const TilePlace first{rect_.x / kTile, rect_.y / kTile};
    const int columns = (rect_.right() - 1) / kTile - first.column + 1;
    const int rows = (rect_.bottom() - 1) / kTile - first.row + 1;
    std::vector<bool> isChanged(static_cast<size_t>(columns) * static_cast<size_t>(rows), false);
    std::vector<TilePlace> places;
    forEachRun([&](const Run&, const RectInImage& pixels) {
        const int row = pixels.y / kTile;
        for (int column = pixels.x / kTile; column * kTile < pixels.right(); ++column) {
            auto isKnown = isChanged.begin() + int64_t{row - first.row} * columns + (column - first.column);
            if (!*isKnown) places.push_back({column, row});
            *isKnown = true;
        }
    });
    return places;
}

std::vector<RectInImage> LabelPatch::changedRects() const {
    std::vector<RectInImage> rects;
    rects.reserve(runs_.size());
    forEachRun([&](const Run&, const RectInImage& pixels) { rects.push_back(pixels); });
    return rects;
}

void LabelPatch::write(LabelMap& map, uint8_t Run::*value) const {
    if (!fits(map.size())) throw std::invalid_argument("the label patch does not fit the map");
    forEachRun([&](const Run& run, const RectInImage& pixels) { map.fill(pixels, run.*value); });
}

void LabelPatch::apply(LabelMap& map) const {
    write(map, &Run::after);
}

void LabelPatch::revert(LabelMap& map) const {
    write(map, &Run::before);
}

std::vector<uint8_t> LabelPatch::toBytes() const {
    std::vector<uint8_t> bytes = {kFormat};
    for (const int number : {rect_.x, rect_.y, rect_.width, rect_.height}) {
        appendNumber(bytes, static_cast<uint64_t>(number));
    }
    appendNumber(bytes, runs_.size());
    for (const Run& run : runs_) {
        appendNumber(bytes, run.gap);
        appendNumber(bytes, run.length);
        bytes.push_back(run.before);
        bytes.push_back(run.after);
    }
    return bytes;
}

Result<LabelPatch> LabelPatch::fromBytes(std::span<const uint8_t> bytes) {
    NumberReader reader(bytes);
    if (reader.byte() != kFormat) return malformed("its format is not known");
    // Right and lower edges must stay within int.
    constexpr uint64_t kLargest = std::numeric_limits<int>::max() / 2;
    LabelPatch patch;
    for (int* number : {&patch.rect_.x, &patch.rect_.y, &patch.rect_.width, &patch.rect_.height}) {
        *number = static_cast<int>(reader.number(kLargest));
    }
    const auto area = static_cast<uint64_t>(patch.rect_.area());
    const uint64_t runs = reader.number(bytes.size());
    uint64_t place = 0;
    while (reader.isGood() && patch.runs_.size() < runs) {
        Run run{};
        run.gap = reader.number(area - place);
        place += run.gap;
        const uint64_t rowEnd = area == 0 ? 0 : (place / patch.rect_.width + 1) * patch.rect_.width;
        run.length = static_cast<uint32_t>(reader.number(place < area ? rowEnd - place : 0));
        place += run.length;
        run.before = reader.byte();
        run.after = reader.byte();
        if (run.length == 0 || run.before == run.after) return malformed("it holds an empty run");
        patch.runs_.push_back(run);
    }
    if (!reader.isGood()) return malformed("it is cut off, or a number is out of range");
    if (!reader.isAtEnd()) return malformed("something follows its last run");
    if (patch.runs_.empty() != (area == 0)) return malformed("its rectangle and its runs differ");
    return patch;
}

}  // namespace finebrush
