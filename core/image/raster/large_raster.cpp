#include "core/image/raster/large_raster.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/image/image_errors.h"
#include "core/image/raster/overview_samples.h"
#include "core/image/raster/sample_conversion.h"
#include "core/image/volume/volume_source.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace finebrush {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr uint64_t kMostOverviewBytes = uint64_t{64} << 20;
/// Of what the file decodes at once, and of the rows that a row of tiles takes where that reaches from edge
/// to edge.
constexpr uint64_t kMostBlockBytes = uint64_t{192} << 20;
/// Of a file that is decoded from its beginning: some twenty seconds.
constexpr int64_t kMostPixelsInOrder = int64_t{1} << 31;
constexpr int kMostTilesPerBlock = 4;
constexpr auto kProgressInterval = std::chrono::seconds(1);
constexpr auto kAbandoned = std::chrono::hours(24);
constexpr char kUnfinished[] = ".unfinished";

/// Tells a file from another and from what it was before.
std::string identityOf(const fs::path& file) {
    std::error_code problem;
    const fs::path path = fs::canonical(file, problem);
    const auto changed = fs::last_write_time(path, problem).time_since_epoch().count();
    return formatted("3|%s|%llu|%lld", path.c_str(),
                     static_cast<unsigned long long>(fs::file_size(path, problem)),
                     static_cast<long long>(changed));
}

bool fits(const RasterLayout& layout, const ImageMemory& memory) {
    const uint64_t bytesPerPixel = layout.peakBytesPerPixel() + 3;  // with its picture
    return static_cast<uint64_t>(layout.storedSize.area()) <= memory.wholeBytes / bytesPerPixel;
}

/// True where a tile can be decoded without most of the image.
bool hasWindows(const RasterLevels& levels) {
    const RasterLayout& layout = levels.layout();
    const std::string& format = layout.info.format;
    const bool isOfParts = format == "GTiff" || format == "JP2OpenJPEG" || format == "BMP";
    if (!isOfParts || layout.orientation > 1) return false;
    const PixelSize block = levels.blockSize(0);
    const uint64_t pixelBytes = layout.storedBytesPerPixel();
    const bool isRow = block.width >= layout.storedSize.width;
    const int height = isRow ? std::max(block.height, 2 * kTileSide) : block.height;
    return static_cast<uint64_t>(block.width) * static_cast<uint64_t>(height) <= kMostBlockBytes / pixelBytes;
}

/// True where all of it may be copied to a pyramid, to have windows there.
bool canBeCopied(const RasterLevels& levels, const ImageMemory& memory) {
    const RasterLayout& layout = levels.layout();
    return levels.isReadInOrder() && layout.orientation <= 1 && !memory.pyramidFolder.empty() &&
           layout.storedSize.area() <= kMostPixelsInOrder;
}

/// How many tiles are decoded at once, along each side.
PixelSize tilesPerBlock(PixelSize block) {
    const auto along = [](int side) {
        const bool isWhole = side % kTileSide == 0 && side <= kMostTilesPerBlock * kTileSide;
        return isWhole ? side / kTileSide : 1;
    };
    return {along(block.width), along(block.height)};
}

/// The rough picture that was made last of a file that is decoded from its beginning: it costs as much as
/// decoding most of the file, and is wanted when the image is added, when it is shown and when its pyramid is
/// begun. Any thread.
class LastRoughOverview {
  public:
    /// Errors: as `overviewOfSamples`.
    Result<PixelBuffer> read(const RasterLevels& raster, const std::string& identity, int level) {
        if (!raster.isReadInOrder()) return overviewOfSamples(raster, level);
        {
            const std::lock_guard lock(mutex_);
            if (overview_ && identity_ == identity && level_ == level) return *overview_;
        }
        Result<PixelBuffer> samples = overviewOfSamples(raster, level);
        if (!samples) return samples;
        const std::lock_guard lock(mutex_);
        identity_ = identity;
        level_ = level;
        overview_ = *samples;
        return samples;
    }
    /// There is a better one.
    void forget(const std::string& identity) {
        const std::lock_guard lock(mutex_);
        if (identity_ == identity) overview_.reset();
    }

