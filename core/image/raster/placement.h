#pragma once

#include <gdal_priv.h>

#include <array>
#include <filesystem>
#include <optional>

namespace finebrush {

/// Where the pixels of a raster lie on a map.
struct Placement {
    std::array<double, 6> mapFromImage{};  ///< GDAL's: x = a0 + a1 · column + a2 · row, y = a3 + ...
    std::optional<OGRSpatialReference> crs;
};

/// What the file says, by a transform or by ground control points that lie on one; else what a world file
/// beside it says (".tfw", ".jgw", ".wld" ...), and for its reference system a ".prj". Nothing for a file
/// whose pixels EXIF turns: they are no longer those that were placed. Blocks; any thread.
std::optional<Placement> placementOf(GDALDataset& dataset, const std::filesystem::path& file);

}  // namespace finebrush
