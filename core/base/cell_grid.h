#pragma once

#include "core/base/tile_grid.h"

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a network sees of a large image: square cells of one level of detail, one at a time.
namespace finebrush {

/// Px of the level.
inline constexpr int kCellSide = 1024;

struct CellAddress {
    int level = 0;
    int column = 0;
    int row = 0;
    auto operator<=>(const CellAddress&) const = default;
};

/// In px of the level. The last cells of a row or column reach back into those before, so that all are of one
/// size where the image is large enough.
RectInImage cellRect(PixelSize image, const CellAddress& cell);

/// What it covers of the image, in px of the image.
RectInImage coveredByCell(PixelSize image, const CellAddress& cell);

/// All cells of a level, row by row.
std::vector<CellAddress> cellsOf(PixelSize image, int level);

/// The cell whose part of the image holds a pixel.
CellAddress cellAt(int level, int x, int y);

/// The name by which an engine knows a cell of an image, and back; nothing for the name of a whole image.
std::string cellId(const std::string& image, const CellAddress& cell);
struct ImageCell {
    std::string image;
    CellAddress cell;
};
std::optional<ImageCell> cellFromId(std::string_view id);

}  // namespace finebrush
