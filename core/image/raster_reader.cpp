#include "core/image/raster_reader.h"

#include "core/base/files.h"
#include "core/image/gdal_environment.h"
#include "core/image/image_errors.h"
#include "core/image/image_file.h"
#include "core/image/sample_conversion.h"

#include <algorithm>
#include <cstdlib>
#include <new>

namespace finebrush {

namespace {

constexpr uint64_t kMaxMaskBytes = uint64_t{1} << 30;
constexpr int64_t kBytesAtOnce = int64_t{16} << 20;

/// What the file's header says: the public part, and how its samples become what a reader gets.
struct Layout {
    RasterInfo info;          ///< its size is the one after turning
    PixelSize storedSize;     ///< before turning
    int storedBands = 0;      ///< without alpha
    int orientation = 1;      ///< EXIF, 1..8
    int significantBits = 0;  ///< of a sample
    bool whiteIsZero = false;
    bool isCmyk = false;
    std::vector<std::array<uint8_t, 3>> palette;

    /// Bytes of a pixel while decoding and after, whichever is more.
    uint64_t peakBytesPerPixel() const {
        const uint64_t stored = bytesPerSample(info.type) * static_cast<uint64_t>(storedBands);
        return std::max<uint64_t>(stored, info.hasPalette ? 3 : 0);
    }
};

std::optional<PixelType> pixelTypeOf(GDALDataType type) {
    switch (type) {
        case GDT_Byte:
            return PixelType::UInt8;
        case GDT_UInt16:
            return PixelType::UInt16;
        case GDT_Int16:
            return PixelType::Int16;
        case GDT_UInt32:
            return PixelType::UInt32;
        case GDT_Int32:
            return PixelType::Int32;
        case GDT_Float32:
            return PixelType::Float32;
        case GDT_Float64:
            return PixelType::Float64;
        default:
            return std::nullopt;
    }
}

std::string structureItem(GDALMajorObject& object, const char* key) {
    const char* value = object.GetMetadataItem(key, "IMAGE_STRUCTURE");
    return value ? value : "";
}

int exifOrientationOf(GDALDataset& dataset) {
    const GdalMessages ignored;  // an EXIF block may be odd without any harm to the picture
    const char* value = dataset.GetMetadataItem("EXIF_Orientation");
    return value ? std::atoi(value) : 1;
}

Result<Layout> layoutOf(GDALDataset& dataset, const std::filesystem::path& path) {
    GDALRasterBand& first = *dataset.GetRasterBand(1);
    const bool isSignedByte = structureItem(first, "PIXELTYPE") == "SIGNEDBYTE";
    const std::optional<PixelType> type = pixelTypeOf(first.GetRasterDataType());
    if (!type || isSignedByte) {
        const char* name = isSignedByte ? "int8" : GDALGetDataTypeName(first.GetRasterDataType());
        return unsupported(path, std::string("pixels of type ") + name);
    }

    Layout layout;
    const int fileBands = dataset.GetRasterCount();
    layout.storedSize = {dataset.GetRasterXSize(), dataset.GetRasterYSize()};
    layout.info.type = *type;
    layout.info.format = dataset.GetDriverName();
    layout.info.hasAlpha =
        fileBands > 1 && dataset.GetRasterBand(fileBands)->GetColorInterpretation() == GCI_AlphaBand;
    layout.storedBands = fileBands - (layout.info.hasAlpha ? 1 : 0);
    layout.isCmyk = layout.storedBands == 4 && *type == PixelType::UInt8 &&
                    first.GetColorInterpretation() == GCI_CyanBand;
    layout.info.bands = layout.isCmyk ? 3 : layout.storedBands;

    // Where white is zero GDAL makes up a palette of greys; inverting keeps the single band and its depth.
    layout.whiteIsZero = structureItem(dataset, "MINISWHITE") == "YES";
    const bool mayBeIndices = *type == PixelType::UInt8 || *type == PixelType::UInt16;
    if (layout.storedBands == 1 && mayBeIndices && !layout.whiteIsZero) layout.palette = paletteOf(first);
    layout.info.hasPalette = !layout.palette.empty();

    const std::string bits = structureItem(first, "NBITS");
    layout.significantBits =
        bits.empty() ? static_cast<int>(bytesPerSample(*type)) * 8 : std::atoi(bits.c_str());
    layout.orientation = exifOrientationOf(dataset);
    layout.info.size = layout.storedSize;
    if (swapsSides(layout.orientation)) std::swap(layout.info.size.width, layout.info.size.height);
    return layout;
}

/// Whole blocks of rows that make about 16 MB.
int rowsAtOnce(GDALDataset& dataset, int64_t bytesPerRow) {
    int blockWidth = 0, blockHeight = 0;
    dataset.GetRasterBand(1)->GetBlockSize(&blockWidth, &blockHeight);
    const int64_t block = std::max(blockHeight, 1);
    const int64_t blocks = std::max<int64_t>(kBytesAtOnce / std::max<int64_t>(bytesPerRow * block, 1), 1);
    return static_cast<int>(std::min<int64_t>(blocks * block, dataset.GetRasterYSize()));
}

/// Decodes the stored samples. The buffer grows with what was decoded, so a header that claims more than the
/// file holds costs no memory.
bool decodeRows(GDALDataset& dataset, const Layout& layout, PixelBuffer& pixels) {
    const auto sampleBytes = static_cast<GSpacing>(bytesPerSample(pixels.type));
    const auto pixelBytes = static_cast<GSpacing>(pixels.bytesPerPixel());
    const GSpacing rowBytes = pixelBytes * layout.storedSize.width;
    std::vector<int> bands;
    for (int band = 1; band <= layout.storedBands; ++band) bands.push_back(band);

    pixels.bytes.reserve(static_cast<size_t>(rowBytes) * layout.storedSize.height);
    const GDALDataType type = dataset.GetRasterBand(1)->GetRasterDataType();
    const int step = rowsAtOnce(dataset, rowBytes);
    for (int row = 0; row < layout.storedSize.height; row += step) {
        const int rows = std::min(step, layout.storedSize.height - row);
        const size_t offset = pixels.bytes.size();
        pixels.bytes.resize(offset + static_cast<size_t>(rowBytes) * rows);
        const CPLErr outcome = dataset.RasterIO(
            GF_Read, 0, row, layout.storedSize.width, rows, &pixels.bytes[offset], layout.storedSize.width,
            rows, type, layout.storedBands, bands.data(), pixelBytes, rowBytes, sampleBytes, nullptr);
        if (outcome != CE_None) return false;
    }
    return true;
}

Result<PixelBuffer> readSamples(GDALDataset& dataset, const Layout& layout, const std::filesystem::path& path,
                                uint64_t maxBytes) {
    const PixelSize size = layout.storedSize;
    const auto tooLarge = [&] {
        return failure(ErrorCode::ImageTooLarge,
                       {utf8(path), std::to_string(size.width), std::to_string(size.height)});
    };
    if (static_cast<uint64_t>(size.area()) > maxBytes / layout.peakBytesPerPixel()) return tooLarge();

    PixelBuffer pixels{size, layout.storedBands, layout.info.type, {}, {}};
    int hasNodata = 0;
    const double nodata = dataset.GetRasterBand(1)->GetNoDataValue(&hasNodata);
    if (hasNodata) pixels.nodata = nodata;

    // A warning counts as well: damage within a JPEG strip of a TIFF is not reported in any other way.
    const GdalMessages messages;
    try {
        const bool decoded = decodeRows(dataset, layout, pixels);
        if (!decoded || !messages.isEmpty()) {
            return unreadable(path, "it cannot be decoded", messages.text());
        }
    } catch (const std::bad_alloc&) {
        return tooLarge();
    }
    return pixels;
}

/// Makes the stored samples what the header promises to callers: colours, the whole range, upright.
void convert(PixelBuffer& pixels, const Layout& layout) {
    const bool isUnsigned = pixels.type == PixelType::UInt8 || pixels.type == PixelType::UInt16;
    if (layout.info.hasPalette) {
        expandPalette(pixels, layout.palette);
    } else if (layout.isCmyk) {
        convertCmykToRgb(pixels);
    } else if (isUnsigned) {
        const bool isNarrow = pixels.type == PixelType::UInt8 && layout.significantBits < 8;
        if (isNarrow) widenToEightBits(pixels, layout.significantBits);
        if (layout.whiteIsZero) invertSamples(pixels);
    }
    applyOrientation(pixels, layout.orientation);
}

}  // namespace

Result<RasterInfo> readRasterInfo(const std::filesystem::path& path) {
    const Result<GDALDatasetUniquePtr> dataset = openImageFile(path);
    if (!dataset) return failure(dataset.error());
    const Result<Layout> layout = layoutOf(**dataset, path);
    if (!layout) return failure(layout.error());
    return layout->info;
}

Result<PixelBuffer> readRaster(const std::filesystem::path& path, uint64_t maxBytes) {
    const Result<GDALDatasetUniquePtr> dataset = openImageFile(path);
    if (!dataset) return failure(dataset.error());
    const Result<Layout> layout = layoutOf(**dataset, path);
    if (!layout) return failure(layout.error());
    Result<PixelBuffer> pixels = readSamples(**dataset, *layout, path, maxBytes);
    if (pixels) convert(*pixels, *layout);
    return pixels;
}

Result<IndexMask> readIndexMask(const std::filesystem::path& path) {
    const Result<GDALDatasetUniquePtr> dataset = openImageFile(path);
    if (!dataset) return failure(dataset.error());
    const Result<Layout> layout = layoutOf(**dataset, path);
    if (!layout) return failure(layout.error());
    if (layout->storedBands != 1 || layout->info.hasAlpha || layout->info.type != PixelType::UInt8) {
        return failure(ErrorCode::LabelsNotIndexed, {utf8(path)});
    }
    Result<PixelBuffer> pixels = readSamples(**dataset, *layout, path, kMaxMaskBytes);
    if (!pixels) return failure(pixels.error());
    applyOrientation(*pixels, layout->orientation);
    return IndexMask{pixels->size, std::move(pixels->bytes)};
}

}  // namespace finebrush
