#include "core/importers/raster_grid.h"

#include "core/image/raster/image_file.h"

#include <gdal_priv.h>

#include <algorithm>
#include <cmath>

namespace finebrush {

namespace {

constexpr double kTolerance = 0.01;  // px

}  // namespace

std::optional<Placement> gridOf(const std::filesystem::path& file) {
    const Result<GDALDatasetUniquePtr> dataset = openImageFile(file);
    return dataset ? placementOf(**dataset, file) : std::nullopt;
}

bool isSameGrid(const Placement& first, const Placement& second) {
    const double step = std::max(std::abs(first.mapFromImage[1]), std::abs(first.mapFromImage[2]));
    if (step == 0) return first.mapFromImage == second.mapFromImage;
    for (size_t i = 0; i < first.mapFromImage.size(); ++i) {
        // A step counts as often as there are pixels: over ten thousand of them.
        const double allowed = i % 3 == 0 ? kTolerance * step : kTolerance * step / 10000;
        if (std::abs(first.mapFromImage[i] - second.mapFromImage[i]) > allowed) return false;
    }
    // A ".prj" and a GeoTIFF hand over their coordinates in other orders, and are of one system all the same.
    constexpr const char* kOptions[] = {"IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", nullptr};
    return !first.crs || !second.crs || first.crs->IsSame(&*second.crs, kOptions) != 0;
}

}  // namespace finebrush
