#include "core/exporters/placed_mask.h"

#include "core/base/files.h"
#include "core/exporters/label_rows.h"
#include "core/image/raster/gdal_environment.h"
#include "core/image/raster/image_file.h"
#include "core/image/raster/placement.h"

#include <array>
#include <span>
#include <string>

namespace finebrush {

Result<void> placeOn(const std::filesystem::path& raster, GDALDataset& mask) {
    const Result<GDALDatasetUniquePtr> image = openImageFile(raster);
    if (!image) return failure(image.error());
    std::optional<Placement> placement = placementOf(**image, raster);
    const bool hasPoints = !placement && (*image)->GetGCPCount() > 0;
    if (!placement && !hasPoints) return {};
    const PixelSize size{mask.GetRasterXSize(), mask.GetRasterYSize()};
    const PixelSize rasterSize{(*image)->GetRasterXSize(), (*image)->GetRasterYSize()};
    if (rasterSize != size)
        return failure(ErrorCode::LabelsSizeMismatch, {utf8(raster), toText(size), toText(rasterSize)});
    if (hasPoints) {
        mask.SetGCPs((*image)->GetGCPCount(), (*image)->GetGCPs(), (*image)->GetGCPSpatialRef());
    } else {
        mask.SetGeoTransform(placement->mapFromImage.data());
        if (placement->crs) mask.SetSpatialRef(&*placement->crs);
    }
    if (const char* meaning = (*image)->GetMetadataItem(GDALMD_AREA_OR_POINT))
        mask.SetMetadataItem(GDALMD_AREA_OR_POINT, meaning);
    return {};
}

Result<GDALDatasetUniquePtr> placedMask(const LabelMap& labels, const std::filesystem::path& raster) {
    prepareGdal();
    const auto [width, height] = labels.size();
    GDALDriver& memory = *GetGDALDriverManager()->GetDriverByName("MEM");
    GDALDatasetUniquePtr dataset(memory.Create("", width, height, 1, GDT_Byte, nullptr));
    if (!dataset) return failure(ErrorCode::OutOfMemory, {"this machine"});
    LabelRows rows(labels);
    for (int y = 0; y < height; y += LabelMap::kTileSize) {
        const std::span<const uint8_t> values = rows.from(y);
        const auto count = static_cast<int>(values.size() / static_cast<size_t>(width));
        const CPLErr written =
            dataset->RasterIO(GF_Write, 0, y, width, count, const_cast<uint8_t*>(values.data()), width, count,
                              GDT_Byte, 1, nullptr, 0, 0, 0, nullptr);
        if (written != CE_None) return failure(ErrorCode::OutOfMemory, {"this machine"});
    }
    std::array<double, 6> pixels = {0, 1, 0, 0, 0, 1};
    dataset->SetGeoTransform(pixels.data());
    if (const Result<void> placed = placeOn(raster, *dataset); !placed) return failure(placed.error());
    return dataset;
}

}  // namespace finebrush
