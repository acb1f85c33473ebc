#include "core/image/georeference.h"

#include "core/image/gdal_environment.h"
#include "core/image/image_file.h"

#include <gdal_priv.h>

#include <cmath>
#include <ogr_spatialref.h>
#include <string_view>

namespace finebrush {

namespace {

/// Where the EXIF orientation turns the pixels, columns and rows are no longer those of the file.
bool isTurned(GDALDataset& dataset) {
    const char* orientation = dataset.GetMetadataItem("EXIF_Orientation");
    return orientation && std::string_view(orientation) != "1";
}

std::unique_ptr<OGRCoordinateTransformation> toDegreesFrom(const OGRSpatialReference& crs) {
    OGRSpatialReference from(crs), degrees;
    if (degrees.SetWellKnownGeogCS("WGS84") != OGRERR_NONE) return nullptr;
    from.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    degrees.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    return std::unique_ptr<OGRCoordinateTransformation>(OGRCreateCoordinateTransformation(&from, &degrees));
}

}  // namespace

Georeference::~Georeference() = default;

std::shared_ptr<const Georeference> Georeference::read(const std::filesystem::path& file) {
    const Result<GDALDatasetUniquePtr> dataset = openImageFile(file);
    if (!dataset) return nullptr;
    const GdalMessages messages;  // what is wrong with a georeference leaves the image as it is
    std::shared_ptr<Georeference> reference(new Georeference);
    if ((*dataset)->GetGeoTransform(reference->mapFromImage_.data()) != CE_None || isTurned(**dataset))
        return nullptr;
    const OGRSpatialReference* crs = (*dataset)->GetSpatialRef();
    if (!crs || crs->IsLocal()) return reference;
    if (const char* name = crs->GetName()) reference->crsName_ = name;
    const char* unit = nullptr;
    if (crs->IsGeographic()) {
        crs->GetAngularUnits(&unit);
    } else {
        crs->GetLinearUnits(&unit);
    }
    if (unit) reference->unit_ = unit;
    reference->toDegrees_ = toDegreesFrom(*crs);
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

}  // namespace finebrush
