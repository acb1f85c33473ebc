#include "core/image/raster/raster_levels.h"

#include "core/image/image_errors.h"
#include "core/image/raster/gdal_environment.h"
#include "core/image/raster/image_file.h"
#include "core/image/raster/sample_windows.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace finebrush {

namespace {

/// A window of a level may be made from one that is so many levels finer.
constexpr int kMostLevelsApart = 2;

GDALDataset* overviewOf(GDALDataset& dataset, int overview) {
    if (overview < 0) return &dataset;
    GDALRasterBand* band = dataset.GetRasterBand(1)->GetOverview(overview);
    return band ? band->GetDataset() : nullptr;
}

/// What lies where a window does in an image of another size, at least a px.
RectInImage scaledTo(const RectInImage& window, PixelSize from, PixelSize to) {
    const auto scaled = [](int place, int old, int side) {
        return static_cast<int>(int64_t{place} * side / old);
    };
    return {scaled(window.x, from.width, to.width), scaled(window.y, from.height, to.height),
            std::max(scaled(window.width, from.width, to.width), 1),
            std::max(scaled(window.height, from.height, to.height), 1)};
}

/// True where all samples of a window are of one value a band; false where that cannot be read.
bool isFlat(GDALDataset& dataset, const RasterLayout& layout, const RectInImage& window) {
    PixelBuffer pixels = layout.storedPixels({window.width, window.height});
    if (!readStoredSamples(dataset, layout, window, pixels.size, pixels.bytes.data())) return false;
    const auto second = pixels.bytes.begin() + static_cast<std::ptrdiff_t>(pixels.bytesPerPixel());
    return std::equal(second, pixels.bytes.end(), pixels.bytes.begin());
}

/// True for a mask that hides everything: it was left unset by whoever wrote the file. Where it hides what is
/// flat, as what surrounds a narrow strip of an image is, the rest may be seen.
bool isMaskUnset(GDALDataset& dataset, const RasterLayout& layout) {
    const std::vector<RectInImage> windows = SampleWindows::of(layout.storedSize);
    const auto isHidden = [&](const RectInImage& window) { return isAllHidden(dataset, layout, window); };
    const auto isEmpty = [&](const RectInImage& window) { return isFlat(dataset, layout, window); };
    return std::ranges::all_of(windows, isHidden) && !std::ranges::all_of(windows, isEmpty);
}

PixelSize blockSizeOf(GDALDataset& dataset) {
    PixelSize block;
    dataset.GetRasterBand(1)->GetBlockSize(&block.width, &block.height);
    return block;
}

}  // namespace

struct RasterLevels::Handle {
    GDALDatasetUniquePtr file;
    GDALDatasetUniquePtr pyramid;  ///< may be null
};

/// A handle that goes back when it is no longer used.
class RasterLevels::Loan {
  public:
    Loan(const RasterLevels& owner, std::unique_ptr<Handle> handle)
        : owner_(owner), handle_(std::move(handle)) {}
    ~Loan() {
        const std::lock_guard lock(owner_.mutex_);
        owner_.idle_.push_back(std::move(handle_));
    }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;

    Handle& operator*() const { return *handle_; }

  private:
    const RasterLevels& owner_;
    std::unique_ptr<Handle> handle_;
};

RasterLevels::~RasterLevels() = default;

Result<std::unique_ptr<RasterLevels::Handle>> RasterLevels::openHandle(const std::filesystem::path& file,
                                                                       const std::filesystem::path& pyramid) {
    auto handle = std::make_unique<Handle>();
    Result<GDALDatasetUniquePtr> dataset = openImageFile(file);
    if (!dataset) return failure(dataset.error());
    handle->file = std::move(*dataset);
    if (pyramid.empty()) return handle;
    dataset = openImageFile(pyramid);
    if (!dataset) return failure(dataset.error());
    handle->pyramid = std::move(*dataset);
    return handle;
}

Result<std::shared_ptr<const RasterLevels>> RasterLevels::open(const std::filesystem::path& file,
                                                               const std::filesystem::path& pyramid) {
    const std::shared_ptr<RasterLevels> levels(new RasterLevels);
    if (!pyramid.empty()) levels->pyramidHold_.emplace(pyramid);
    Result<std::unique_ptr<Handle>> handle = openHandle(file, pyramid);
    if (!handle) return failure(handle.error());
    Result<RasterLayout> layout = layoutOf(*(*handle)->file, file);
    if (!layout) return failure(layout.error());
    levels->file_ = file;
    levels->pyramid_ = pyramid;
    levels->layout_ = std::move(*layout);
    levels->isReadInOrder_ = levels->layout_.info.format == "PNG" || levels->layout_.info.format == "JPEG";
    GDALDataset& dataset = *(*handle)->file;
    if (levels->layout_.info.hasMask && !levels->isReadInOrder_)
        levels->layout_.info.hasMask = !isMaskUnset(dataset, levels->layout_);
    levels->sources_.push_back({.block = blockSizeOf(dataset)});
    if (!levels->isReadInOrder_) levels->addOverviews(dataset, false);
    if ((*handle)->pyramid) levels->addOverviews(*(*handle)->pyramid, true);
    std::ranges::stable_sort(levels->sources_, {}, &Source::level);
    levels->idle_.push_back(std::move(*handle));
    return levels;
}

