#include "core/importers/vector_importer.h"

#include "core/labels/polygon_fill.h"
#include "tests/core/importers/import_fixtures.h"

#include <ogrsf_frmts.h>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int kUtm32 = 32632;

class VectorImport : public testing::ImportTest {
  protected:
    /// An image of 60 × 40 px of 10 m in UTM zone 32.
    void makeGeoreferenced() {
        testing::writeImage(folder / "scene.tif", "GTiff",
                            testing::randomPixels({60, 40}, 1, PixelType::UInt8), {},
                            [](GDALDataset& dataset) {
                                std::array<double, 6> transform = {500000, 10, 0, 5000000, 0, -10};
                                dataset.SetGeoTransform(transform.data());
                                OGRSpatialReference system;
                                system.importFromEPSG(kUtm32);
                                dataset.SetSpatialRef(&system);
                            });
        targets = {{folder / "scene.tif", {60, 40}}};
        shown = 0;
    }

    /// Writes a square of 10 to 20 px from the upper left corner as a vector file.
    void writeSquare(const std::filesystem::path& file, const char* driver, int epsg) const {
        (void)importVectors(file, targets[0], 0);  // registers the drivers
        OGRSpatialReference utm, system;
        utm.importFromEPSG(kUtm32);
        system.importFromEPSG(epsg);
        utm.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        system.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        const GDALDatasetUniquePtr written(GetGDALDriverManager()->GetDriverByName(driver)->Create(
            file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
        ASSERT_TRUE(written);
        CPLStringList options;
        if (std::string(driver) == "ESRI Shapefile") options.SetNameValue("ENCODING", "UTF-8");
        OGRLayer* layer = written->CreateLayer("roofs", &system, wkbPolygon, options.List());
        ASSERT_TRUE(layer);
        OGRFieldDefn column("Class", OFTString);
        ASSERT_EQ(layer->CreateField(&column), OGRERR_NONE);
        OGRLinearRing ring;
        const std::vector<std::pair<double, double>> corners = {
            {100, 100}, {200, 100}, {200, 200}, {100, 200}, {100, 100}};
        for (const auto& [x, y] : corners) ring.addPoint(500000 + x, 5000000 - y);
        OGRPolygon square;
        square.addRing(&ring);
        const std::unique_ptr<OGRCoordinateTransformation> move(
            OGRCreateCoordinateTransformation(&utm, &system));
        ASSERT_EQ(square.transform(move.get()), OGRERR_NONE);
        const OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(layer->GetLayerDefn()));
        feature->SetField("Class", "지붕");
        feature->SetGeometry(&square);
        ASSERT_EQ(layer->CreateFeature(feature.get()), OGRERR_NONE);
    }
};

TEST_F(VectorImport, CoordinatesOnAPlainImageArePixels) {
    const LabelImport found = importText("a.geojson", R"({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"classification": {"name": "Tumor", "colorRGB": -3670016}},
         "geometry": {"type": "Polygon", "coordinates": [[[10, 10], [20, 10], [20, 20], [10, 20], [10, 10]],
                                                         [[14, 14], [16, 14], [16, 16], [14, 16], [14, 14]]]}},
        {"type": "Feature", "properties": {},
         "geometry": {"type": "Point", "coordinates": [1, 1]}}]})");
    ASSERT_THAT(found.problems, IsEmpty());
    ASSERT_THAT(found.images, SizeIs(1));
    EXPECT_EQ(nameAt(found.images[0], 10, 10), "Tumor");
    EXPECT_EQ(nameAt(found.images[0], 19, 19), "Tumor");
    EXPECT_EQ(nameAt(found.images[0], 15, 15), "") << "a hole";
    EXPECT_EQ(found.images[0].labels.histogram()[kUnlabelled], 2400 - 96);
}

TEST_F(VectorImport, ATallAreaIsDrawnWithoutASeam) {
    targets = {{folder / "a.png", {60, 1000}}};
    const LabelImport found = importText("a.geojson", R"({"type": "Feature", "properties": {"class": "rift"},
        "geometry": {"type": "Polygon",
                     "coordinates": [[[3.3, 2.7], [55.9, 511.8], [20.2, 990.1], [3.3, 2.7]]]}})");
    ASSERT_THAT(found.problems, IsEmpty());
    const std::vector<PointInImage> corners = {{3.3, 2.7}, {55.9, 511.8}, {20.2, 990.1}};
    LabelMap expected({60, 1000});
    const PixelRegion region = polygonRegion(corners, expected.size());
    for (const RectInImage& rect : region.rects()) expected.fill(rect, 0);
    EXPECT_EQ(found.images[0].labels.toMask(), expected.toMask());
}

TEST_F(VectorImport, AreasAreProjectedToAGeoreferencedImage) {
    makeGeoreferenced();
    const std::vector<std::pair<std::string, const char*>> files = {
        {"scene.geojson", "GeoJSON"}, {"scene.gpkg", "GPKG"}, {"scene.shp", "ESRI Shapefile"}};
    for (const auto& [name, driver] : files) {
        for (const int epsg : {4326, kUtm32}) {
            if (epsg != 4326 && name == "scene.geojson") continue;  // is always in degrees
            std::filesystem::remove(folder / name);
            writeSquare(folder / name, driver, epsg);
            const LabelImport found = import({folder / name});
            ASSERT_THAT(found.problems, IsEmpty()) << name << ": " << describe(found.problems[0]);
            EXPECT_EQ(nameAt(found.images[0], 10, 10), "지붕") << name << " " << epsg;
            EXPECT_EQ(nameAt(found.images[0], 19, 19), "지붕");
            EXPECT_EQ(found.images[0].labels.histogram()[kUnlabelled], 2400 - 100);
        }
    }
}

