#include "core/exporters/polygon_exporter.h"

#include "core/base/files.h"
#include "core/exporters/label_regions.h"
#include "core/exporters/placed_mask.h"
#include "core/image/raster/gdal_environment.h"
#include "core/image/raster/gdal_memory_file.h"

#include <gdal_alg.h>
#include <gdal_priv.h>

#include <algorithm>
#include <cpl_string.h>
#include <memory>
#include <ogrsf_frmts.h>

namespace finebrush {

namespace {

constexpr const char* kClassColumn = "class";
constexpr const char* kValueColumn = "value";

bool addColumn(OGRLayer& layer, const char* name, OGRFieldType type) {
    OGRFieldDefn column(name, type);
    return layer.CreateField(&column) == OGRERR_NONE;
}

/// GDAL's question whether to go on.
int goesOn(double /*fraction*/, const char* /*message*/, void* stop) {
    return static_cast<const std::stop_token*>(stop)->stop_requested() ? FALSE : TRUE;
}

/// The outlines with their values, in memory; null where GDAL cannot, or is asked to stop.
GDALDatasetUniquePtr outlinesOf(GDALDataset& mask, std::stop_token stop) {
    GDALRasterBand& band = *mask.GetRasterBand(1);
    band.SetNoDataValue(kUnlabelled);
    GDALDriver& driver = *GetGDALDriverManager()->GetDriverByName("Memory");
    GDALDatasetUniquePtr outlines(driver.Create("", 0, 0, 0, GDT_Unknown, nullptr));
    OGRLayer* layer = outlines ? outlines->CreateLayer("outlines", nullptr, wkbPolygon, nullptr) : nullptr;
    if (!layer || !addColumn(*layer, kValueColumn, OFTInteger)) return nullptr;
    const CPLErr drawn =
        GDALPolygonize(GDALRasterBand::ToHandle(&band), GDALRasterBand::ToHandle(band.GetMaskBand()),
                       OGRLayer::ToHandle(layer), 0, nullptr, goesOn, &stop);
    return drawn == CE_None ? std::move(outlines) : nullptr;
}

/// False where a polygon cannot be written, or it is asked to stop.
bool copyOutlines(OGRLayer& outlines, const ClassTable& classes, OGRLayer& target,
                  const std::stop_token& stop) {
    for (const OGRFeatureUniquePtr& outline : outlines) {
        if (stop.stop_requested()) return false;
        const int value = outline->GetFieldAsInteger(0);
        const LabelClass* known = classes.findValue(static_cast<uint8_t>(value));
        OGRFeature feature(target.GetLayerDefn());
        feature.SetField(kClassColumn, known ? known->name.c_str() : "");
        feature.SetField(kValueColumn, value);
        if (feature.SetGeometryDirectly(outline->StealGeometry()) != OGRERR_NONE) return false;
        if (target.CreateFeature(&feature) != OGRERR_NONE) return false;
    }
    return true;
}

/// GDAL's own driver, and how it is asked to write.
struct Writer {
    const char* driver;
    const char* ending;
    CPLStringList options;
};

Writer writerOf(PolygonFormat format, bool isPlaced) {
    if (format == PolygonFormat::GeoPackage) return {"GPKG", ".gpkg", {}};
    Writer writer{"GeoJSON", ".geojson", {}};
    if (isPlaced) writer.options.SetNameValue("RFC7946", "YES");
    writer.options.SetNameValue("COORDINATE_PRECISION", "9");  // a tenth of a millimetre
    return writer;
}

}  // namespace

std::string polygonFileName(const std::string& stem, PolygonFormat format) {
    return stem + writerOf(format, false).ending;
}

Result<bool> exportPolygons(const std::filesystem::path& file, PolygonFormat format,
                            const std::filesystem::path& raster, const LabelMap& labels,
                            const ClassTable& classes, const InputFiles& inputs,
                            const std::stop_token& stop) {
    const Result<void> known = requireKnownClasses(labels, classes, raster);
    if (!known) return failure(known.error());
    prepareVectorDrivers();
    const Result<GDALDatasetUniquePtr> placed = placedMask(labels, raster);
    if (!placed) return failure(placed.error());
    const auto refusal = [&](const GdalMessages& messages) -> Result<bool> {
        if (stop.stop_requested()) return false;
        return failure(ErrorCode::PolygonsNotPlaced, {utf8(raster)}, messages.text());
    };
    const GdalMessages messages;
    const GDALDatasetUniquePtr outlines = outlinesOf(**placed, stop);
    if (!outlines) return refusal(messages);
    const OGRSpatialReference* system = (*placed)->GetSpatialRef();
    Writer writer = writerOf(format, system != nullptr);
    const MemoryFile memory(writer.ending);
    {
        GDALDriver& driver = *GetGDALDriverManager()->GetDriverByName(writer.driver);
        const GDALDatasetUniquePtr document(driver.Create(memory.name(), 0, 0, 0, GDT_Unknown, nullptr));
        OGRLayer* layer = document ? document->CreateLayer("labels", const_cast<OGRSpatialReference*>(system),
                                                           wkbPolygon, writer.options.List())
                                   : nullptr;
        if (!layer || !addColumn(*layer, kClassColumn, OFTString) ||
            !addColumn(*layer, kValueColumn, OFTInteger) ||
            !copyOutlines(*outlines->GetLayer(0), classes, *layer, stop))
            return refusal(messages);
    }
    const std::vector<uint8_t> bytes = memory.bytes();
    if (bytes.empty()) return refusal(messages);
    return writeExport(file, bytes, inputs, stop);
}

}  // namespace finebrush
