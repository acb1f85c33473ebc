#include "core/image/raster/pyramid_writer.h"

#include "core/image/raster/gdal_environment.h"
#include "core/image/raster/image_file.h"
#include "core/image/raster/sample_conversion.h"
#include "core/image/raster/sample_halving.h"
#include "core/image/raster/write_failure.h"

#include <gdal_priv.h>

#include <algorithm>
#include <cpl_conv.h>
#include <cstring>
#include <utility>
#include <vector>

namespace finebrush {

namespace {

constexpr char kIdentityKey[] = "FINEBRUSH_SOURCE";
constexpr uint8_t kShown = 255;  // in the mask
constexpr uint64_t kMostPartBytes = uint64_t{160} << 20;
constexpr int kLargestPart = 2048;  // px
constexpr int kSmallestPart = 2 * kTileSide;

GDALDataType gdalTypeOf(PixelType type) {
    constexpr GDALDataType types[] = {GDT_Byte,    GDT_UInt16,  GDT_Int16, GDT_UInt32, GDT_Int32,
                                      GDT_Float32, GDT_Float64, GDT_Int64, GDT_UInt64};
    return types[static_cast<size_t>(type)];
}

/// Sets an option of GDAL for this thread while it lives.
class ThreadOption {
  public:
    ThreadOption(const char* key, const char* value) : key_(key) {
        CPLSetThreadLocalConfigOption(key, value);
    }
    ~ThreadOption() { CPLSetThreadLocalConfigOption(key_, nullptr); }
    ThreadOption(const ThreadOption&) = delete;
    ThreadOption& operator=(const ThreadOption&) = delete;

  private:
    const char* key_;
};

std::vector<const char*> creationOptions(GDALDriver& driver, PixelType type) {
    std::vector<const char*> options = {"TILED=YES",   "BLOCKXSIZE=256",         "BLOCKYSIZE=256",
                                        "BIGTIFF=YES", "SPARSE_OK=TRUE",         "INTERLEAVE=PIXEL",
                                        "ALPHA=NO",    "PHOTOMETRIC=MINISBLACK", "NUM_THREADS=ALL_CPUS",
                                        "ZSTD_LEVEL=1"};
    const char* known = driver.GetMetadataItem(GDAL_DMD_CREATIONOPTIONLIST);
    const bool hasZstd = known && std::strstr(known, "ZSTD_LEVEL");
    options.push_back(hasZstd ? "COMPRESS=ZSTD" : "COMPRESS=LZW");
    // Not every libtiff takes differences of 64 bits.
    const bool isPredicted = type != PixelType::Float32 && bytesPerSample(type) < sizeof(int64_t);
    options.push_back(isPredicted ? "PREDICTOR=2" : "PREDICTOR=1");
    options.push_back(nullptr);
    return options;
}

/// What is made of one raster.
class PyramidMaker {
  public:
    PyramidMaker(const RasterLevels& raster, std::filesystem::path target, int levels, PixelBuffer& overview)
        : raster_(raster),
          target_(std::move(target)),
          first_(raster.isReadInOrder() ? 0 : 1),
          levels_(levels),
          overview_(overview) {}

    Result<PyramidOutcome> make(const std::string& identity, const PyramidProgress& progress,
                                const std::stop_token& stop) {
        const GdalMessages messages;
        if (!create(identity)) return writeFailure(target_, messages);
        PyramidOutcome outcome;
        for (int from = 0; from < levels_; from += levelsAtOnce_) {
            choosePart(from);
            const PixelSize size = sizeOfLevel(raster_.layout().storedSize, from);
            for (int y = 0; y < size.height; y += part_.height) {
                for (int x = 0; x < size.width; x += part_.width) {
                    if (stop.stop_requested()) return PyramidOutcome{true, outcome.damaged};
                    const RectInImage rect =
                        RectInImage{x, y, part_.width, part_.height}.intersected(RectInImage::ofSize(size));
                    if (!addPart(from, rect, outcome) || !messages.isEmpty())
                        return writeFailure(target_, messages);
                    const double done = double(y) + double(rect.height) * rect.right() / size.width;
                    if (from == 0) progress(done / size.height, overview_);
                }
                dataset_->FlushCache(false);
            }
        }
        dataset_.reset();  // writes what is left, and says so only here
        if (!messages.isEmpty()) return writeFailure(target_, messages);
        return outcome;
    }

  private:
    bool create(const std::string& identity) {
        GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
        const RasterLayout& layout = raster_.layout();
        const PixelSize size = sizeOfLevel(layout.storedSize, first_);
        const ThreadOption blocks("GDAL_TIFF_OVR_BLOCKSIZE", "256");
        const int bands = layout.storedBands + (layout.info.hasMask ? 1 : 0);
        dataset_.reset(driver->Create(target_.c_str(), size.width, size.height, bands,
                                      gdalTypeOf(layout.info.type),
                                      const_cast<char**>(creationOptions(*driver, layout.info.type).data())));
        if (!dataset_) return false;
        dataset_->SetMetadataItem(kIdentityKey, identity.c_str());
        std::vector<int> factors;
        for (int level = first_ + 1; level <= levels_; ++level) factors.push_back(1 << (level - first_));
        return factors.empty() ||
               dataset_->BuildOverviews("NONE", static_cast<int>(factors.size()), factors.data(), 0, nullptr,
                                        nullptr, nullptr) == CE_None;
    }

