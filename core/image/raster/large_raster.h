#pragma once

#include "core/base/disk_cache.h"
#include "core/image/display/display_mapping.h"
#include "core/image/image_address.h"
#include "core/image/image_memory.h"
#include "core/image/raster/pyramid_writer.h"
#include "core/image/raster/raster_levels.h"
#include "core/image/raster/tile_cache.h"

#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

namespace finebrush {

/// A raster that is larger than the memory set aside for it: read by tiles at the level of detail at which it
/// is looked at. Its overviews are those of the file or, where it has none, a pyramid in the person's cache
/// folder, which is made once; nothing is ever written beside the file. Of a PNG or JPEG, whose windows
/// cannot be decoded alone, all is in the pyramid, and nothing can be read before. Any thread.
class LargeRaster {
  public:
    /// Null for an image that fits into the memory, or whose file can only be read as a whole. Blocks; any
    /// thread. Errors: as `readRasterInfo`.
    static Result<std::shared_ptr<LargeRaster>> open(const std::filesystem::path& file,
                                                     const ImageMemory& memory);

    /// The same of the file of an image; null as well where it cannot be opened, or is of a volume.
    static std::shared_ptr<LargeRaster> ofImage(const ImageAddress& address, const ImageMemory& memory);

    const std::filesystem::path& file() const { return file_; }
    PixelSize size() const { return size_; }
    /// Its pixels without samples: what they are like.
    PixelBuffer emptyPixels() const;
    /// As `RasterInfo::bandNames`.
    std::vector<std::string> bandNames() const { return levels()->layout().info.bandNames; }
    /// How it is shown at first, by the values of an overview: as `defaultDisplayMapping` with the bands that
    /// the file says are red, green and blue.
    DisplayMapping usualDisplay(const PixelBuffer& overview) const {
        return defaultDisplayMapping(overview, levels()->layout().info.colourBands);
    }
    /// The coarsest level that is used; it fits on a screen or two.
    int overviewLevel() const { return overviewLevel_; }
    /// Every level can be read at once.
    bool hasPyramid() const;
    /// There is a folder for one.
    bool canMakePyramid() const { return !pyramids_.isOff(); }
    /// The level can be read at once; else it has to wait for the pyramid.
    bool canRead(int level) const { return levels()->canRead(level); }

    /// The coarsest level, up to the overview's, to which all can be read at once; -1: none.
    int coarsestLevel() const;

    /// A window of a level, in px of that level; samples as `readRaster` gives them. Blocks. Errors: as
    /// `RasterLevels::read`.
    Result<PixelBuffer> read(int level, const RectInImage& rect) const { return levels()->read(level, rect); }
    /// The same of a tile, which is kept. The level must be one that can be read.
    Result<TileCache::Tile> tile(const TileAddress& address) const;
    /// The first of the tiles that are decoded together with one.
    TileAddress blockOf(const TileAddress& address) const;
    /// Null where the tile is not kept. Does not block.
    TileCache::Tile keptTile(const TileAddress& address) const { return tiles_.find(address); }
    /// The whole image at the overview level; where there is no pyramid, a rough one of a few samples.
    /// Blocks. Errors: ImageDamaged where none of it can be decoded.
    Result<PixelBuffer> readOverview() const;

    struct Progress {
        double fraction = 0;
        PixelBuffer overview;  ///< as far as it is known
    };
    /// Makes the pyramid where there is none, and uses it from then on. Blocks for long; `progress` is called
    /// now and then. Errors: FileNotWritable, DiskFull; the raster is as usable as before.
    Result<PyramidOutcome> makePyramid(const std::function<void(Progress)>& progress,
                                       const std::stop_token& stop);

  private:
    LargeRaster(std::shared_ptr<const RasterLevels> levels, const ImageMemory& memory);

    std::shared_ptr<const RasterLevels> levels() const;
    void chooseOverviewLevel(int longestSide);
    std::filesystem::path pyramidFile() const;
    /// The pyramid of this file as it is now; empty where there is none.
    std::filesystem::path findPyramid() const;

    std::filesystem::path file_;
    std::string identity_;
    DiskCache pyramids_;
    PixelSize size_;
    int overviewLevel_ = 1;
    mutable TileCache tiles_;
    mutable std::array<std::mutex, 16> decoding_;  ///< one for each of several blocks
    mutable std::mutex mutex_;
    std::shared_ptr<const RasterLevels> levels_;  ///< replaced when there is a pyramid
};

}  // namespace finebrush
