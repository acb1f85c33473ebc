#include "core/labels/cell_labels.h"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <utility>

namespace finebrush {

namespace {

constexpr int kTile = LabelMap::kTileSize;

/// How many painted tiles lie in each cell of a level, by row and column.
std::map<std::pair<int, int>, int> tilesPerCell(const PaintedTiles& painted, int level) {
    std::map<std::pair<int, int>, int> counts;
    for (const PaintedTile& tile : painted) {
        const CellAddress cell = cellAt(level, tile.column * kTile, tile.row * kTile);
        ++counts[{cell.row, cell.column}];
    }
    return counts;
}

/// What a rectangle of a level covers of the image.
RectInImage imageFromLevel(const RectInImage& rect, int level, PixelSize image) {
    return RectInImage{rect.x << level, rect.y << level, rect.width << level, rect.height << level}
        .intersected(RectInImage::ofSize(image));
}

}  // namespace

PaintedTiles paintedTiles(const LabelMap& labels) {
    PaintedTiles painted;
    for (int row = 0; row < labels.tileRows(); ++row) {
        for (int column = 0; column < labels.tileColumns(); ++column) {
            const std::shared_ptr<const LabelMap::Tile> tile = labels.tile(column, row);
            const auto isLabel = [](uint8_t value) { return value != kUnlabelled; };
            if (tile && std::ranges::any_of(*tile, isLabel)) painted.push_back({column, row});
        }
    }
    return painted;
}

int levelForPainting(const PaintedTiles& painted, int coarsest) {
    int level = 0;
    while (level < coarsest && tilesPerCell(painted, level).size() > kMostPaintedCells) ++level;
    return level;
}

std::vector<CellAddress> paintedCells(const PaintedTiles& painted, int level) {
    std::vector<std::pair<int, CellAddress>> counted;
    for (const auto& [place, tiles] : tilesPerCell(painted, level))
        counted.push_back({tiles, {level, place.second, place.first}});
    std::ranges::stable_sort(counted, std::ranges::greater(), [](const auto& one) { return one.first; });
    std::vector<CellAddress> cells;
    for (const auto& [tiles, cell] : counted) {
        if (cells.size() < kMostPaintedCells) cells.push_back(cell);
    }
    return cells;
}

void layLabels(const RectInImage& part, std::span<const uint8_t> values, int level, const RectInImage& rect,
               IndexMask& labels) {
    for (int y = part.y; y < part.bottom(); ++y) {
        const int row = (y >> level) - rect.y;
        if (row < 0 || row >= rect.height) continue;
        const uint8_t* from = values.data() + static_cast<size_t>(y - part.y) * part.width;
        uint8_t* out = labels.values.data() + static_cast<size_t>(row) * rect.width;
        for (int x = 0; x < part.width; ++x) {
            const int column = ((part.x + x) >> level) - rect.x;
            if (from[x] != kUnlabelled && column >= 0 && column < rect.width) out[column] = from[x];
        }
    }
}

IndexMask labelsAtLevel(const LabelMap& labels, int level, const RectInImage& rect) {
    IndexMask mask{{rect.width, rect.height},
                   std::vector<uint8_t>(static_cast<size_t>(rect.area()), kUnlabelled)};
    const RectInImage inImage = imageFromLevel(rect, level, labels.size());
    std::vector<uint8_t> values;
    for (int row = inImage.y / kTile; row * kTile < inImage.bottom(); ++row) {
        for (int column = inImage.x / kTile; column * kTile < inImage.right(); ++column) {
            const RectInImage part = labels.tileRect(column, row).intersected(inImage);
            if (labels.isBlank(part)) continue;
            values.resize(static_cast<size_t>(part.area()));
            labels.read(part, values);
            layLabels(part, values, level, rect, mask);
        }
    }
    return mask;
}

IndexMask labelsOfCell(const LabelMap& labels, const CellAddress& cell) {
    return labelsAtLevel(labels, cell.level, cellRect(labels.size(), cell));
}

bool writeCell(LabelMap& predicted, const CellAddress& cell, const IndexMask& mask) {
    const RectInImage rect = cellRect(predicted.size(), cell);
    if (mask.size != PixelSize{rect.width, rect.height}) return false;
    const RectInImage whole = RectInImage::ofSize(predicted.size());
    std::vector<uint8_t> row;
    for (int y = 0; y < rect.height; ++y) {
        const RectInImage strip = RectInImage{rect.x << cell.level, (rect.y + y) << cell.level,
                                              rect.width << cell.level, 1 << cell.level}
                                      .intersected(whole);
        row.resize(static_cast<size_t>(strip.width));
        for (int x = 0; x < strip.width; ++x) row[static_cast<size_t>(x)] = mask.at(x >> cell.level, y);
        for (int line = strip.y; line < strip.bottom(); ++line)
            predicted.write({strip.x, line, strip.width, 1}, row);
    }
    return true;
}

}  // namespace finebrush
