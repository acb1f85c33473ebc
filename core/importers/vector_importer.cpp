#include "core/importers/vector_importer.h"

#include "core/image/raster/gdal_environment.h"
#include "core/image/raster/image_file.h"
#include "core/importers/import_errors.h"
#include "core/importers/mask_painter.h"
#include "core/importers/raster_grid.h"

#include <gdal_alg.h>
#include <gdal_priv.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <fstream>
#include <memory>
#include <ogrsf_frmts.h>
#include <string>
#include <string_view>
#include <utility>

namespace finebrush {

namespace {

constexpr const char* kDrivers[] = {"GeoJSON", "GPKG", "ESRI Shapefile", nullptr};
constexpr std::string_view kEndings[] = {".geojson", ".gpkg", ".shp"};
constexpr std::string_view kClassColumns[] = {"class",          "label",    "classname", "class_name",
                                              "classification", "category", "name",      "type"};

std::string lowerCase(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char letter) { return std::tolower(letter); });
    return text;
}

/// The column that says the class, or -1.
int classColumn(OGRFeatureDefn& columns) {
    for (const std::string_view wanted : kClassColumns) {
        for (int i = 0; i < columns.GetFieldCount(); ++i) {
            if (lowerCase(columns.GetFieldDefn(i)->GetNameRef()) == wanted) return i;
        }
    }
    return -1;
}

/// The class of a feature; QuPath writes a JSON object with a name.
std::string classOf(const OGRFeature& feature, int column, const std::string& fallback) {
    if (column < 0 || !feature.IsFieldSetAndNotNull(column)) return fallback;
    const std::string text = feature.GetFieldAsString(column);
    const nlohmann::json object = nlohmann::json::parse(text, nullptr, false);
    if (!object.is_object()) return text.empty() ? fallback : text;
    const auto name = object.find("name");
    return name != object.end() && name->is_string() ? name->get<std::string>() : fallback;
}

/// Whether a GeoJSON file names a reference system. One that does not is on WGS 84 by RFC 7946, and yet
/// QuPath and others write pixels so.
bool namesSystem(const std::filesystem::path& file) {
    std::ifstream text(file, std::ios::binary);
    const auto isWanted = [](int depth, nlohmann::json::parse_event_t event, const nlohmann::json& parsed) {
        return event != nlohmann::json::parse_event_t::key || depth != 1 || parsed == "crs";
    };
    const nlohmann::json top = nlohmann::json::parse(text, isWanted, /*allow_exceptions=*/false);
    return top.is_object() && top.contains("crs") && !top.at("crs").is_null();
}

/// The reference system of a layer; null for one that has none on the earth, such as that of pixels.
const OGRSpatialReference* systemOf(OGRLayer& layer) {
    constexpr std::string_view kNone = "Undefined";  // begins the names of what a GeoPackage has for none
    const OGRSpatialReference* system = layer.GetSpatialRef();
    if (!system || system->IsLocal()) return nullptr;
    const char* name = system->GetName();
    return name && std::string_view(name).starts_with(kNone) ? nullptr : system;
}

bool isArea(const OGRGeometry& geometry) {
    return geometry.getDimension() == 2 && !geometry.IsEmpty();
}

/// How a layer's coordinates become those of the image.
class Placement {
  public:
    Placement(const std::filesystem::path& image, PixelSize size)
        : size_(size), grid_(gridOf(image)), isOnMap_(grid_.has_value()) {
        if (!grid_) grid_ = RasterGrid{{0, 1, 0, 0, 0, 1}, {}};
        ours_.importFromWkt(grid_->projection.c_str());
        ours_.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    }

    RasterGrid grid() const { return *grid_; }
    /// False where the image is no map: coordinates can only be its pixels.
    bool isOnMap() const { return isOnMap_; }

    /// False where the layer's system cannot be brought to that of the image.
    bool beginLayer(OGRLayer& layer) {
        transformation_.reset();
        const OGRSpatialReference* theirs = systemOf(layer);
        if (grid_->projection.empty() || !theirs) return true;
        OGRSpatialReference source(*theirs);
        source.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        transformation_.reset(OGRCreateCoordinateTransformation(&source, &ours_));
        return transformation_ != nullptr;
    }

    bool move(OGRGeometry& geometry) const {
        return !transformation_ || geometry.transform(transformation_.get()) == OGRERR_NONE;
    }

    /// True where the box of a geometry that was moved meets the image.
    bool meetsImage(const OGRGeometry& geometry) const {
        OGREnvelope box;
        geometry.getEnvelope(&box);
        std::array<double, 6> pixelFromPlace{};
        std::array<double, 6> transform = grid_->geoTransform;
        if (!GDALInvGeoTransform(transform.data(), pixelFromPlace.data())) return false;
        double left = HUGE_VAL, top = HUGE_VAL, right = -HUGE_VAL, bottom = -HUGE_VAL;
        for (const double x : {box.MinX, box.MaxX}) {
            for (const double y : {box.MinY, box.MaxY}) {
                double column = 0, row = 0;
                GDALApplyGeoTransform(pixelFromPlace.data(), x, y, &column, &row);
                left = std::min(left, column);
                right = std::max(right, column);
                top = std::min(top, row);
                bottom = std::max(bottom, row);
            }
        }
        return left < size_.width && top < size_.height && right > 0 && bottom > 0;
    }

