#include "core/image/raster/raster_layout.h"

#include "core/base/text.h"
#include "core/image/image_errors.h"
#include "core/image/raster/band_names.h"
#include "core/image/raster/gdal_environment.h"
#include "core/image/raster/image_file.h"
#include "core/image/raster/raw_samples.h"
#include "core/image/raster/sample_conversion.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <numeric>
#include <string_view>
#include <utility>

namespace finebrush {

namespace {

/// Sensors have hundreds of bands, spectrometers a few thousand. GDAL takes them one by one out of blocks
/// that hold all of them, which takes half a minute for 65535.
constexpr int kMostBands = 8192;

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
        case GDT_Int64:
            return PixelType::Int64;
        case GDT_UInt64:
            return PixelType::UInt64;
        default:
            return std::nullopt;
    }
}

/// What GDAL turns samples into.
GDALDataType bufferTypeOf(GDALRasterBand& band, const RasterLayout& layout) {
    return layout.isSignedByte ? GDT_Int16 : band.GetRasterDataType();
}

/// GDAL 3.6 reads them as unsigned.
void makeSigned(uint8_t* samples, size_t count) {
    for (size_t i = 0; i < count; ++i, samples += sizeof(int16_t)) {
        int16_t value;
        std::memcpy(&value, samples, sizeof value);
        value = static_cast<int8_t>(value);
        std::memcpy(samples, &value, sizeof value);
    }
}

/// The band that is 0 where pixels are hidden. In a pyramid it is the last one, as alpha is in a file.
GDALRasterBand& maskBandOf(GDALDataset& dataset, const RasterLayout& layout) {
    const int bands = dataset.GetRasterCount();
    return bands > layout.storedBands ? *dataset.GetRasterBand(bands)
                                      : *dataset.GetRasterBand(1)->GetMaskBand();
}

std::string structureItem(GDALMajorObject& object, const char* key) {
    const char* value = object.GetMetadataItem(key, "IMAGE_STRUCTURE");
    return value ? value : "";
}

/// The double that means a whole number to `isNodata`; nothing where it means another one.
template <typename Whole>
std::optional<double> nodataOfWhole(Whole value) {
    const auto nearest = static_cast<double>(value);
    return isNodata(value, nearest) ? std::optional(nearest) : std::nullopt;
}

/// The value of the file, or nothing.
std::optional<double> storedNodata(GDALRasterBand& band) {
    int hasValue = 0;
    std::optional<double> value;
    if (band.GetRasterDataType() == GDT_Int64) {
        value = nodataOfWhole(band.GetNoDataValueAsInt64(&hasValue));
    } else if (band.GetRasterDataType() == GDT_UInt64) {
        value = nodataOfWhole(band.GetNoDataValueAsUInt64(&hasValue));
    } else {
        value = band.GetNoDataValue(&hasValue);
    }
    return hasValue ? value : std::nullopt;
}

/// What `convertStored` makes of a pixel that holds it; nothing where that may be the colour of others.
std::optional<double> nodataAfterConversion(GDALRasterBand& band, const RasterLayout& layout) {
    std::optional<double> nodata = storedNodata(band);
    if (!nodata || layout.info.hasPalette || layout.isCmyk) return std::nullopt;
    const bool isByte = layout.info.type == PixelType::UInt8;
    if (!isByte && layout.info.type != PixelType::UInt16) return nodata;
    if (isByte && layout.significantBits < 8) {
        const int highest = (1 << layout.significantBits) - 1;
        *nodata = std::floor(*nodata * 255 / highest);
    }
    return layout.whiteIsZero ? (isByte ? 255 : 65535) - *nodata : *nodata;
}

/// GDAL lists the pages of a TIFF that has several, a name and a description of each.
int pictureCount(GDALDataset& dataset) {
    const int entries = CSLCount(dataset.GetMetadata("SUBDATASETS"));
    return std::max(1, entries / 2);
}

