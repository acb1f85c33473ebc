#include "core/image/raster/image_file.h"

#include "core/base/files.h"
#include "core/base/project_file_name.h"
#include "core/image/image_errors.h"
#include "core/image/raster/gdal_environment.h"
#include "core/image/raster/opening_cost.h"

#include <system_error>
#include <unistd.h>

namespace finebrush {

namespace {

constexpr const char* kDrivers[] = {"GTiff", "PNG", "JPEG", "JP2OpenJPEG", "BMP", nullptr};

}  // namespace

Result<std::filesystem::path> plainFilePath(const std::filesystem::path& path) {
    std::error_code problem;
    const std::filesystem::path canonical = std::filesystem::canonical(path, problem);
    if (problem) return failure(ErrorCode::FileMissing, {utf8(path)});
    const bool isVirtual = canonical.string().starts_with("/vsi");
    if (isVirtual || !std::filesystem::is_regular_file(canonical, problem)) {
        return failure(ErrorCode::NotARegularFile, {utf8(path)});
    }
    if (isProjectFileName(canonical)) return failure(ErrorCode::ImageFormatUnknown, {utf8(path)});
    if (::access(canonical.c_str(), R_OK) != 0) return failure(ErrorCode::FileNotReadable, {utf8(path)});
    return canonical;
}

Result<GDALDatasetUniquePtr> openImageFile(const std::filesystem::path& path) {
    prepareGdal();
    const Result<std::filesystem::path> file = plainFilePath(path);
    if (!file) return failure(file.error());

    const GdalMessages messages;
    if (!GDALIdentifyDriverEx(file->c_str(), GDAL_OF_RASTER, kDrivers, nullptr)) {
        return failure(ErrorCode::ImageFormatUnknown, {utf8(path)});
    }
    if (const Result<void> cheap = requireCheapOpening(path); !cheap) return failure(cheap.error());
    GDALDatasetUniquePtr dataset(GDALDataset::Open(
        file->c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, kDrivers));
    if (!dataset || dataset->GetRasterCount() == 0) {
        return unreadable(path, "it cannot be decoded", messages.text());
    }
    return dataset;
}

std::vector<PaletteColour> paletteOf(GDALRasterBand& band) {
    std::vector<PaletteColour> colours;
    const GDALColorTable* table = band.GetColorTable();
    for (int i = 0; table && i < table->GetColorEntryCount(); ++i) {
        GDALColorEntry entry{};
        table->GetColorEntryAsRGB(i, &entry);
        colours.push_back({static_cast<uint8_t>(entry.c1), static_cast<uint8_t>(entry.c2),
                           static_cast<uint8_t>(entry.c3), static_cast<uint8_t>(entry.c4)});
    }
    return colours;
}

}  // namespace finebrush