  private:
    std::mutex mutex_;
    std::string identity_;
    int level_ = 0;
    std::optional<PixelBuffer> overview_;
};

LastRoughOverview& lastRoughOverview() {
    static LastRoughOverview last;
    return last;
}

/// Deletes what processes left behind that ended while they made a pyramid.
void removeAbandoned(const fs::path& folder) {
    std::error_code problem;
    for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end;
         entry.increment(problem)) {
        std::error_code gone;
        if (entry->path().extension() != kUnfinished) continue;
        if (fs::file_time_type::clock::now() - entry->last_write_time(gone) > kAbandoned)
            fs::remove(entry->path(), gone);
    }
}

}  // namespace

Result<std::shared_ptr<LargeRaster>> LargeRaster::open(const fs::path& file, const ImageMemory& memory) {
    Result<std::shared_ptr<const RasterLevels>> levels = RasterLevels::open(file, {});
    if (!levels) return failure(levels.error());
    if (fits((*levels)->layout(), memory) || !(hasWindows(**levels) || canBeCopied(**levels, memory)))
        return std::shared_ptr<LargeRaster>();
    std::shared_ptr<LargeRaster> raster(new LargeRaster(std::move(*levels), memory));
    if (raster->hasPyramid()) return raster;
    if (const fs::path pyramid = raster->findPyramid(); !pyramid.empty()) {
        DiskCache::touch(pyramid);
        levels = RasterLevels::open(file, pyramid);
        if (levels && (*levels)->canRead(raster->overviewLevel_)) raster->levels_ = std::move(*levels);
    }
    return raster;
}

std::shared_ptr<LargeRaster> LargeRaster::ofImage(const ImageAddress& address, const ImageMemory& memory) {
    if (address.slice) return nullptr;
    const Result<std::optional<VolumeSource>> volume = VolumeSource::of(address.file);
    if (!volume || *volume) return nullptr;
    const Result<std::shared_ptr<LargeRaster>> raster = open(address.file, memory);
    return raster ? *raster : nullptr;
}

LargeRaster::LargeRaster(std::shared_ptr<const RasterLevels> levels, const ImageMemory& memory)
    : file_(levels->file()),
      identity_(identityOf(file_)),
      pyramids_(memory.pyramidFolder, ".tif", memory.pyramidFolderBytes),
      size_(levels->layout().info.size),
      tiles_(memory.tileBytes),
      levels_(std::move(levels)) {
    chooseOverviewLevel(memory.overviewSide);
}

std::shared_ptr<const RasterLevels> LargeRaster::levels() const {
    const std::lock_guard lock(mutex_);
    return levels_;
}

void LargeRaster::chooseOverviewLevel(int longestSide) {
    const uint64_t pixelBytes = levels_->layout().peakBytesPerPixel();
    const auto isTooLarge = [&] {
        const PixelSize size = sizeOfLevel(size_, overviewLevel_);
        return std::max(size.width, size.height) > longestSide ||
               static_cast<uint64_t>(size.area()) > kMostOverviewBytes / pixelBytes;
    };
    while (isTooLarge()) ++overviewLevel_;
}

PixelBuffer LargeRaster::emptyPixels() const {
    const auto now = levels();
    const RasterLayout& layout = now->layout();
    const PixelType type = layout.info.hasPalette ? PixelType::UInt8 : layout.info.type;
    return {size_, layout.info.hasPalette ? 3 : layout.info.bands, type, {}, layout.info.nodata};
}

bool LargeRaster::hasPyramid() const {
    return coarsestLevel() == overviewLevel_;
}

int LargeRaster::coarsestLevel() const {
    const auto now = levels();
    int level = -1;
    while (level < overviewLevel_ && now->canRead(level + 1)) ++level;
    return level;
}

TileAddress LargeRaster::blockOf(const TileAddress& address) const {
    const PixelSize group = tilesPerBlock(levels()->blockSize(address.level));
    return {address.level, address.column / group.width * group.width,
            address.row / group.height * group.height};
}

