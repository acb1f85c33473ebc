#include "core/image/georeference.h"

#include "core/image/raster/gdal_environment.h"
#include "core/image/raster/image_file.h"
#include "core/image/raster/placement.h"

#include <gdal_priv.h>

#include <cmath>
#include <ogr_spatialref.h>

namespace finebrush {

namespace {

std::unique_ptr<OGRCoordinateTransformation> toDegreesFrom(const OGRSpatialReference& crs) {
    OGRSpatialReference from(crs), degrees;
    if (degrees.SetWellKnownGeogCS("WGS84") != OGRERR_NONE) return nullptr;
    from.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    degrees.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    return std::unique_ptr<OGRCoordinateTransformation>(OGRCreateCoordinateTransformation(&from, &degrees));
}

/// The way between two near places on WGS 84, by the radii of curvature between them (Snyder 1987, eq. 4-18
/// and 4-20), in m.
double metresBetween(const Georeference::Place::Degrees& one, const Georeference::Place::Degrees& other) {
    constexpr double kEquator = 6378137.0;
    constexpr double kEccentricity2 = 6.69437999014e-3;
    constexpr double kRadian = M_PI / 180;
    const double latitude = (one.latitude + other.latitude) / 2 * kRadian;
    const double curvature = 1 - kEccentricity2 * std::sin(latitude) * std::sin(latitude);
    const double alongMeridian = kEquator * (1 - kEccentricity2) / std::pow(curvature, 1.5);
    const double acrossMeridian = kEquator / std::sqrt(curvature) * std::cos(latitude);
    return std::hypot((other.latitude - one.latitude) * kRadian * alongMeridian,
                      std::remainder(other.longitude - one.longitude, 360.0) * kRadian * acrossMeridian);
}

}  // namespace

Georeference::~Georeference() = default;

std::shared_ptr<const Georeference> Georeference::read(const std::filesystem::path& file) {
    const Result<GDALDatasetUniquePtr> dataset = openImageFile(file);
    if (!dataset) return nullptr;
    const std::optional<Placement> placement = placementOf(**dataset, file);
    if (!placement) return nullptr;
    const GdalMessages ignored;
    std::shared_ptr<Georeference> reference(new Georeference);
    reference->mapFromImage_ = placement->mapFromImage;
    const std::optional<OGRSpatialReference>& crs = placement->crs;
    if (!crs || crs->IsLocal()) return reference;
    if (const char* name = crs->GetName()) reference->crsName_ = name;
    const char* unit = nullptr;
    if (crs->IsGeographic()) {
        crs->GetAngularUnits(&unit);
    } else {
        const double metres = crs->GetLinearUnits(&unit);
        if (crs->IsProjected()) reference->metresPerUnit_ = metres;
    }
    if (unit) reference->unit_ = unit;
    reference->toDegrees_ = toDegreesFrom(*crs);
    if (reference->toDegrees_) reference->fromDegrees_.reset(reference->toDegrees_->GetInverse());
    return reference;
}

Georeference::Place Georeference::placeOf(PointInImage point) const {
    const auto& a = mapFromImage_;
    Place place{a[0] + a[1] * point.x + a[2] * point.y, a[3] + a[4] * point.x + a[5] * point.y, {}};
    if (!toDegrees_) return place;
    double longitude = place.x, latitude = place.y;
    const std::lock_guard lock(mutex_);
    const GdalMessages messages;
    const bool isKnown = toDegrees_->Transform(1, &longitude, &latitude) && std::isfinite(longitude) &&
                         std::isfinite(latitude);
    if (isKnown) place.degrees = {longitude, latitude};
    return place;
}

std::optional<PointInImage> Georeference::imageFromMap(double x, double y) const {
    const auto& a = mapFromImage_;
    const double area = a[1] * a[5] - a[2] * a[4];
    const double east = x - a[0];
    const double north = y - a[3];
    const PointInImage point{(a[5] * east - a[2] * north) / area, (a[1] * north - a[4] * east) / area};
    const bool isKnown = std::isfinite(point.x) && std::isfinite(point.y);
    return isKnown ? std::optional(point) : std::nullopt;
}

std::optional<PointInImage> Georeference::imageFromDegrees(const Place::Degrees& degrees) const {
    if (!fromDegrees_) return std::nullopt;
    double x = degrees.longitude, y = degrees.latitude;
    {
        const std::lock_guard lock(mutex_);
        const GdalMessages messages;
        if (!fromDegrees_->Transform(1, &x, &y)) return std::nullopt;
    }
    return std::isfinite(x) && std::isfinite(y) ? imageFromMap(x, y) : std::nullopt;
}

std::optional<std::array<double, 2>> Georeference::metresPerPixel(PointInImage point) const {
    // Over some pixels, since degrees are not that exact.
    constexpr double kPixels = 16;
    const Place here = placeOf(point);
    const Place right = placeOf({point.x + kPixels, point.y});
    const Place below = placeOf({point.x, point.y + kPixels});
    if (here.degrees && right.degrees && below.degrees) {
        return std::array{metresBetween(*here.degrees, *right.degrees) / kPixels,
                          metresBetween(*here.degrees, *below.degrees) / kPixels};
    }
    if (unit_ != "metre") return std::nullopt;
    return std::array{std::hypot(mapFromImage_[1], mapFromImage_[4]),
                      std::hypot(mapFromImage_[2], mapFromImage_[5])};
}

std::optional<double> Georeference::metresAlong(PointInImage from, PointInImage to) const {
    // The radii of curvature hold for near places alone.
    constexpr int kParts = 64;
    double metres = 0;
    std::optional<Place::Degrees> last = placeOf(from).degrees;
    for (int i = 1; last && i <= kParts; ++i) {
        const double part = double(i) / kParts;
        const std::optional<Place::Degrees> next =
            placeOf({from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part}).degrees;
        if (next) metres += metresBetween(*last, *next);
        last = next;
    }
    if (last) return metres;
    if (unit_ != "metre") return std::nullopt;
    const Place start = placeOf(from), end = placeOf(to);
    return std::hypot(end.x - start.x, end.y - start.y);
}

std::optional<double> Georeference::squareMetresPerPixel() const {
    if (!metresPerUnit_) return std::nullopt;
    const auto& a = mapFromImage_;
    return std::abs(a[1] * a[5] - a[2] * a[4]) * *metresPerUnit_ * *metresPerUnit_;
}

}  // namespace finebrush
