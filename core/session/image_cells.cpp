#include "core/session/image_cells.h"

#include "core/base/text.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <utility>

namespace finebrush {

namespace {

constexpr char kMark = '@';

/// Calls `visit(part, values)` for the tiles of a map that hold a label; the part lies in the image.
template <typename Visit>
void forEachPaintedTile(const LabelMap& labels, const RectInImage& within, Visit visit) {
    constexpr int kTile = LabelMap::kTileSize;
    for (int row = within.y / kTile; row * kTile < within.bottom(); ++row) {
        for (int column = within.x / kTile; column * kTile < within.right(); ++column) {
            const LabelMap::Tile* tile = labels.tile(column, row);
            if (!tile) continue;
            const bool isPainted =
                std::ranges::any_of(*tile, [](uint8_t value) { return value != kUnlabelled; });
            if (isPainted) visit(labels.tileRect(column, row), *tile);
        }
    }
}

/// How many painted tiles lie in each cell of a level, by row and column.
std::map<std::pair<int, int>, int> tilesPerCell(const LabelMap& labels, int level) {
    std::map<std::pair<int, int>, int> counts;
    forEachPaintedTile(labels, RectInImage::ofSize(labels.size()), [&](const RectInImage& part, const auto&) {
        const CellAddress cell = cellAt(level, part.x, part.y);
        ++counts[{cell.row, cell.column}];
    });
    return counts;
}

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

std::string cellId(const ImageId& image, const CellAddress& cell) {
    return image + formatted("%c%d:%d:%d", kMark, cell.level, cell.column, cell.row);
}

std::optional<ImageCell> cellFromId(std::string_view id) {
    const size_t mark = id.rfind(kMark);
    if (mark == std::string_view::npos) return std::nullopt;
    const std::string numbers(id.substr(mark + 1));
    CellAddress cell;
    if (std::sscanf(numbers.c_str(), "%d:%d:%d", &cell.level, &cell.column, &cell.row) != 3)
        return std::nullopt;
    const bool isSound = cell.level >= 0 && cell.level < 31 && cell.column >= 0 && cell.row >= 0;
    return isSound ? std::optional(ImageCell{ImageId(id.substr(0, mark)), cell}) : std::nullopt;
}

int levelForPainting(const LabelMap& labels, int coarsest) {
    int level = 0;
    while (level < coarsest && tilesPerCell(labels, level).size() > kMostPaintedCells) ++level;
    return level;
}

std::vector<CellAddress> paintedCells(const LabelMap& labels, int level) {
    std::vector<std::pair<int, CellAddress>> counted;
    for (const auto& [place, tiles] : tilesPerCell(labels, level))
        counted.push_back({tiles, {level, place.second, place.first}});
    std::ranges::stable_sort(counted, std::ranges::greater(), [](const auto& one) { return one.first; });
    std::vector<CellAddress> cells;
    for (const auto& [tiles, cell] : counted) {
        if (cells.size() < kMostPaintedCells) cells.push_back(cell);
    }
    return cells;
}

IndexMask labelsOfCell(const LabelMap& labels, const CellAddress& cell) {
    const RectInImage rect = cellRect(labels.size(), cell);
    IndexMask mask{{rect.width, rect.height},
                   std::vector<uint8_t>(static_cast<size_t>(rect.area()), kUnlabelled)};
    const RectInImage inImage = RectInImage{rect.x << cell.level, rect.y << cell.level,
                                            rect.width << cell.level, rect.height << cell.level}
                                    .intersected(RectInImage::ofSize(labels.size()));
    forEachPaintedTile(labels, inImage, [&](const RectInImage& part, const LabelMap::Tile& tile) {
        const RectInImage inside = part.intersected(inImage);
        for (int y = inside.y; y < inside.bottom(); ++y) {
            const uint8_t* values = tile.data() + (y - part.y) * LabelMap::kTileSize - part.x;
            uint8_t* out =
                mask.values.data() + static_cast<size_t>((y >> cell.level) - rect.y) * rect.width - rect.x;
            for (int x = inside.x; x < inside.right(); ++x) {
                if (values[x] != kUnlabelled) out[x >> cell.level] = values[x];
            }
        }
    });
    return mask;
}

Result<PixelBuffer> pixelsOfCell(const LargeRaster& raster, const CellAddress& cell,
                                 const std::optional<DisplayMapping>& shownAs) {
    Result<PixelBuffer> pixels = raster.read(cell.level, cellRect(raster.size(), cell));
    if (pixels && shownAs) return toDisplayedPixels(*pixels, *shownAs);
    return pixels;
}

PixelBuffer blankCell(const LargeRaster& raster, const CellAddress& cell,
                      const std::optional<DisplayMapping>& shownAs) {
    const RectInImage rect = cellRect(raster.size(), cell);
    PixelBuffer pixels = raster.emptyPixels();
    if (shownAs) pixels = {{}, 3, PixelType::UInt8, {}, {}};
    pixels.size = {rect.width, rect.height};
    pixels.bytes.resize(static_cast<size_t>(rect.area()) * pixels.bytesPerPixel());
    return pixels;
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