Result<TileCache::Tile> LargeRaster::tile(const TileAddress& address) const {
    if (TileCache::Tile kept = tiles_.find(address)) return kept;
    const auto now = levels();
    const PixelSize group = tilesPerBlock(now->blockSize(address.level));
    const TileAddress first = blockOf(address);
    // Whoever wants another tile of the block waits for it instead of decoding it as well.
    const std::lock_guard lock(decoding_[TileHash()(first) % decoding_.size()]);
    if (TileCache::Tile kept = tiles_.find(address)) return kept;
    const RectInImage rect = RectInImage{first.column * kTileSide, first.row * kTileSide,
                                         group.width * kTileSide, group.height * kTileSide}
                                 .intersected(RectInImage::ofSize(sizeOfLevel(size_, address.level)));
    Result<PixelBuffer> block = now->read(address.level, rect);
    if (!block) return failure(block.error());
    TileCache::Tile wanted;
    for (int row = first.row; row * kTileSide < rect.bottom(); ++row) {
        for (int column = first.column; column * kTileSide < rect.right(); ++column) {
            const TileAddress place{address.level, column, row};
            const RectInImage part = tileRect(size_, place);
            auto tile = std::make_shared<const PixelBuffer>(
                part == rect ? std::move(*block)
                             : cropped(*block, {part.x - rect.x, part.y - rect.y, part.width, part.height}));
            if (place == address) wanted = tile;
            tiles_.keep(place, std::move(tile));
        }
    }
    return wanted;
}

Result<PixelBuffer> LargeRaster::readOverview() const {
    const auto now = levels();
    if (now->canRead(overviewLevel_)) {
        const PixelSize size = sizeOfLevel(size_, overviewLevel_);
        return now->read(overviewLevel_, RectInImage::ofSize(size));
    }
    Result<PixelBuffer> samples = lastRoughOverview().read(*now, identity_, overviewLevel_);
    if (samples) convertStored(*samples, now->layout());
    return samples;
}

// ---- the pyramid ----

fs::path LargeRaster::pyramidFile() const {
    return pyramids_.fileOf(formatted("%016zx", std::hash<std::string>()(identity_)));
}

fs::path LargeRaster::findPyramid() const {
    if (pyramids_.isOff()) return {};
    const fs::path file = pyramidFile();
    std::error_code problem;
    if (!fs::exists(file, problem) || pyramidIdentity(file) != identity_) return {};
    return file;
}

Result<PyramidOutcome> LargeRaster::makePyramid(const std::function<void(Progress)>& progress,
                                                const std::stop_token& stop) {
    if (hasPyramid() || pyramids_.isOff()) return PyramidOutcome{};
    const auto source = levels();
    Result<PixelBuffer> overview = lastRoughOverview().read(*source, identity_, overviewLevel_);
    if (!overview) return failure(overview.error());
    if (const Result<void> made = makeFolder(pyramids_.folder()); !made) return failure(made.error());
    removeAbandoned(pyramids_.folder());

    static std::atomic<int> count = 0;
    const fs::path target = pyramidFile();
    fs::path unfinished = target;
    unfinished += formatted(".%d-%d%s", static_cast<int>(::getpid()), ++count, kUnfinished);
    Clock::time_point next = Clock::now();
    const auto report = [&](double fraction, const PixelBuffer& stored) {
        if (Clock::now() < next) return;
        next = Clock::now() + kProgressInterval;
        PixelBuffer shown = stored;
        convertStored(shown, source->layout());
        progress({fraction, std::move(shown)});
    };
    const Result<PyramidOutcome> outcome =
        writePyramid(*source, unfinished, identity_, overviewLevel_, *overview, report, stop);
    std::error_code problem;
    if (!outcome || outcome->stopped) {
        fs::remove(unfinished, problem);
        return outcome;
    }
    fs::rename(unfinished, target, problem);
    if (problem) return failure(ErrorCode::FileNotWritable, {utf8(target)}, problem.message());
    Result<std::shared_ptr<const RasterLevels>> levels = RasterLevels::open(file_, target);
    if (!levels) return failure(levels.error());
    lastRoughOverview().forget(identity_);
    pyramids_.trim();
    const std::lock_guard lock(mutex_);
    levels_ = std::move(*levels);
    return outcome;
}

}  // namespace finebrush