/// Nothing where the file names no band.
std::vector<std::string> bandNamesOf(GDALDataset& dataset, int bands) {
    std::vector<std::string> names;
    for (int band = 1; band <= bands; ++band)
        names.emplace_back(dataset.GetRasterBand(band)->GetDescription());
    if (std::ranges::all_of(names, &std::string::empty)) names.clear();
    return names;
}

/// The bands that the file says are red, green and blue.
std::optional<std::array<int, 3>> interpretedColours(GDALDataset& dataset, int bands) {
    constexpr std::array kColours = {GCI_RedBand, GCI_GreenBand, GCI_BlueBand};
    std::array<int, 3> found = {-1, -1, -1};
    for (int band = bands; band > 0; --band) {
        const auto colour =
            std::ranges::find(kColours, dataset.GetRasterBand(band)->GetColorInterpretation());
        if (colour != kColours.end()) found[static_cast<size_t>(colour - kColours.begin())] = band - 1;
    }
    return std::ranges::count(found, -1) == 0 ? std::optional(found) : std::nullopt;
}

}  // namespace

int exifOrientationOf(GDALDataset& dataset) {
    if (std::string_view(dataset.GetDriverName()) != "JPEG") return 1;
    const GdalMessages ignored;  // an EXIF block may be odd without any harm to the picture
    const char* value = dataset.GetMetadataItem("EXIF_Orientation");
    return value ? std::atoi(value) : 1;
}

Result<RasterLayout> layoutOf(GDALDataset& dataset, const std::filesystem::path& path) {
    GDALRasterBand& first = *dataset.GetRasterBand(1);
    RasterLayout layout;
    layout.isSignedByte = structureItem(first, "PIXELTYPE") == "SIGNEDBYTE";
    const std::optional<PixelType> type =
        layout.isSignedByte ? PixelType::Int16 : pixelTypeOf(first.GetRasterDataType());
    if (!type) {
        return unsupported(path,
                           std::string("pixels of type ") + GDALGetDataTypeName(first.GetRasterDataType()));
    }
    const int fileBands = dataset.GetRasterCount();
    if (fileBands > kMostBands)
        return unsupported(path,
                           formatted("%d bands, where %d are the most that are read", fileBands, kMostBands));
    layout.storedSize = {dataset.GetRasterXSize(), dataset.GetRasterYSize()};
    layout.info.type = *type;
    layout.info.format = dataset.GetDriverName();
    layout.info.hasAlpha =
        fileBands > 1 && dataset.GetRasterBand(fileBands)->GetColorInterpretation() == GCI_AlphaBand;
    layout.storedBands = fileBands - (layout.info.hasAlpha ? 1 : 0);
    layout.isCmyk = layout.storedBands == 4 && *type == PixelType::UInt8 &&
                    first.GetColorInterpretation() == GCI_CyanBand;
    layout.info.hasMask = layout.info.hasAlpha || (first.GetMaskFlags() & GMF_PER_DATASET) != 0;
    layout.info.bands = layout.isCmyk ? 3 : layout.storedBands;

    // Where white is zero GDAL makes up a palette of greys; inverting keeps the single band and its depth.
    layout.whiteIsZero = structureItem(dataset, "MINISWHITE") == "YES";
    const bool mayBeIndices = *type == PixelType::UInt8 || *type == PixelType::UInt16;
    if (layout.storedBands == 1 && mayBeIndices && !layout.whiteIsZero) layout.palette = paletteOf(first);
    layout.info.hasPalette = !layout.palette.empty();

    const std::string bits = structureItem(first, "NBITS");
    layout.significantBits =
        bits.empty() ? static_cast<int>(bytesPerSample(*type)) * 8 : std::atoi(bits.c_str());
    layout.info.nodata = nodataAfterConversion(first, layout);
    if (const std::optional<double> hidden = storedNodata(first); hidden && layout.info.hasPalette) {
        if (*hidden >= 0 && *hidden < static_cast<double>(layout.palette.size()))
            layout.palette[static_cast<size_t>(*hidden)][3] = 0;
    }
    if (!layout.isCmyk && !layout.info.hasPalette) {
        layout.info.bandNames = bandNamesOf(dataset, layout.storedBands);
        layout.info.colourBands = coloursNamed(layout.info.bandNames);
        if (!layout.info.colourBands)
            layout.info.colourBands = interpretedColours(dataset, layout.storedBands);
    }
    layout.info.pictures = pictureCount(dataset);
    layout.orientation = exifOrientationOf(dataset);
    layout.info.size = layout.storedSize;
    if (swapsSides(layout.orientation)) std::swap(layout.info.size.width, layout.info.size.height);
    return layout;
}

