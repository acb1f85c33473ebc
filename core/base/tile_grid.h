#pragma once

#include "core/base/geometry.h"

#include <cstddef>
#include <functional>

namespace finebrush {

// Levels of detail of an image: pixel (x, y) of level n stands for the block of 2ⁿ × 2ⁿ image px at
// (x·2ⁿ, y·2ⁿ), cut at the image's border. A level is divided into square tiles.

/// The side of a tile in px of its level.
inline constexpr int kTileSide = 256;

/// One tile of one level.
struct TileAddress {
    int level = 0;
    int column = 0;
    int row = 0;
    bool operator==(const TileAddress&) const = default;
};

/// The px of a level that a rectangle of the image touches.
inline RectInImage levelFromImage(const RectInImage& rect, int level) {
    const int x = rect.x >> level;
    const int y = rect.y >> level;
    return {x, y, ((rect.right() - 1) >> level) + 1 - x, ((rect.bottom() - 1) >> level) + 1 - y};
}

inline PixelSize sizeOfLevel(PixelSize image, int level) {
    const RectInImage whole = levelFromImage(RectInImage::ofSize(image), level);
    return {whole.width, whole.height};
}

/// The part of a level that a tile holds, in px of that level.
inline RectInImage tileRect(PixelSize image, const TileAddress& tile) {
    const RectInImage square{tile.column * kTileSide, tile.row * kTileSide, kTileSide, kTileSide};
    return square.intersected(RectInImage::ofSize(sizeOfLevel(image, tile.level)));
}

/// For hash tables of tiles.
struct TileHash {
    size_t operator()(const TileAddress& tile) const {
        const auto place = (static_cast<size_t>(tile.row) << 32) ^ static_cast<size_t>(tile.column);
        return std::hash<size_t>()(place * 31 + static_cast<size_t>(tile.level));
    }
};

}  // namespace finebrush
