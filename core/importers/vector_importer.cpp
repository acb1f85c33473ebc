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
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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
class LayerPlacement {
  public:
    LayerPlacement(const std::filesystem::path& image, PixelSize size)
        : size_(size), grid_(gridOf(image)), isOnMap_(grid_.has_value()) {
        if (!grid_) grid_ = Placement{{0, 1, 0, 0, 0, 1}, {}};
        isSound_ = GDALInvGeoTransform(grid_->mapFromImage.data(), pixelFromPlace_.data()) != 0;
        if (grid_->crs) ours_ = *grid_->crs;
        ours_.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    }

    /// GDAL's transform from the places of the image to its pixels.
    const std::array<double, 6>& pixelFromPlace() const { return pixelFromPlace_; }
    /// False where the image is no map: coordinates can only be its pixels.
    bool isOnMap() const { return isOnMap_; }

    /// False where the layer's system cannot be brought to that of the image.
    bool beginLayer(OGRLayer& layer) {
        transformation_.reset();
        const OGRSpatialReference* theirs = systemOf(layer);
        if (!grid_->crs || !theirs) return true;
        OGRSpatialReference source(*theirs);
        source.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        transformation_.reset(OGRCreateCoordinateTransformation(&source, &ours_));
        return transformation_ != nullptr;
    }

    bool move(OGRGeometry& geometry) const {
        return !transformation_ || geometry.transform(transformation_.get()) == OGRERR_NONE;
    }

    /// The box of a geometry that was moved, in px; nothing where it does not meet the image.
    std::optional<OGREnvelope> boxInImage(const OGRGeometry& geometry) const {
        if (!isSound_) return std::nullopt;
        OGREnvelope there, box;
        geometry.getEnvelope(&there);
        std::array<double, 6> transform = pixelFromPlace_;
        for (const double x : {there.MinX, there.MaxX}) {
            for (const double y : {there.MinY, there.MaxY}) {
                double column = 0, row = 0;
                GDALApplyGeoTransform(transform.data(), x, y, &column, &row);
                box.Merge(column, row);
            }
        }
        const bool meets = box.MinX < size_.width && box.MinY < size_.height && box.MaxX > 0 && box.MaxY > 0;
        return meets ? std::optional(box) : std::nullopt;
    }

  private:
    PixelSize size_;
    std::optional<Placement> grid_;
    bool isOnMap_;
    bool isSound_ = false;  ///< the grid can be turned around
    std::array<double, 6> pixelFromPlace_{};
    OGRSpatialReference ours_;
    std::unique_ptr<OGRCoordinateTransformation> transformation_;
};

/// An area in the frame of the image's map, with the value of its class.
struct Area {
    std::unique_ptr<OGRGeometry> shape;
    OGREnvelope box;  ///< px
    double value = 0;
};

struct Areas {
    std::vector<Area> inside;
    bool anyOutside = false;
};

Result<void> collect(OGRLayer& layer, LayerPlacement& placement, const std::filesystem::path& file,
                     MaskPainter& painter, Areas& areas) {
    if (!placement.beginLayer(layer))
        return otherGrid(file, "their projection cannot be brought to that of the image");
    const int column = classColumn(*layer.GetLayerDefn());
    for (const OGRFeatureUniquePtr& feature : layer) {
        const OGRGeometry* found = feature->GetGeometryRef();
        if (!found || !isArea(*found)) continue;
        std::unique_ptr<OGRGeometry> shape(found->clone());
        if (!placement.move(*shape)) return otherGrid(file, "a shape cannot be projected to the image");
        const std::optional<OGREnvelope> box = placement.boxInImage(*shape);
        if (!box) {
            areas.anyOutside = true;
            continue;
        }
        const auto value = painter.valueOf(classOf(*feature, column, layer.GetName()));
        if (!value) return badLabels(file, "it has more than 254 classes");
        shape->assignSpatialReference(nullptr);
        areas.inside.push_back({std::move(shape), *box, static_cast<double>(*value)});
    }
    return {};
}

/// Rows of the image, as wide as it is, into which areas are burnt.
class Strip {
  public:
    Strip(int width, const std::array<double, 6>& pixelFromPlace)
        : width_(width),
          pixelFromPlace_(pixelFromPlace),
          sheet_(GetGDALDriverManager()->GetDriverByName("MEM")->Create("", width, kRows, 1, GDT_Byte,
                                                                        nullptr)) {}

    /// Burns into the rows from `top` on; false where GDAL cannot.
    bool burn(const std::vector<Area>& areas, int top) {
        if (!sheet_) return false;
        top_ = top;
        std::vector<OGRGeometryH> shapes;
        std::vector<double> values;
        for (const Area& area : areas) {
            // A px more, since GDAL may round a corner to the next one.
            if (area.box.MaxY < top - 1 || area.box.MinY > top + kRows + 1) continue;
            shapes.push_back(OGRGeometry::ToHandle(area.shape.get()));
            values.push_back(area.value);
        }
        isBlank_ = shapes.empty();
        if (isBlank_) return true;
        if (sheet_->GetRasterBand(1)->Fill(kUnlabelled) != CE_None) return false;
        const int bands[] = {1};
        return GDALRasterizeGeometries(GDALDataset::ToHandle(sheet_.get()), 1, bands,
                                       static_cast<int>(shapes.size()), shapes.data(), &Strip::place, this,
                                       values.data(), nullptr, nullptr, nullptr) == CE_None;
    }

