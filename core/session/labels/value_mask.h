#pragma once

#include "core/base/tile_grid.h"
#include "core/labels/paint_mask.h"
#include "core/session/images/opened_image.h"
#include "core/session/labels/painted_values.h"

#include <bitset>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace finebrush {

/// Lets the pixels of an image be changed whose values lie in a range: at full resolution, and worked out by
/// tiles, once each. What holds no measurement lies in none. Of a large image tiles are taken that are
/// decoded already, or in `prepare` read. Any thread.
class ValueMask : public PaintMask {
  public:
    /// The values must have a range.
    ValueMask(std::shared_ptr<const OpenedImage> image, const PaintedValues& values);

    /// Whether it is that of an image and of values.
    bool isOf(const std::shared_ptr<const OpenedImage>& image, const PaintedValues& values) const {
        return image == image_ && values == values_;
    }

    void read(int x, int y, std::span<uint8_t> allowed) override;
    bool isInMemory() const override { return !raster_; }
    bool isReady(const RectInImage& rect) override;
    Result<void> prepare(std::span<const RectInImage> rects, const std::stop_token& stop) override;

  private:
    /// A bit for each pixel of a tile, row-major.
    using Bits = std::bitset<kTileSide * kTileSide>;
    using Tile = std::shared_ptr<const Bits>;

    /// Null where it has yet to be read. Does not block.
    Tile atHand(const TileAddress& address);
    Tile kept(const TileAddress& address);
    /// Works a tile out whose pixels are a part of these.
    Tile workOut(const TileAddress& address, const PixelBuffer& pixels, const RectInImage& part);

    std::shared_ptr<const OpenedImage> image_;
    std::shared_ptr<LargeRaster> raster_;  ///< null: all pixels are in memory
    PixelSize size_;
    PaintedValues values_;
    std::mutex mutex_;
    std::unordered_map<TileAddress, Tile, TileHash> tiles_;
};

}  // namespace finebrush