void RasterLevels::addOverviews(GDALDataset& dataset, bool isInPyramid) {
    const GdalMessages ignored;  // an overview that cannot be opened is none
    const PixelSize whole = layout_.storedSize;
    const int count = dataset.GetRasterBand(1)->GetOverviewCount();
    // GDAL gives overviews that are older than the mask one that hides nothing. Alpha comes with the colours.
    std::vector<RectInImage> hidden;
    if (!isInPyramid && count > 0 && layout_.info.hasMask && !layout_.info.hasAlpha) {
        hidden = SampleWindows::of(whole);
        std::erase_if(hidden, [&](const RectInImage& w) { return !isAllHidden(dataset, layout_, w); });
    }
    for (int overview = isInPyramid ? -1 : 0; overview < count; ++overview) {
        GDALDataset* smaller = overviewOf(dataset, overview);
        if (!smaller || smaller->GetRasterCount() < layout_.storedBands) continue;
        const PixelSize size{smaller->GetRasterXSize(), smaller->GetRasterYSize()};
        const auto isHiddenThere = [&](const RectInImage& window) {
            return isAllHidden(*smaller, layout_, scaledTo(window, whole, size));
        };
        if (!std::ranges::all_of(hidden, isHiddenThere)) continue;
        const int longest = std::max(whole.width, whole.height);
        for (int level = isInPyramid ? 0 : 1; level < 31 && longest >> level > 0; ++level) {
            if (sizeOfLevel(whole, level) == size)
                sources_.push_back({level, isInPyramid, overview, blockSizeOf(*smaller)});
        }
    }
}

const RasterLevels::Source& RasterLevels::sourceOf(int level) const {
    const auto coarser = std::ranges::find_if(sources_, [&](const Source& s) { return s.level > level; });
    return *std::prev(coarser);
}

PixelSize RasterLevels::blockSize(int level) const {
    const Source& source = sourceOf(level);
    return source.level == level ? source.block : PixelSize{kTileSide, kTileSide};
}

bool RasterLevels::canRead(int level) const {
    const Source& source = sourceOf(level);
    return (source.isInPyramid || !isReadInOrder_) && level - source.level <= kMostLevelsApart;
}

Result<PixelBuffer> RasterLevels::readStored(int level, const RectInImage& rect) const {
    std::unique_ptr<Handle> handle;
    {
        const std::lock_guard lock(mutex_);
        if (!idle_.empty()) {
            handle = std::move(idle_.back());
            idle_.pop_back();
        }
    }
    if (!handle) {
        Result<std::unique_ptr<Handle>> opened = openHandle(file_, pyramid_);
        if (!opened) return failure(opened.error());
        handle = std::move(*opened);
    }
    const Loan loan(*this, std::move(handle));
    const Source& source = sourceOf(level);
    const int apart = level - source.level;
    GDALDataset* dataset = overviewOf(source.isInPyramid ? *(*loan).pyramid : *(*loan).file, source.overview);
    const PixelSize size = sizeOfLevel(layout_.storedSize, source.level);
    const RectInImage window =
        RectInImage{rect.x << apart, rect.y << apart, rect.width << apart, rect.height << apart}.intersected(
            RectInImage::ofSize(size));

    PixelBuffer pixels = layout_.storedPixels({rect.width, rect.height});
    const GdalMessages messages;
    const bool isRead = dataset && readStoredPixels(*dataset, layout_, window, pixels);
    // A warning counts as well: damage within a JPEG strip of a TIFF is not reported in any other way. Those
    // of a PNG are of its header, which is read anew for rows above those that were read.
    const bool isClean = messages.isEmpty() || layout_.info.format == "PNG";
    if (!isRead || !isClean) {
        if (dataset)
            dataset->FlushCache(false);  // GDAL warns when it decodes a block, not of one that it keeps
        return unreadable(file_, "a part of it cannot be decoded", messages.text());
    }
    return pixels;
}

Result<PixelBuffer> RasterLevels::read(int level, const RectInImage& rect) const {
    Result<PixelBuffer> pixels = readStored(level, rect);
    if (pixels) convertStored(*pixels, layout_);
    return pixels;
}

}  // namespace finebrush