    /// Copies what was burnt; false where GDAL cannot.
    bool copyTo(LabelMap& labels) {
        if (isBlank_) return true;
        const int rows = std::min(kRows, labels.size().height - top_);
        values_.resize(static_cast<size_t>(width_) * static_cast<size_t>(rows));
        if (sheet_->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, width_, rows, values_.data(), width_, rows,
                                               GDT_Byte, 0, 0, nullptr) != CE_None)
            return false;
        labels.write({0, top_, width_, rows}, values_);
        return true;
    }

    static constexpr int kRows = LabelMap::kTileSize;

  private:
    /// GDAL's transformer: brings points to the pixels of the whole image and only then to those of the
    /// strip, so that roundings do not depend on the strip.
    static int place(void* strip, int /*isInverse*/, int count, double* x, double* y, double* /*z*/,
                     int* succeeded) {
        const auto& self = *static_cast<const Strip*>(strip);
        std::array<double, 6> transform = self.pixelFromPlace_;
        for (int i = 0; i < count; ++i) {
            GDALApplyGeoTransform(transform.data(), x[i], y[i], &x[i], &y[i]);
            y[i] -= self.top_;
            succeeded[i] = TRUE;
        }
        return TRUE;
    }

    int width_;
    std::array<double, 6> pixelFromPlace_;
    GDALDatasetUniquePtr sheet_;
    std::vector<uint8_t> values_;
    int top_ = 0;
    bool isBlank_ = true;
};

/// Burns strip by strip, in the memory of one; false where GDAL cannot.
bool burn(const std::vector<Area>& areas, const std::array<double, 6>& pixelFromPlace, LabelMap& labels) {
    Strip strip(labels.size().width, pixelFromPlace);
    for (int top = 0; top < labels.size().height; top += Strip::kRows) {
        if (!strip.burn(areas, top) || !strip.copyTo(labels)) return false;
    }
    return true;
}

/// `messages` hears what GDAL says. Errors: those of `plainFilePath`, and LabelsMalformed where none of the
/// drivers can read it.
Result<GDALDatasetUniquePtr> openVectors(const std::filesystem::path& file, const GdalMessages& messages) {
    prepareVectorDrivers();
    const Result<std::filesystem::path> plain = plainFilePath(file);
    if (!plain) return failure(plain.error());
    GDALDatasetUniquePtr dataset(GDALDataset::Open(
        plain->c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, kDrivers));
    if (!dataset) return badLabels(file, "it is no vector file that can be opened", messages.text());
    return dataset;
}

/// Whether its numbers may be pixels: only GeoJSON has no reference system of its own unless it names one.
bool mayBeInPixels(GDALDataset& dataset) {
    return std::string_view(dataset.GetDriver()->GetDescription()) == "GeoJSON" &&
           !namesSystem(dataset.GetDescription());
}

/// Adds what one layer holds.
void summarise(OGRLayer& layer, VectorSummary& summary) {
    OGRFeatureDefn& definition = *layer.GetLayerDefn();
    for (int i = 0; i < definition.GetFieldCount(); ++i)
        summary.columns.emplace_back(definition.GetFieldDefn(i)->GetNameRef());
    const int column = classColumn(definition);
    if (column >= 0) summary.classColumn = definition.GetFieldDefn(column)->GetNameRef();
    for (const OGRFeatureUniquePtr& feature : layer) {
        const OGRGeometry* shape = feature->GetGeometryRef();
        if (shape && isArea(*shape)) {
            ++summary.areas;
            ++summary.classes[classOf(*feature, column, layer.GetName())];
        } else {
            ++summary.withoutArea;
        }
    }
}

}  // namespace

bool hasVectorEnding(const std::filesystem::path& file) {
    const std::string ending = lowerCase(file.extension().string());
    return std::ranges::find(kEndings, ending) != std::end(kEndings);
}

Result<ImportedLabels> importVectors(const std::filesystem::path& file, const ImportTarget& target,
                                     size_t place) {
    const GdalMessages messages;
    const Result<GDALDatasetUniquePtr> opened = openVectors(file, messages);
    if (!opened) return failure(opened.error());
    GDALDataset& dataset = **opened;

    LayerPlacement placement(target.address.file, target.size);
    MaskPainter painter(target.size);
    Areas areas;
    const bool isInPixels = !placement.isOnMap() && mayBeInPixels(dataset);
    for (OGRLayer* layer : dataset.GetLayers()) {
        const OGRSpatialReference* system = systemOf(*layer);
        if (system && !placement.isOnMap() && !isInPixels) {
            return otherGrid(file, std::string("they are on a map (") + system->GetName() +
                                       ") and the image does not say where it lies on one");
        }
        const Result<void> collected = collect(*layer, placement, file, painter, areas);
        if (!collected) return failure(collected.error());
    }
    if (areas.inside.empty()) {
        if (areas.anyOutside) return otherGrid(file, "all of them lie outside of it");
        return badLabels(file, "it holds no areas", messages.text());
    }
    ImportedLabels labels = painter.take(place);
    if (!burn(areas.inside, placement.pixelFromPlace(), labels.labels))
        return badLabels(file, "they cannot be drawn", messages.text());
    return labels;
}

Result<VectorSummary> summaryOfVectors(const std::filesystem::path& file) {
    const GdalMessages messages;
    const Result<GDALDatasetUniquePtr> opened = openVectors(file, messages);
    if (!opened) return failure(opened.error());
    GDALDataset& dataset = **opened;
    VectorSummary summary;
    summary.format = dataset.GetDriver()->GetDescription();
    const bool isPerhapsInPixels = mayBeInPixels(dataset);
    for (OGRLayer* layer : dataset.GetLayers()) {
        const OGRSpatialReference* system = isPerhapsInPixels ? nullptr : systemOf(*layer);
        if (system) summary.referenceSystem = system->GetName();
        summarise(*layer, summary);
    }
    return summary;
}

}  // namespace finebrush
