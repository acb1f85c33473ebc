#include "core/exporters/geotiff_exporter.h"

#include "core/base/files.h"
#include "core/exporters/placed_mask.h"
#include "core/image/gdal_environment.h"
#include "core/image/gdal_memory_file.h"
#include "core/image/raster_reader.h"

#include <gdal_priv.h>

#include <cpl_string.h>

namespace finebrush {

namespace {

void describeClasses(GDALDataset& dataset, const ClassTable& classes) {
    GDALColorTable colours;
    const GDALColorEntry black{0, 0, 0, 255};
    for (int value = 0; value <= kUnlabelled; ++value) colours.SetColorEntry(value, &black);
    for (const LabelClass& entry : classes.classes()) {
        const GDALColorEntry colour{entry.colour.red, entry.colour.green, entry.colour.blue, 255};
        colours.SetColorEntry(entry.value, &colour);
        dataset.SetMetadataItem(("CLASS_" + std::to_string(entry.value)).c_str(), entry.name.c_str());
    }
    dataset.GetRasterBand(1)->SetColorTable(&colours);
    dataset.GetRasterBand(1)->SetNoDataValue(kUnlabelled);
}

Result<std::vector<uint8_t>> encode(GDALDataset& mask, const ClassTable& classes) {
    describeClasses(mask, classes);
    CPLStringList options;
    options.SetNameValue("COMPRESS", "DEFLATE");
    options.SetNameValue("TILED", "YES");
    options.SetNameValue("BIGTIFF", "IF_SAFER");
    const MemoryFile memory(".tif");
    const GdalMessages messages;
    GDALDriver& driver = *GetGDALDriverManager()->GetDriverByName("GTiff");
    GDALDatasetUniquePtr(driver.CreateCopy(memory.name(), &mask, FALSE, options.List(), nullptr, nullptr));
    std::vector<uint8_t> bytes = memory.bytes();
    if (bytes.empty() || !messages.isEmpty())
        return failure(ErrorCode::Internal, {"the GeoTIFF could not be encoded"}, messages.text());
    return bytes;
}

}  // namespace

std::string geoTiffFileName(const std::string& stem) {
    return stem + "_mask.tif";
}

Result<void> exportGeoTiff(const std::filesystem::path& file, const std::filesystem::path& raster,
                           const IndexMask& mask, const ClassTable& classes, const InputFiles& inputs) {
    const Result<GDALDatasetUniquePtr> placed = placedMask(mask, raster);
    if (!placed) return failure(placed.error());
    const Result<std::vector<uint8_t>> bytes = encode(**placed, classes);
    if (!bytes) return failure(bytes.error());
    return writeExport(file, *bytes, inputs, [&] {
        const Result<IndexMask> read = readIndexMask(file);
        return read && *read == mask;
    });
}

}  // namespace finebrush