    /// Parts of a level such that each gives whole tiles of the levels that are made of it.
    void choosePart(int from) {
        const PixelSize size = sizeOfLevel(raster_.layout().storedSize, from);
        const uint64_t pixelBytes = raster_.layout().storedBytesPerPixel();
        // Blocks that reach from edge to edge are decoded once only in parts that do so as well.
        const bool hasRows = from == 0 && raster_.blockSize(0).width >= size.width;
        int side = kLargestPart;
        const auto isTooMuch = [&] {
            const auto width = static_cast<uint64_t>(hasRows ? size.width : side);
            return width * static_cast<uint64_t>(side) * pixelBytes > kMostPartBytes;
        };
        while (side > kSmallestPart && isTooMuch()) side /= 2;
        const int whole = (size.width + side - 1) / side * side;
        part_ = {hasRows ? whole : side, side};
        levelsAtOnce_ = 0;
        while (side > kTileSide) {
            side /= 2;
            ++levelsAtOnce_;
        }
    }

    bool addPart(int from, const RectInImage& rect, PyramidOutcome& outcome) {
        const bool picks = raster_.layout().hasIndices();
        PixelBuffer part = from == 0 ? readTolerant(rect, outcome.damaged) : readMade(from, rect);
        if (from == 0 && first_ == 0 && !write(0, rect.x, rect.y, part)) return false;
        int level = from;
        while (level < levels_) {
            part = halved(part, picks);
            ++level;
            if (level <= from + levelsAtOnce_ &&
                !write(level, rect.x >> (level - from), rect.y >> (level - from), part))
                return false;
        }
        if (from == 0) paste(part, rect.x >> level, rect.y >> level, overview_);
        return true;
    }

    GDALDataset& datasetOf(int level) {
        if (level == first_) return *dataset_;
        return *dataset_->GetRasterBand(1)->GetOverview(level - first_ - 1)->GetDataset();
    }

    /// What cannot be decoded is empty, and no more than that.
    PixelBuffer readTolerant(const RectInImage& rect, bool& damaged) {
        if (!isBroken_) {
            Result<PixelBuffer> part = raster_.readStored(0, rect);
            if (part) return std::move(*part);
        }
        damaged = true;
        const bool isInOrder = raster_.isReadInOrder();
        PixelBuffer whole = raster_.layout().storedPixels({rect.width, rect.height});
        if (isBroken_ || (isInOrder ? rect.height : std::max(rect.width, rect.height)) <= kTileSide) {
            isBroken_ = isInOrder;
            return whole;
        }
        const int width = isInOrder ? rect.width : (rect.width + 1) / 2, height = (rect.height + 1) / 2;
        for (const RectInImage& quarter :
             {RectInImage{rect.x, rect.y, width, height}, RectInImage{rect.x + width, rect.y, width, height},
              RectInImage{rect.x, rect.y + height, width, height},
              RectInImage{rect.x + width, rect.y + height, width, height}}) {
            const RectInImage inside = quarter.intersected(rect);
            if (!inside.isEmpty())
                paste(readTolerant(inside, damaged), inside.x - rect.x, inside.y - rect.y, whole);
        }
        return whole;
    }

    PixelBuffer readMade(int level, const RectInImage& rect) {
        PixelBuffer part = raster_.layout().storedPixels({rect.width, rect.height});
        readStoredPixels(datasetOf(level), raster_.layout(), rect, part);
        return part;
    }

    bool write(int level, int x, int y, PixelBuffer& part) {
        const auto sampleBytes = static_cast<GSpacing>(bytesPerSample(part.type));
        const auto pixelBytes = static_cast<GSpacing>(part.bytesPerPixel());
        GDALDataset& dataset = datasetOf(level);
        if (dataset.RasterIO(GF_Write, x, y, part.size.width, part.size.height, part.bytes.data(),
                             part.size.width, part.size.height, gdalTypeOf(part.type), part.bands, nullptr,
                             pixelBytes, pixelBytes * part.size.width, sampleBytes, nullptr) != CE_None)
            return false;
        if (!raster_.layout().info.hasMask) return true;
        std::vector<uint8_t> shown(static_cast<size_t>(part.size.area()));
        for (size_t pixel = 0; pixel < shown.size(); ++pixel)
            shown[pixel] = part.isHidden(pixel) ? 0 : kShown;
        return dataset.GetRasterBand(part.bands + 1)
                   ->RasterIO(GF_Write, x, y, part.size.width, part.size.height, shown.data(),
                              part.size.width, part.size.height, GDT_Byte, 0, 0, nullptr) == CE_None;
    }

    const RasterLevels& raster_;
    std::filesystem::path target_;
    int first_;  ///< level of the picture
    int levels_;
    PixelBuffer& overview_;
    GDALDatasetUniquePtr dataset_;
    PixelSize part_;
    int levelsAtOnce_ = 1;
    bool isBroken_ = false;  ///< nothing that follows in the file can be decoded
};

}  // namespace

Result<PyramidOutcome> writePyramid(const RasterLevels& raster, const std::filesystem::path& target,
                                    const std::string& identity, int levels, PixelBuffer& overview,
                                    const PyramidProgress& progress, const std::stop_token& stop) {
    prepareGdal();
    return PyramidMaker(raster, target, levels, overview).make(identity, progress, stop);
}

std::string pyramidIdentity(const std::filesystem::path& file) {
    const Result<GDALDatasetUniquePtr> dataset = openImageFile(file);
    const char* identity = dataset ? (*dataset)->GetMetadataItem(kIdentityKey) : nullptr;
    return identity ? identity : "";
}

}  // namespace finebrush
