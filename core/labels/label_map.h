#pragma once

#include "core/base/geometry.h"
#include "core/base/pixel_buffer.h"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace finebrush {

/// The labels of one image: class values in square tiles that are shared until written, so a copy for another
/// thread costs one pointer a tile, and an unpainted tile costs nothing. Nor does one of a single value,
/// which all maps share. Copies are independent: each may be used on its own thread. One map belongs to one
/// thread at a time; copying it counts as using it.
class LabelMap {
  public:
    static constexpr int kTileSize = 256;

    LabelMap() = default;
    explicit LabelMap(PixelSize size);
    LabelMap(const LabelMap& other);
    LabelMap& operator=(const LabelMap& other);
    LabelMap(LabelMap&&) noexcept = default;
    LabelMap& operator=(LabelMap&&) noexcept = default;

    PixelSize size() const { return size_; }
    /// The class value at a pixel, `kUnlabelled` outside the image.
    uint8_t at(int x, int y) const;
    /// True where no pixel is labelled.
    bool isEmpty() const;

    /// Copies a rectangle to `out`, row-major, `rect.area()` values. Throws std::invalid_argument for a
    /// rectangle that is not inside the image or a span of another size.
    void read(const RectInImage& rect, std::span<uint8_t> out) const;
    /// The other way around. What is unlabelled makes no tile where there is none.
    void write(const RectInImage& rect, std::span<const uint8_t> values);
    /// Sets every pixel of a rectangle, which is first clipped to the image.
    void fill(const RectInImage& rect, uint8_t value);

    IndexMask toMask() const;
    static LabelMap fromMask(const IndexMask& mask);

    /// True for a rectangle in which nothing was ever labelled. Quick: looks at tiles only.
    bool isBlank(const RectInImage& rect) const;
    /// How many pixels hold each value.
    std::array<int64_t, 256> histogram() const;

    // Tiles, for storage. A null tile is all unlabelled. Tiles at the right and lower edge are full size as
    // well; what lies outside the image is unlabelled.
    using Tile = std::array<uint8_t, kTileSize * kTileSize>;
    int tileColumns() const { return columns_; }
    int tileRows() const { return rows_; }
    /// Its values are those of now until this map writes the tile. Two maps that give the same pointer hold
    /// the same labels there.
    std::shared_ptr<const Tile> tile(int column, int row) const;
    /// True where both maps share a tile, packed or not, or have none; unpacks nothing.
    bool sharesTile(const LabelMap& other, int column, int row) const;
    /// Takes a tile over; what lies outside the image becomes unlabelled.
    void setTile(int column, int row, const Tile& values);
    /// Fills a tile with the same labels each time, on any thread.
    using TileSource = std::function<void(Tile&)>;
    /// So many tiles stay unpacked, or two rows of a wide image; the one that was unpacked first goes first.
    static constexpr size_t kMostUnpacked = 512;  // 32 MiB
    /// The same, unpacked when the tile is looked at: of a large project few are. Until it is written it may
    /// be given back, and is unpacked again.
    void setTileSource(int column, int row, std::shared_ptr<const TileSource> source);
    /// Gives back what was only unpacked to be looked at.
    void giveBackUnpacked() const;
    /// Takes the tile of another map of the same size over, packed or not; both share it until one writes it.
    void shareTile(const LabelMap& other, int column, int row);
    /// How many tiles are not null. Quick; unpacks nothing.
    int64_t tileCount() const;
    /// The part of a tile that lies in the image.
    RectInImage tileRect(int column, int row) const;

    /// Compares pixels, not tiles: a null tile equals one that is all unlabelled.
    bool operator==(const LabelMap& other) const;

  private:
    size_t tileIndex(int column, int row) const;
    const TileSource* sourceAt(size_t index) const {
        return index < sources_.size() ? sources_[index].get() : nullptr;
    }
    bool isNull(size_t index) const { return !tiles_[index] && !sourceAt(index); }
    bool isShared(const LabelMap& other, size_t index) const;
    void unpack(size_t index, Tile& values) const;
    /// The tile at an index, unpacked where it is not; null where there is none.
    const std::shared_ptr<Tile>& loaded(size_t index) const;
    /// The same for one look: what is not unpacked is unpacked to `scratch`, which is made for that.
    const Tile* glance(size_t index, std::unique_ptr<Tile>& scratch) const;
    /// Counts a tile among those that are unpacked, and gives back the first where there are too many.
    void makeRoomFor(size_t index) const;
    void giveBack(size_t index) const;
    /// Makes what lies outside the image unlabelled.
    void clip(Tile& values, const RectInImage& part) const;
    /// Of one that is about to be written whole, what it held is not asked for.
    Tile& writableTile(size_t index, bool isWhole);
    void putUniform(size_t index, uint8_t value);
    /// Shares a tile that holds a single value.
    void shareUniform(size_t index);
    /// The same after a part was written, where that may have been the last: rows come from top to bottom.
    void shareUniform(size_t index, const RectInImage& written);

    PixelSize size_;
    int columns_ = 0;
    int rows_ = 0;
    mutable std::vector<std::shared_ptr<Tile>> tiles_;
    /// What tiles are unpacked from that were not written since; or empty. Where there is a tile as well, it
    /// holds what the source says.
    std::vector<std::shared_ptr<const TileSource>> sources_;
    mutable std::vector<size_t> unpacked_;  ///< tiles that can be given back, unless they were written since
    mutable size_t oldest_ = 0;             ///< the place in it of the first, once it is full
    // Tiles that this map made after it was last copied, and may write in place. A reference count would not
    // do: another thread may still be reading through a copy that it is about to drop.
    mutable std::vector<bool> isOwn_;
};

}  // namespace finebrush