bool readStoredSamples(GDALDataset& dataset, const RasterLayout& layout, const RectInImage& window,
                       PixelSize size, uint8_t* out) {
    GDALRasterBand& first = *dataset.GetRasterBand(1);
    const bool hasWrongSign = layout.isSignedByte && first.GetRasterDataType() == GDT_Byte;
    const auto sampleBytes = static_cast<GSpacing>(bytesPerSample(layout.info.type));
    const GSpacing pixelBytes = sampleBytes * layout.storedBands;
    std::vector<int> bands(static_cast<size_t>(layout.storedBands));
    std::iota(bands.begin(), bands.end(), 1);
    GDALRasterIOExtraArg extra;
    INIT_RASTERIO_EXTRA_ARG(extra);
    // GDAL would warn of a nodata value that is no double, as if the file were damaged.
    const bool isLong = layout.info.type == PixelType::Int64 || layout.info.type == PixelType::UInt64;
    if (!layout.hasIndices() && !hasWrongSign && !isLong) extra.eResampleAlg = GRIORA_Average;
    if (dataset.RasterIO(GF_Read, window.x, window.y, window.width, window.height, out, size.width,
                         size.height, bufferTypeOf(first, layout), layout.storedBands, bands.data(),
                         pixelBytes, pixelBytes * size.width, sampleBytes, &extra) != CE_None)
        return false;
    if (hasWrongSign) makeSigned(out, static_cast<size_t>(size.area()) * bands.size());
    return true;
}

bool readHidden(GDALDataset& dataset, const RasterLayout& layout, const RectInImage& window, PixelSize size,
                uint8_t* out) {
    GDALRasterIOExtraArg extra;
    INIT_RASTERIO_EXTRA_ARG(extra);
    extra.eResampleAlg = GRIORA_Average;
    if (maskBandOf(dataset, layout)
            .RasterIO(GF_Read, window.x, window.y, window.width, window.height, out, size.width, size.height,
                      GDT_Byte, 0, 0, &extra) != CE_None)
        return false;
    std::transform(out, out + size.area(), out, [](uint8_t opacity) { return opacity == 0; });
    return true;
}

bool readStoredPixels(GDALDataset& dataset, const RasterLayout& layout, const RectInImage& window,
                      PixelBuffer& out) {
    if (!readStoredSamples(dataset, layout, window, out.size, out.bytes.data())) return false;
    if (!layout.info.hasMask) return true;
    out.hidden.resize(static_cast<size_t>(out.size.area()));
    if (!readHidden(dataset, layout, window, out.size, out.hidden.data())) return false;
    forgetIfNothingIsHidden(out);
    return true;
}

bool isAllHidden(GDALDataset& dataset, const RasterLayout& layout, const RectInImage& window) {
    std::vector<uint8_t> hidden(static_cast<size_t>(window.area()));
    return readHidden(dataset, layout, window, {window.width, window.height}, hidden.data()) &&
           std::ranges::count(hidden, uint8_t{0}) == 0;
}

void convertStored(PixelBuffer& pixels, const RasterLayout& layout) {
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

}  // namespace finebrush