TEST_F(VectorImport, ASummaryNeedsNoImage) {
    writeSquare(folder / "b.gpkg", "GPKG", kUtm32);
    const auto map = summaryOfVectors(folder / "b.gpkg");
    ASSERT_TRUE(map);
    EXPECT_EQ(map->format, "GPKG");
    EXPECT_THAT(map->referenceSystem, ::testing::HasSubstr("UTM"));
    EXPECT_EQ(map->areas, 1);
    EXPECT_EQ(map->classColumn, "Class");
    EXPECT_THAT(map->classes, ElementsAre(::testing::Pair("지붕", 1)));
    const std::string text = R"({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"size": 3}, "geometry": {"type": "Point", "coordinates": [1, 1]}}]})";
    ASSERT_TRUE(writeFileAtomically(folder / "c.json", text));
    const auto points = summaryOfVectors(folder / "c.json");
    ASSERT_TRUE(points) << describe(points.error());
    EXPECT_EQ(points->referenceSystem, "") << "it names none, and its coordinates may be pixels";
    EXPECT_EQ(points->areas, 0);
    EXPECT_EQ(points->withoutArea, 1);
    EXPECT_THAT(points->columns, ElementsAre("size"));
    EXPECT_FALSE(summaryOfVectors(folder / "none.gpkg"));
}

TEST_F(VectorImport, AreasOfAMapAreRefusedWhereTheImageIsNone) {
    for (const auto& [name, driver] : {std::pair("b.gpkg", "GPKG"), std::pair("b.shp", "ESRI Shapefile")}) {
        writeSquare(folder / name, driver, kUtm32);
        const LabelImport found = import({folder / name});
        ASSERT_THAT(codes(found), ElementsAre(ErrorCode::LabelsGridMismatch)) << name;
        EXPECT_THAT(describe(found.problems[0]), ::testing::HasSubstr("UTM")) << name;
        EXPECT_THAT(found.images, IsEmpty()) << name;
    }
}

TEST_F(VectorImport, OnlyAGeoJsonThatNamesASystemIsOfAMap) {
    const std::string features = R"("features": [{"type": "Feature", "properties": {"crs": "roof"},
        "geometry": {"type": "Polygon", "coordinates": [[[10, 10], [20, 10], [20, 20], [10, 10]]]}}])";
    const auto read = [&](const std::string& members) {
        return codes(importText("a.geojson", R"({"type": "FeatureCollection", )" + members + features + "}"));
    };
    EXPECT_THAT(read(""), IsEmpty());
    EXPECT_THAT(read(R"("crs": null, )"), IsEmpty());
    EXPECT_THAT(read(R"("crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32632"}}, )"),
                ElementsAre(ErrorCode::LabelsGridMismatch));
}

TEST_F(VectorImport, ALocalSystemCountsAsNone) {
    (void)importVectors(folder / "none.gpkg", targets[0], 0);  // registers the drivers
    OGRSpatialReference pixels;
    pixels.SetLocalCS("pixels");
    {
        const GDALDatasetUniquePtr written(GetGDALDriverManager()->GetDriverByName("GPKG")->Create(
            (folder / "b.gpkg").c_str(), 0, 0, 0, GDT_Unknown, nullptr));
        ASSERT_TRUE(written);
        OGRLayer* layer = written->CreateLayer("roofs", &pixels, wkbPolygon, nullptr);
        ASSERT_TRUE(layer);
        OGRPolygon square;
        OGRLinearRing ring;
        const std::pair<double, double> corners[] = {{10, 10}, {20, 10}, {20, 20}, {10, 20}, {10, 10}};
        for (const auto& [x, y] : corners) ring.addPoint(x, y);
        square.addRing(&ring);
        const OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(layer->GetLayerDefn()));
        feature->SetGeometry(&square);
        ASSERT_EQ(layer->CreateFeature(feature.get()), OGRERR_NONE);
    }
    const LabelImport found = import({folder / "b.gpkg"});
    ASSERT_THAT(found.problems, IsEmpty()) << describe(found.problems[0]);
    EXPECT_EQ(nameAt(found.images[0], 15, 15), "roofs");
}

TEST_F(VectorImport, AreasElsewhereAreRefused) {
    makeGeoreferenced();
    EXPECT_THAT(codes(importText("scene.geojson", R"({"type": "Feature", "properties": {}, "geometry":
        {"type": "Polygon", "coordinates": [[[120, 10], [121, 10], [121, 11], [120, 10]]]}})")),
                ElementsAre(ErrorCode::LabelsGridMismatch));
}

TEST_F(VectorImport, WhatHoldsNoAreasOrIsNoVectorFileIsRefused) {
    for (const char* text : {R"({"type": "FeatureCollection", "features": []})", "{", "", "text"})
        EXPECT_THAT(codes(importText("a.geojson", text)), ElementsAre(ErrorCode::LabelsMalformed)) << text;
    EXPECT_THAT(codes(importText("a.gpkg", "not SQLite")), ElementsAre(ErrorCode::LabelsMalformed));
    EXPECT_THAT(codes(importText("a.shp", "short")), ElementsAre(ErrorCode::LabelsMalformed));
    EXPECT_THAT(codes(import({folder / "none.gpkg"})), ElementsAre(ErrorCode::FileMissing));
}

}  // namespace
}  // namespace finebrush
