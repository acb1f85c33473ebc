#pragma once

#include "core/base/geometry.h"

#include <array>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

class OGRCoordinateTransformation;

namespace finebrush {

/// Where the pixels of a raster lie on the earth.
class Georeference {
  public:
    /// A point of the map, and where that is known in degrees on WGS 84.
    struct Place {
        double x = 0;  ///< to the east, mostly
        double y = 0;
        struct Degrees {
            double longitude = 0;
            double latitude = 0;
        };
        std::optional<Degrees> degrees;
    };

    /// Nothing for a file that is no raster, or one without an affine georeference (`placementOf`). Blocks;
    /// any thread. Uses no network.
    static std::shared_ptr<const Georeference> read(const std::filesystem::path& file);
    ~Georeference();

    /// The name of the map's reference system ("WGS 84 / UTM zone 22N"); empty where the file names none.
    const std::string& crsName() const { return crsName_; }
    /// "metre", "degree"; empty where it is not known.
    const std::string& unit() const { return unit_; }
    /// Quick; any thread.
    Place placeOf(PointInImage point) const;
    /// The point of the image at a place of the map; nothing where the pixels of the raster are no area.
    std::optional<PointInImage> imageFromMap(double x, double y) const;
    /// The point of the image at a place in degrees on WGS 84; nothing where that cannot be known. Quick; any
    /// thread.
    std::optional<PointInImage> imageFromDegrees(const Place::Degrees& degrees) const;
    /// How far it is on the ground from a point of the image to the pixel on its right, and to the one below,
    /// in m. Nothing where the reference system is not known. Quick; any thread.
    std::optional<std::array<double, 2>> metresPerPixel(PointInImage point) const;
    /// How long the straight line of the image between two of its points is on the ground, in m. Nothing
    /// where the reference system is not known. Quick; any thread.
    std::optional<double> metresAlong(PointInImage from, PointInImage to) const;
    /// The area of a pixel in the plane of a projected map, in m². Nothing for other maps: there it is not
    /// the same everywhere, or not known.
    std::optional<double> squareMetresPerPixel() const;

  private:
    Georeference() = default;

    std::array<double, 6> mapFromImage_{};  ///< GDAL's: x = a0 + a1 · column + a2 · row, y = a3 + ...
    std::string crsName_;
    std::string unit_;
    std::optional<double> metresPerUnit_;                     ///< of a projected map
    mutable std::mutex mutex_;                                ///< PROJ's objects are for one thread at a time
    std::unique_ptr<OGRCoordinateTransformation> toDegrees_;  ///< may be null
    std::unique_ptr<OGRCoordinateTransformation> fromDegrees_;  ///< may be null
};

}  // namespace finebrush
