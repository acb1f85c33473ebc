#include "core/importers/class_raster.h"

#include "core/image/raster/image_file.h"
#include "core/image/raster/raster_reader.h"
#include "core/importers/class_values.h"
#include "core/importers/import_errors.h"
#include "core/importers/raster_grid.h"

#include <gdal_priv.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace finebrush {

namespace {

/// A mask of black and white, which others write for background and foreground.
bool isBlackAndWhite(const std::array<bool, 256>& present) {
    return present[0] && present[kUnlabelled] && std::count(present.begin(), present.end(), true) == 2;
}

/// The colours of a file's palette, by value.
std::vector<Colour> coloursOf(const std::filesystem::path& file) {
    std::vector<Colour> colours;
    const Result<GDALDatasetUniquePtr> dataset = openImageFile(file);
    if (!dataset) return colours;
    for (const auto& [red, green, blue, opacity] : paletteOf(*(*dataset)->GetRasterBand(1))) {
        colours.push_back({red, green, blue});
    }
    return colours;
}

/// The number that a TIFF calls no data.
std::optional<double> noDataOf(const std::filesystem::path& file) {
    const Result<GDALDatasetUniquePtr> dataset = openImageFile(file);
    int isGiven = 0;
    const double number = dataset ? (*dataset)->GetRasterBand(1)->GetNoDataValue(&isGiven) : 0;
    return isGiven ? std::optional(number) : std::nullopt;
}

Result<IndexMask> readNumbers(const std::filesystem::path& file, const RasterInfo& info) {
    if (info.type != PixelType::UInt8) {
        const Result<PixelBuffer> pixels = readRaster(file);
        if (!pixels) return failure(pixels.error());
        return classValues(*pixels, file);
    }
    Result<PixelBuffer> pixels = readIndices(file);
    if (!pixels) return failure(pixels.error());
    IndexMask mask{pixels->size, std::move(pixels->bytes)};
    const auto noData = info.format == "GTiff" ? noDataOf(file) : std::nullopt;
    // First, since what the file leaves out is no white.
    if (!info.hasPalette && noData != kUnlabelled && isBlackAndWhite(valuesIn(mask)))
        std::ranges::replace(mask.values, kUnlabelled, uint8_t{1});
    if (noData && *noData >= 0 && *noData < kUnlabelled)
        std::ranges::replace(mask.values, static_cast<uint8_t>(*noData), kUnlabelled);
    fillHidden(pixels->hidden, kUnlabelled, mask.values);
    return mask;
}

Result<void> requireSameGrid(const std::filesystem::path& file, const ImportTarget& target) {
    if (target.address.slice) return {};
    const auto labels = gridOf(file), image = gridOf(target.address.file);
    if (labels && image && !isSameGrid(*labels, *image))
        return otherGrid(file, "they are of another place, scale or projection");
    return {};
}

}  // namespace

bool isClassRaster(const std::filesystem::path& file) {
    const Result<RasterInfo> info = readRasterInfo(file);
    return info || info.error().code != ErrorCode::ImageFormatUnknown;
}

Result<ImportedLabels> readClassRaster(const std::filesystem::path& file, const ImportTarget& target,
                                       size_t place) {
    const Result<RasterInfo> info = readRasterInfo(file);
    if (!info) return failure(info.error());
    if (info->format == "JPEG" || info->format == "JP2OpenJPEG")
        return failure(ErrorCode::LabelsLossy, {utf8(file), info->format == "JPEG" ? "JPEG" : "JPEG 2000"});
    const bool isWidePalette = info->hasPalette && info->type != PixelType::UInt8;
    if (info->bands != 1 || info->hasAlpha || isWidePalette)
        return failure(ErrorCode::LabelsNotIndexed, {utf8(file)});
    if (info->size != target.size) return otherSize(file, info->size, target.size);
    Result<void> grid = requireSameGrid(file, target);
    if (!grid) return failure(grid.error());
    Result<IndexMask> mask = readNumbers(file, *info);
    if (!mask) return failure(mask.error());

    if (valuesIn(*mask)[kUnlabelled - 1])
        return failure(ErrorCode::LabelsValueOutOfRange, {utf8(file), std::to_string(kUnlabelled - 1)});
    ImportedLabels labels{place, LabelMap::fromMask(*mask), namelessClasses(*mask)};
    const std::vector<Colour> colours = info->hasPalette ? coloursOf(file) : std::vector<Colour>();
    for (ImportedClass& entry : labels.classes) {
        if (entry.value < colours.size()) entry.colour = colours[entry.value];
    }
    return labels;
}

}  // namespace finebrush
