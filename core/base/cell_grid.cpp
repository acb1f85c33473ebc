#include "core/base/cell_grid.h"

#include "core/base/text.h"

#include <algorithm>
#include <cstdio>

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

CellAddress cellAt(int level, int x, int y) {
    return {level, (x >> level) / kCellSide, (y >> level) / kCellSide};
}

std::string cellId(const std::string& image, const CellAddress& cell) {
    return image + formatted("%c%d:%d:%d", kMark, cell.level, cell.column, cell.row);
}

std::optional<ImageCell> cellFromId(std::string_view id) {
    const size_t mark = id.rfind(kMark);
    if (mark == std::string_view::npos) return std::nullopt;
    const std::string numbers(id.substr(mark + 1));
    CellAddress cell;
    int length = 0;
    if (std::sscanf(numbers.c_str(), "%d:%d:%d%n", &cell.level, &cell.column, &cell.row, &length) != 3 ||
        static_cast<size_t>(length) != numbers.size())
        return std::nullopt;
    const bool isSound = cell.level >= 0 && cell.level < 31 && cell.column >= 0 && cell.row >= 0;
    return isSound ? std::optional(ImageCell{std::string(id.substr(0, mark)), cell}) : std::nullopt;
}

}  // namespace finebrush
