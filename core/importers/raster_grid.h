#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>

namespace finebrush {

/// Where the pixels of a georeferenced image lie on the earth.
struct RasterGrid {
    std::array<double, 6> geoTransform{};  ///< GDAL's: origin, steps along x and y
    std::string projection;                ///< WKT; empty where it is not known
};

/// As `placementOf`; nothing for an image that cannot be read. Blocks.
std::optional<RasterGrid> gridOf(const std::filesystem::path& file);

/// True where pixels of both lie at the same places, to a hundredth of a pixel.
bool isSameGrid(const RasterGrid& first, const RasterGrid& second);

}  // namespace finebrush
