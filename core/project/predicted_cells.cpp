#include "core/project/predicted_cells.h"

#include "core/project/database/compression.h"

#include <algorithm>

namespace finebrush {

bool PredictedCells::areWhole() const {
    if (cells.empty()) return false;
    const int level = cells.begin()->level;
    const PixelSize size = sizeOfLevel(labels.size(), level);
    const auto along = [](int length) { return (int64_t{length} + kCellSide - 1) / kCellSide; };
    return std::ranges::count(cells, level, &CellAddress::level) >= along(size.width) * along(size.height);
}

std::vector<PackedTile> packCell(const LabelMap& labels, const CellAddress& cell) {
    const RectInImage rect = coveredByCell(labels.size(), cell);
    std::vector<PackedTile> tiles;
    for (int row = rect.y / LabelMap::kTileSize; row * LabelMap::kTileSize < rect.bottom(); ++row) {
        for (int column = rect.x / LabelMap::kTileSize; column * LabelMap::kTileSize < rect.right();
             ++column) {
            if (const auto tile = labels.tile(column, row))
                tiles.push_back(
                    {{column, row}, std::make_shared<const std::vector<uint8_t>>(compressed(*tile))});
        }
    }
    return tiles;
}

}  // namespace finebrush
