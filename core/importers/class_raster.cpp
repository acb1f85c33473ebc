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

/// Reads the numbers of a raster, in the memory of what is labelled and a few rows.
class NumberReader {
  public:
    NumberReader(const std::filesystem::path& file, const RasterInfo& info)
        : file_(file),
          info_(info),
          isByte_(info.type == PixelType::UInt8),
          noData_(isByte_ && info.format == "GTiff" ? noDataOf(file) : std::nullopt) {}

    /// Reads all again where its end tells that the numbers mean something else. Errors: as `readNumberRows`,
    /// LabelsValueOutOfRange.
    Result<LabelMap> read() {
        Result<LabelMap> labels = readOnce();
        if (!labels) return labels;
        // What the file leaves out is no white.
        isWhiteAClass_ = isByte_ && !info_.hasPalette && noData_ != kUnlabelled && isBlackAndWhite(present_);
        isMaskUnset_ = isAllHidden_;
        if (isWhiteAClass_ || isMaskUnset_) return readOnce();
        return labels;
    }

  private:
    Result<LabelMap> readOnce() {
        LabelMap labels(info_.size);
        const Result<void> read = readNumberRows(file_, [&](int y, PixelBuffer rows) -> Result<void> {
            isAllHidden_ =
                isAllHidden_ && !rows.hidden.empty() && std::ranges::count(rows.hidden, uint8_t{0}) == 0;
            if (isMaskUnset_) rows.hidden.clear();
            const RectInImage place{0, y, rows.size.width, rows.size.height};
            const bool isOtherFile =
                rows.type != info_.type || !RectInImage::ofSize(info_.size).contains(place);
            if (isOtherFile) return badLabels(file_, "it changed while it was read");
            const Result<IndexMask> mask = isByte_ ? bytesOf(std::move(rows)) : classValues(rows, file_);
            if (!mask) return failure(mask.error());
            labels.write(place, mask->values);
            return {};
        });
        if (!read) return failure(read.error());
        return labels;
    }

    Result<IndexMask> bytesOf(PixelBuffer rows) {
        IndexMask mask{rows.size, std::move(rows.bytes)};
        for (const uint8_t value : mask.values) present_[value] = true;
        if (isWhiteAClass_) std::ranges::replace(mask.values, kUnlabelled, uint8_t{1});
        if (noData_ && *noData_ >= 0 && *noData_ < kUnlabelled)
            std::ranges::replace(mask.values, static_cast<uint8_t>(*noData_), kUnlabelled);
        fillHidden(rows.hidden, kUnlabelled, mask.values);
        return mask;
    }

    const std::filesystem::path& file_;
    const RasterInfo& info_;
    bool isByte_;
    std::optional<double> noData_;
    std::array<bool, 256> present_{};  ///< bytes of the file
    bool isAllHidden_ = true;
    bool isWhiteAClass_ = false;
    bool isMaskUnset_ = false;  ///< it would hide everything
};

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
    Result<LabelMap> numbers = NumberReader(file, *info).read();
    if (!numbers) return failure(numbers.error());

    ImportedLabels labels{place, std::move(*numbers), {}};
    labels.classes = namelessClasses(labels.labels);
    constexpr uint8_t kFirstBeyond = kMaxClasses;
    if (!labels.classes.empty() && labels.classes.back().value == kFirstBeyond)
        return failure(ErrorCode::LabelsValueOutOfRange, {utf8(file), std::to_string(kFirstBeyond)});
    const std::vector<Colour> colours = info->hasPalette ? coloursOf(file) : std::vector<Colour>();
    for (ImportedClass& entry : labels.classes) {
        if (entry.value < colours.size()) entry.colour = colours[entry.value];
    }
    return labels;
}

}  // namespace finebrush
