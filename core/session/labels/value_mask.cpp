#include "core/session/labels/value_mask.h"

#include "core/image/raster/large_raster.h"
#include "core/image/raster/raw_samples.h"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace finebrush {

namespace {

constexpr int64_t kTilesAtOnce = 32;  // to work them out takes some 10 ms

/// Fractions are compared as exactly as they are stored: 0.3 of a file is not quite the 0.3 of a person.
template <typename Sample>
bool liesIn(Sample value, const ValueRange& range) {
    using Limit = std::conditional_t<std::is_floating_point_v<Sample>, Sample, double>;
    const auto compared = static_cast<Limit>(value);
    return compared >= static_cast<Limit>(range.low) && compared <= static_cast<Limit>(range.high);
}

/// Calls `visit` with the tiles that a rectangle touches, for as long as it gives true; whether it always
/// did.
template <typename Visit>
bool forTiles(const RectInImage& rect, Visit visit) {
    for (int row = rect.y / kTileSide; row * kTileSide < rect.bottom(); ++row) {
        for (int column = rect.x / kTileSide; column * kTileSide < rect.right(); ++column) {
            if (!visit(TileAddress{0, column, row})) return false;
        }
    }
    return true;
}

/// The pixels of a tile of level 0. Blocks. Errors: as `LargeRaster::read`.
Result<TileCache::Tile> readTile(const LargeRaster& raster, const TileAddress& address) {
    if (raster.canRead(0)) return raster.tile(address);
    Result<PixelBuffer> pixels = raster.read(0, tileRect(raster.size(), address));
    if (!pixels) return failure(pixels.error());
    return std::make_shared<const PixelBuffer>(std::move(*pixels));
}

}  // namespace

ValueMask::ValueMask(std::shared_ptr<const OpenedImage> image, const PaintedValues& values)
    : image_(std::move(image)), raster_(image_->raster), size_(image_->pixels.size), values_(values) {}

void ValueMask::read(int x, int y, std::span<uint8_t> allowed) {
    const int width = static_cast<int>(allowed.size());
    for (int i = 0; i < width;) {
        const TileAddress address{0, (x + i) / kTileSide, y / kTileSide};
        const int end = std::min(width, (address.column + 1) * kTileSide - x);
        const Tile tile = atHand(address);
        const int rowOfTile = y % kTileSide * kTileSide;
        for (; i < end; ++i) {
            const auto place = static_cast<size_t>(rowOfTile + (x + i) % kTileSide);
            allowed[static_cast<size_t>(i)] = !tile || (*tile)[place];
        }
    }
}

bool ValueMask::isReady(const RectInImage& rect) {
    if (isInMemory()) return true;
    int64_t tiles = 0;
    return forTiles(rect.intersected(RectInImage::ofSize(size_)), [&](const TileAddress& address) {
        return ++tiles <= kTilesAtOnce && atHand(address) != nullptr;
    });
}

Result<void> ValueMask::prepare(std::span<const RectInImage> rects, const std::stop_token& stop) {
    if (isInMemory()) return {};
    for (const RectInImage& rect : rects) {
        Result<void> outcome;
        forTiles(rect.intersected(RectInImage::ofSize(size_)), [&](const TileAddress& address) {
            if (stop.stop_requested()) return false;
            if (atHand(address)) return true;
            const Result<TileCache::Tile> pixels = readTile(*raster_, address);
            if (!pixels) {
                outcome = failure(pixels.error());
                return false;
            }
            workOut(address, **pixels, RectInImage::ofSize((*pixels)->size));
            return true;
        });
        if (!outcome || stop.stop_requested()) return outcome;
    }
    return {};
}

ValueMask::Tile ValueMask::atHand(const TileAddress& address) {
    if (Tile tile = kept(address)) return tile;
    if (isInMemory()) return workOut(address, image_->pixels, tileRect(size_, address));
    const TileCache::Tile pixels = raster_->keptTile(address);
    return pixels ? workOut(address, *pixels, RectInImage::ofSize(pixels->size)) : nullptr;
}

ValueMask::Tile ValueMask::kept(const TileAddress& address) {
    const std::lock_guard lock(mutex_);
    const auto found = tiles_.find(address);
    return found == tiles_.end() ? nullptr : found->second;
}

ValueMask::Tile ValueMask::workOut(const TileAddress& address, const PixelBuffer& pixels,
                                   const RectInImage& part) {
    auto bits = std::make_shared<Bits>();
    if (values_.band < pixels.bands) {
        withSampleReader(pixels, [&](auto sampleOf) {
            for (int y = 0; y < part.height; ++y) {
                const size_t row = static_cast<size_t>(part.y + y) * static_cast<size_t>(pixels.size.width);
                for (int x = 0; x < part.width; ++x) {
                    const size_t pixel = row + static_cast<size_t>(part.x + x);
                    const auto value = sampleOf(pixels, pixel * static_cast<size_t>(pixels.bands) +
                                                            static_cast<size_t>(values_.band));
                    const bool isIn = !pixels.isHidden(pixel) && isMeasurement(value, pixels.nodata) &&
                                      liesIn(value, *values_.range);
                    (*bits)[static_cast<size_t>(y * kTileSide + x)] = isIn;
                }
            }
        });
    }
    const std::lock_guard lock(mutex_);
    return tiles_.try_emplace(address, std::move(bits)).first->second;
}

}  // namespace finebrush
