#include "core/base/cell_grid.h"

#include "core/base/text.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <system_error>

namespace finebrush {

namespace {

constexpr char kMark = '@';

}  // namespace

RectInImage cellRect(PixelSize image, const CellAddress& cell) {
    const PixelSize size = sizeOfLevel(image, cell.level);
    const int width = std::min(kCellSide, size.width), height = std::min(kCellSide, size.height);
    return {std::clamp(cell.column * kCellSide, 0, size.width - width),
            std::clamp(cell.row * kCellSide, 0, size.height - height), width, height};
}

RectInImage coveredByCell(PixelSize image, const CellAddress& cell) {
    const RectInImage rect = cellRect(image, cell);
    return RectInImage{rect.x << cell.level, rect.y << cell.level, rect.width << cell.level,
                       rect.height << cell.level}
        .intersected(RectInImage::ofSize(image));
}

std::vector<CellAddress> cellsOf(PixelSize image, int level) {
    const PixelSize size = sizeOfLevel(image, level);
    std::vector<CellAddress> cells;
    for (int row = 0; row * kCellSide < size.height; ++row) {
        for (int column = 0; column * kCellSide < size.width; ++column) cells.push_back({level, column, row});
    }
    return cells;
}

CellAddress cellAt(int level, int x, int y) {
    return {level, (x >> level) / kCellSide, (y >> level) / kCellSide};
}

std::string cellId(const std::string& image, const CellAddress& cell) {
    return image + formatted("%c%d:%d:%d", kMark, cell.level, cell.column, cell.row);
}

std::optional<ImageCell> cellFromId(std::string_view id) {
    const size_t mark = id.rfind(kMark);
    if (mark == std::string_view::npos) return std::nullopt;
    CellAddress cell;
    const char *next = id.data() + mark, *const end = id.data() + id.size();
    for (int* number : {&cell.level, &cell.column, &cell.row}) {
        if (next == end || *next != (number == &cell.level ? kMark : ':')) return std::nullopt;
        const auto [stop, problem] = std::from_chars(next + 1, end, *number);
        if (problem != std::errc()) return std::nullopt;
        next = stop;
    }
    constexpr int kMostCells = std::numeric_limits<int>::max() / kCellSide;
    const auto isPlace = [](int cells) { return cells >= 0 && cells < kMostCells; };
    const bool isSound =
        next == end && cell.level >= 0 && cell.level < 31 && isPlace(cell.column) && isPlace(cell.row);
    return isSound ? std::optional(ImageCell{std::string(id.substr(0, mark)), cell}) : std::nullopt;
}

}  // namespace finebrush
