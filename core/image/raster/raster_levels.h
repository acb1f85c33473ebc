#pragma once

#include "core/base/disk_cache.h"
#include "core/base/pixel_buffer.h"
#include "core/base/result.h"
#include "core/base/tile_grid.h"
#include "core/image/raster/raster_layout.h"

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace finebrush {

/// Reads windows of a raster at any level of detail: from the file, from overviews that it has, and from a
/// pyramid file with others. Of a file that is decoded from its beginning only what is in a pyramid can be
/// read at once, so that one holds level 0 as well. Does not change; any thread, several at once.
class RasterLevels {
  public:
    /// An empty `pyramid`: there is none. Blocks. Errors: as `readRasterInfo`.
    static Result<std::shared_ptr<const RasterLevels>> open(const std::filesystem::path& file,
                                                            const std::filesystem::path& pyramid);
    ~RasterLevels();

    const std::filesystem::path& file() const { return file_; }
    const RasterLayout& layout() const { return layout_; }
    /// True for a PNG or JPEG: a window costs what lies above it.
    bool isReadInOrder() const { return isReadInOrder_; }
    /// Px of a level that are decoded at once; of a level that is made from a finer one, a tile.
    PixelSize blockSize(int level) const;
    /// True where a window of a level costs few times as many px of the level that it is made from.
    bool canRead(int level) const;

    /// Samples as they are stored; `rect` lies in the level. Blocks. Errors: as opening the file, and
    /// ImageDamaged.
    Result<PixelBuffer> readStored(int level, const RectInImage& rect) const;
    /// As `readRaster` gives them.
    Result<PixelBuffer> read(int level, const RectInImage& rect) const;

  private:
    struct Source {
        int level = 0;
        bool isInPyramid = false;
        int overview = -1;  ///< of the data set; -1: itself
        PixelSize block = {};
    };
    struct Handle;
    class Loan;

    RasterLevels() = default;
    static Result<std::unique_ptr<Handle>> openHandle(const std::filesystem::path& file,
                                                      const std::filesystem::path& pyramid);
    void addOverviews(GDALDataset& dataset, bool isInPyramid);
    const Source& sourceOf(int level) const;

    std::filesystem::path file_;
    std::filesystem::path pyramid_;
    std::optional<CachedFileHold> pyramidHold_;  ///< more handles may be opened at any time
    RasterLayout layout_;
    bool isReadInOrder_ = false;
    std::vector<Source> sources_;  ///< finest first
    mutable std::mutex mutex_;
    mutable std::vector<std::unique_ptr<Handle>> idle_;  ///< GDAL's data sets are for one thread at a time
};

}  // namespace finebrush
