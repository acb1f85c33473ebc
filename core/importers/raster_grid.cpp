#include "core/importers/raster_grid.h"

#include "core/image/raster/image_file.h"
#include "core/image/raster/placement.h"

#include <gdal_priv.h>

#include <algorithm>
#include <cmath>
#include <ogr_spatialref.h>

namespace finebrush {

namespace {

constexpr double kTolerance = 0.01;  // px

}  // namespace

std::optional<RasterGrid> gridOf(const std::filesystem::path& file) {
    const Result<GDALDatasetUniquePtr> dataset = openImageFile(file);
    if (!dataset) return std::nullopt;
    const std::optional<Placement> placement = placementOf(**dataset, file);
    if (!placement) return std::nullopt;
    RasterGrid grid{placement->mapFromImage, {}};
    char* projection = nullptr;
    if (placement->crs && placement->crs->exportToWkt(&projection) == OGRERR_NONE)
        grid.projection = projection;
    CPLFree(projection);
    return grid;
}

bool isSameGrid(const RasterGrid& first, const RasterGrid& second) {
    const double step = std::max(std::abs(first.geoTransform[1]), std::abs(first.geoTransform[2]));
    if (step == 0) return first.geoTransform == second.geoTransform;
    for (size_t i = 0; i < first.geoTransform.size(); ++i) {
        // A step counts as often as there are pixels: over ten thousand of them.
        const double allowed = i % 3 == 0 ? kTolerance * step : kTolerance * step / 10000;
        if (std::abs(first.geoTransform[i] - second.geoTransform[i]) > allowed) return false;
    }
    if (first.projection.empty() || second.projection.empty()) return true;
    const OGRSpatialReference ours(first.projection.c_str()), theirs(second.projection.c_str());
    return ours.IsSame(&theirs) != 0;
}

}  // namespace finebrush