  private:
    PixelSize size_;
    std::optional<RasterGrid> grid_;
    bool isOnMap_;
    OGRSpatialReference ours_;
    std::unique_ptr<OGRCoordinateTransformation> transformation_;
};

/// Areas in the frame of the image, with the values of their classes.
struct Areas {
    std::vector<std::unique_ptr<OGRGeometry>> shapes;
    std::vector<double> values;
    bool anyOutside = false;
};

Result<void> collect(OGRLayer& layer, Placement& placement, const std::filesystem::path& file,
                     MaskPainter& painter, Areas& areas) {
    if (!placement.beginLayer(layer))
        return otherGrid(file, "their projection cannot be brought to that of the image");
    const int column = classColumn(*layer.GetLayerDefn());
    for (const OGRFeatureUniquePtr& feature : layer) {
        const OGRGeometry* found = feature->GetGeometryRef();
        if (!found || !isArea(*found)) continue;
        std::unique_ptr<OGRGeometry> shape(found->clone());
        if (!placement.move(*shape)) return otherGrid(file, "a shape cannot be projected to the image");
        if (!placement.meetsImage(*shape)) {
            areas.anyOutside = true;
            continue;
        }
        const auto value = painter.valueOf(classOf(*feature, column, layer.GetName()));
        if (!value) return badLabels(file, "it has more than 254 classes");
        shape->assignSpatialReference(nullptr);
        areas.shapes.push_back(std::move(shape));
        areas.values.push_back(*value);
    }
    return {};
}

/// False where GDAL cannot.
bool burn(const Areas& areas, const RasterGrid& grid, IndexMask& mask) {
    GDALDriver* memory = GetGDALDriverManager()->GetDriverByName("MEM");
    const GDALDatasetUniquePtr sheet(
        memory->Create("", mask.size.width, mask.size.height, 1, GDT_Byte, nullptr));
    if (!sheet) return false;
    std::array<double, 6> transform = grid.geoTransform;
    sheet->SetGeoTransform(transform.data());
    GDALRasterBand& band = *sheet->GetRasterBand(1);
    band.Fill(kUnlabelled);
    std::vector<OGRGeometryH> shapes;
    for (const auto& shape : areas.shapes) shapes.push_back(OGRGeometry::ToHandle(shape.get()));
    const int bands[] = {1};
    std::vector<double> values = areas.values;
    const CPLErr burnt =
        GDALRasterizeGeometries(GDALDataset::ToHandle(sheet.get()), 1, bands, static_cast<int>(shapes.size()),
                                shapes.data(), nullptr, nullptr, values.data(), nullptr, nullptr, nullptr);
    if (burnt != CE_None) return false;
    mask.values.resize(static_cast<size_t>(mask.size.area()));
    return band.RasterIO(GF_Read, 0, 0, mask.size.width, mask.size.height, mask.values.data(),
                         mask.size.width, mask.size.height, GDT_Byte, 0, 0, nullptr) == CE_None;
}

}  // namespace

bool hasVectorEnding(const std::filesystem::path& file) {
    const std::string ending = lowerCase(file.extension().string());
    return std::ranges::find(kEndings, ending) != std::end(kEndings);
}

Result<ImportedLabels> importVectors(const std::filesystem::path& file, const ImportTarget& target,
                                     size_t place) {
    prepareVectorDrivers();
    const Result<std::filesystem::path> plain = plainFilePath(file);
    if (!plain) return failure(plain.error());
    const GdalMessages messages;
    const GDALDatasetUniquePtr dataset(GDALDataset::Open(
        plain->c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, kDrivers));
    if (!dataset) return badLabels(file, "it is no vector file that can be opened", messages.text());

    Placement placement(target.address.file, target.size);
    MaskPainter painter(target.size);
    Areas areas;
    const bool isGeoJson = std::string_view(dataset->GetDriver()->GetDescription()) == "GeoJSON";
    const bool isInPixels = !placement.isOnMap() && isGeoJson && !namesSystem(*plain);
    for (OGRLayer* layer : dataset->GetLayers()) {
        const OGRSpatialReference* system = systemOf(*layer);
        if (system && !placement.isOnMap() && !isInPixels) {
            return otherGrid(file, std::string("they are on a map (") + system->GetName() +
                                       ") and the image does not say where it lies on one");
        }
        const Result<void> collected = collect(*layer, placement, file, painter, areas);
        if (!collected) return failure(collected.error());
    }
    if (areas.shapes.empty()) {
        if (areas.anyOutside) return otherGrid(file, "all of them lie outside of it");
        return badLabels(file, "it holds no areas", messages.text());
    }
    IndexMask mask{target.size, {}};
    if (!burn(areas, placement.grid(), mask)) return badLabels(file, "they cannot be drawn", messages.text());
    ImportedLabels labels = painter.take(place);
    labels.labels = LabelMap::fromMask(mask);
    return labels;
}

}  // namespace finebrush
