#include "core/image/georeference.h"

#include "core/base/files.h"
#include "core/image/raster/gdal_environment.h"
#include "core/image/raster/png_writer.h"
#include "tests/core/image/image_fixtures.h"

#include <gdal_priv.h>
#include <gmock/gmock.h>

#include <ogr_spatialref.h>

namespace finebrush {
namespace {

using testing::TemporaryFolder;

/// A GeoTIFF of 20 × 10 pixels.
void writeGeoTiff(const std::filesystem::path& file, std::array<double, 6> transform, int epsg) {
    prepareGdal();
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
    GDALDatasetUniquePtr dataset(driver->Create(file.c_str(), 20, 10, 1, GDT_Byte, nullptr));
    ASSERT_TRUE(dataset);
    ASSERT_EQ(dataset->SetGeoTransform(transform.data()), CE_None);
    if (epsg == 0) return;
    OGRSpatialReference crs;
    ASSERT_EQ(crs.importFromEPSG(epsg), OGRERR_NONE);
    ASSERT_EQ(dataset->SetSpatialRef(&crs), CE_None);
}

TEST(Georeference, TellsMapUnitsAndDegrees) {
    const TemporaryFolder folder;
    writeGeoTiff(folder / "a.tif", {500000, 30, 0, 0, 0, -30}, 32622);
    const auto reference = Georeference::read(folder / "a.tif");
    ASSERT_TRUE(reference);
    EXPECT_EQ(reference->crsName(), "WGS 84 / UTM zone 22N");
    EXPECT_EQ(reference->unit(), "metre");
    // The central meridian of zone 22 is 51° W, and y = 0 is the equator.
    const Georeference::Place corner = reference->placeOf({0, 0});
    EXPECT_EQ(corner.x, 500000);
    EXPECT_EQ(corner.y, 0);
    ASSERT_TRUE(corner.degrees);
    EXPECT_NEAR(corner.degrees->longitude, -51, 1e-9);
    EXPECT_NEAR(corner.degrees->latitude, 0, 1e-9);
    const Georeference::Place inside = reference->placeOf({10.5, 4});
    EXPECT_EQ(inside.x, 500315);
    EXPECT_EQ(inside.y, -120);
    EXPECT_NEAR(inside.degrees->latitude, -120 / 110574.0 / 0.9996, 1e-6);
}

TEST(Georeference, DegreesOfAMapInDegreesAreLongitudeFirst) {
    const TemporaryFolder folder;
    writeGeoTiff(folder / "a.tif", {126.5, 0.1, 0, 37.75, 0, -0.1}, 4326);
    const auto reference = Georeference::read(folder / "a.tif");
    ASSERT_TRUE(reference);
    EXPECT_EQ(reference->unit(), "degree");
    const auto place = reference->placeOf({1, 1});
    ASSERT_TRUE(place.degrees);
    EXPECT_NEAR(place.degrees->longitude, 126.6, 1e-9);
    EXPECT_NEAR(place.degrees->latitude, 37.65, 1e-9);
}

TEST(Georeference, AWorldFileBesideTheImagePlacesItsPixels) {
    const TemporaryFolder folder;
    const std::vector<uint8_t> grey(200, 7);
    ASSERT_TRUE(writeFileAtomically(folder / "a.png", *encodePng({20, 10}, 1, grey)));
    EXPECT_FALSE(Georeference::read(folder / "a.png"));
    // The centre of the first pixel lies at (500015, -15).
    ASSERT_TRUE(writeFileAtomically(folder / "a.pgw", "30\n0\n0\n-30\n500015\n-15\n"));
    const auto placed = Georeference::read(folder / "a.png");
    ASSERT_TRUE(placed);
    EXPECT_EQ(placed->placeOf({0, 0}).x, 500000);
    EXPECT_EQ(placed->placeOf({10.5, 4}).y, -120);
    EXPECT_EQ(placed->crsName(), "");

    OGRSpatialReference crs;
    ASSERT_EQ(crs.importFromEPSG(32622), OGRERR_NONE);
    char* text = nullptr;
    ASSERT_EQ(crs.exportToWkt(&text), OGRERR_NONE);
    ASSERT_TRUE(writeFileAtomically(folder / "a.prj", std::string_view(text)));
    CPLFree(text);
    EXPECT_EQ(Georeference::read(folder / "a.png")->crsName(), "WGS 84 / UTM zone 22N");
    ASSERT_TRUE(writeFileAtomically(folder / "a.prj", "no reference system"));
    EXPECT_EQ(Georeference::read(folder / "a.png")->crsName(), "");
    ASSERT_TRUE(writeFileAtomically(folder / "a.pgw", "30 and so on"));
    EXPECT_FALSE(Georeference::read(folder / "a.png"));
}

TEST(Georeference, ControlPointsThatLieOnATransformCount) {
    const TemporaryFolder folder;
    const auto write = [&](const char* name, double corner) {
        testing::writeImage(folder / name, "GTiff", testing::randomPixels({20, 10}, 1, PixelType::UInt8), {},
                            [&](GDALDataset& dataset) {
                                std::array<GDAL_GCP, 4> points{};
                                GDALInitGCPs(4, points.data());
                                const double places[4][2] = {{0, 0}, {20, 0}, {0, 10}, {20, 10}};
                                for (int i = 0; i < 4; ++i) {
                                    points[i].dfGCPPixel = places[i][0];
                                    points[i].dfGCPLine = places[i][1];
                                    points[i].dfGCPX = 100 + 2 * places[i][0] + (i == 3 ? corner : 0);
                                    points[i].dfGCPY = 50 - 2 * places[i][1];
                                }
                                OGRSpatialReference crs;
                                crs.importFromEPSG(32622);
                                dataset.SetGCPs(4, points.data(), &crs);
                                GDALDeinitGCPs(4, points.data());
                            });
    };
    write("a.tif", 0);
    const auto placed = Georeference::read(folder / "a.tif");
    ASSERT_TRUE(placed);
    EXPECT_NEAR(placed->placeOf({5, 5}).x, 110, 1e-6);
    EXPECT_EQ(placed->crsName(), "WGS 84 / UTM zone 22N");
    write("bent.tif", 30);
    EXPECT_FALSE(Georeference::read(folder / "bent.tif"));
}

TEST(Georeference, WithoutAReferenceSystemThereAreNoDegrees) {
    const TemporaryFolder folder;
    writeGeoTiff(folder / "a.tif", {100, 2, 0, 50, 0, -2}, 0);
    const auto reference = Georeference::read(folder / "a.tif");
    ASSERT_TRUE(reference);
    EXPECT_EQ(reference->crsName(), "");
    EXPECT_EQ(reference->placeOf({1, 1}).y, 48);
    EXPECT_FALSE(reference->placeOf({1, 1}).degrees);
}

TEST(Georeference, APlaceOfTheMapIsFoundInTheImage) {
    const TemporaryFolder folder;
    writeGeoTiff(folder / "a.tif", {500000, 20, 5, 100, 4, -30}, 32622);
    const auto reference = Georeference::read(folder / "a.tif");
    for (const PointInImage point : {PointInImage{0, 0}, {7.5, 3.25}, {-40, 900}}) {
        const auto place = reference->placeOf(point);
        const auto back = reference->imageFromMap(place.x, place.y);
        ASSERT_TRUE(back);
        EXPECT_NEAR(back->x, point.x, 1e-6);
        EXPECT_NEAR(back->y, point.y, 1e-6);
        const auto fromDegrees = reference->imageFromDegrees(*place.degrees);
        ASSERT_TRUE(fromDegrees);
        EXPECT_NEAR(fromDegrees->x, point.x, 1e-4);
        EXPECT_NEAR(fromDegrees->y, point.y, 1e-4);
    }
    writeGeoTiff(folder / "none.tif", {100, 2, 0, 50, 0, -2}, 0);
    EXPECT_FALSE(Georeference::read(folder / "none.tif")->imageFromDegrees({11.5, 48.1}));
}

TEST(Georeference, APixelHasALengthOnTheGround) {
    const TemporaryFolder folder;
    // Scale 0.9996 on the central meridian.
    writeGeoTiff(folder / "utm.tif", {500000, 30, 0, 0, 0, -20}, 32622);
    const auto utm = Georeference::read(folder / "utm.tif")->metresPerPixel({0, 0});
    ASSERT_TRUE(utm);
    EXPECT_NEAR((*utm)[0], 30 / 0.9996, 0.001);
    EXPECT_NEAR((*utm)[1], 20 / 0.9996, 0.001);
    // A degree is 110574 m along a meridian at the equator, and 55800 m across it at 60°.
    writeGeoTiff(folder / "degrees.tif", {10, 0.001, 0, 60, 0, -0.001}, 4326);
    const auto degrees = Georeference::read(folder / "degrees.tif")->metresPerPixel({0, 0});
    ASSERT_TRUE(degrees);
    EXPECT_NEAR((*degrees)[0], 55.80, 0.02);
    EXPECT_NEAR((*degrees)[1], 111.41, 0.02);
    // A metre of Web Mercator at 60° is half a metre.
    writeGeoTiff(folder / "web.tif", {0, 1, 0, 8399737.9, 0, -1}, 3857);
    const auto web = Georeference::read(folder / "web.tif")->metresPerPixel({0, 0});
    ASSERT_TRUE(web);
    EXPECT_NEAR((*web)[0], 0.5, 0.003);
    writeGeoTiff(folder / "none.tif", {0, 1, 0, 0, 0, -1}, 0);
    EXPECT_FALSE(Georeference::read(folder / "none.tif")->metresPerPixel({0, 0}));
}

TEST(Georeference, ALineHasALengthOnTheGround) {
    const TemporaryFolder folder;
    writeGeoTiff(folder / "utm.tif", {500000, 30, 0, 0, 0, -20}, 32622);
    const auto utm = Georeference::read(folder / "utm.tif");
    EXPECT_NEAR(*utm->metresAlong({0, 0}, {40, 45}), 1500 / 0.9996, 0.1);
    EXPECT_EQ(*utm->metresAlong({3, 4}, {3, 4}), 0);
    // From the equator to the pole; a tenth of a degree a pixel.
    writeGeoTiff(folder / "degrees.tif", {10, 0.1, 0, 90, 0, -0.1}, 4326);
    const auto degrees = Georeference::read(folder / "degrees.tif");
    EXPECT_NEAR(*degrees->metresAlong({5, 900}, {5, 0}), 10001966, 1000);
    // The 360th part of the equator.
    EXPECT_NEAR(*degrees->metresAlong({0, 900}, {10, 900}), 111319.5, 1);
    writeGeoTiff(folder / "none.tif", {0, 1, 0, 0, 0, -1}, 0);
    EXPECT_FALSE(Georeference::read(folder / "none.tif")->metresAlong({0, 0}, {1, 1}));
}

TEST(Georeference, APixelOfAProjectedMapHasAnArea) {
    const TemporaryFolder folder;
    writeGeoTiff(folder / "metres.tif", {500000, 3, 4, 0, 4, -3}, 32622);
    EXPECT_NEAR(*Georeference::read(folder / "metres.tif")->squareMetresPerPixel(), 25, 1e-9);
    // New York Long Island, in feet of the US survey.
    writeGeoTiff(folder / "feet.tif", {1000000, 10, 0, 200000, 0, -10}, 2263);
    const double foot = 1200.0 / 3937.0;
    EXPECT_NEAR(*Georeference::read(folder / "feet.tif")->squareMetresPerPixel(), 100 * foot * foot, 1e-9);
    writeGeoTiff(folder / "degrees.tif", {126.5, 0.1, 0, 37.75, 0, -0.1}, 4326);
    EXPECT_FALSE(Georeference::read(folder / "degrees.tif")->squareMetresPerPixel());
    writeGeoTiff(folder / "unknown.tif", {0, 2, 0, 0, 0, -2}, 0);
    EXPECT_FALSE(Georeference::read(folder / "unknown.tif")->squareMetresPerPixel());
}

TEST(Georeference, OtherImagesHaveNone) {
    const TemporaryFolder folder;
    testing::writeBytes(folder / "a.png", encodePng({2, 1}, 1, std::vector<uint8_t>{7, 9}).value());
    EXPECT_FALSE(Georeference::read(folder / "a.png"));
    EXPECT_FALSE(Georeference::read(folder / "none.tif"));
}

TEST(Georeference, AgreesWithWhatIsKnownOfARealScene) {
    const std::filesystem::path data = testing::sharedData();
    if (data.empty()) GTEST_SKIP() << "NO REAL RASTERS: there is no ../shared/data beside this checkout";
    const auto reference = Georeference::read(data / "geotiff/sen1floods11/Spain_7370579_S2Hand.tif");
    ASSERT_TRUE(reference);
    EXPECT_EQ(reference->crsName(), "WGS 84");
    const auto place = reference->placeOf({0, 0});
    ASSERT_TRUE(place.degrees);
    EXPECT_TRUE(place.degrees->longitude > -10 && place.degrees->longitude < 5) << "Spain";
    EXPECT_TRUE(place.degrees->latitude > 36 && place.degrees->latitude < 44);
}

}  // namespace
}  // namespace finebrush
