#include "core/exporters/geotiff_exporter.h"
#include "core/exporters/polygon_exporter.h"
#include "core/exporters/volume_exporter.h"
#include "core/image/image_reader.h"
#include "tests/core/exporters/map_fixtures.h"
#include "tests/core/image/dicom/series_fixtures.h"
#include "tests/core/importers/import_fixtures.h"

#include <gdal_priv.h>

#include <ogrsf_frmts.h>

namespace finebrush {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::twoClasses;

constexpr PixelSize kSize{50, 37};

/// What is exported on the grid of an image comes back as it was.
class RoundTrip : public testing::ImportTest {
  protected:
    RoundTrip() {
        testing::writeMap(folder / "map.tif", kSize);
        testing::writeImage(folder / "plain.png", "PNG", testing::randomPixels(kSize, 3, PixelType::UInt8));
        shown = 0;
    }
    void expectBack(const std::filesystem::path& file, const std::filesystem::path& image) {
        targets = {{image, kSize}};
        const LabelImport found = import({file});
        ASSERT_THAT(found.problems, IsEmpty());
        ASSERT_THAT(found.images, SizeIs(1));
        testing::expectSameNames(found.images[0], mask, twoClasses());
    }
    const IndexMask mask = testing::nestedMask(kSize, 11);
    const LabelMap labels = LabelMap::fromMask(mask);
};

TEST_F(RoundTrip, GeoTiff) {
    ASSERT_TRUE(exportGeoTiff(folder / "map_mask.tif", folder / "map.tif", labels, twoClasses(), {}));
    targets = {{folder / "map.tif", kSize}};
    const LabelImport found = import({folder / "map_mask.tif"});
    ASSERT_THAT(found.images, SizeIs(1));
    EXPECT_EQ(found.images[0].labels.toMask(), mask);
}

TEST_F(RoundTrip, PolygonsOfAMapAndOfAPicture) {
    for (const PolygonFormat format : {PolygonFormat::GeoPackage, PolygonFormat::GeoJson}) {
        for (const char* image : {"map.tif", "plain.png"}) {
            const std::string stem = std::filesystem::path(image).stem();
            const auto file = folder / polygonFileName(stem, format);
            const auto written = exportPolygons(file, format, folder / image, labels, twoClasses(), {});
            ASSERT_TRUE(written) << describe(written.error()) << " " << written.error().detail;
            expectBack(file, folder / image);
        }
    }
}

TEST_F(RoundTrip, LabelsOfAPictureThatAWorldFilePlaces) {
    OGRSpatialReference crs;
    ASSERT_EQ(crs.importFromEPSG(testing::kMapEpsg), OGRERR_NONE);
    char* text = nullptr;
    ASSERT_EQ(crs.exportToWkt(&text), OGRERR_NONE);
    ASSERT_TRUE(writeFileAtomically(folder / "plain.prj", std::string_view(text)));
    CPLFree(text);
    ASSERT_TRUE(writeFileAtomically(folder / "plain.pgw", "30\n0\n0\n-30\n500015\n4199985\n"));
    ASSERT_TRUE(exportGeoTiff(folder / "plain_mask.tif", folder / "plain.png", labels, twoClasses(), {}));
    targets = {{folder / "plain.png", kSize}};
    const LabelImport found = import({folder / "plain_mask.tif"});
    ASSERT_THAT(found.images, SizeIs(1));
    EXPECT_EQ(found.images[0].labels.toMask(), mask);
    for (const PolygonFormat format : {PolygonFormat::GeoPackage, PolygonFormat::GeoJson}) {
        const auto file = folder / polygonFileName("plain", format);
        ASSERT_TRUE(exportPolygons(file, format, folder / "plain.png", labels, twoClasses(), {}));
        expectBack(file, folder / "plain.png");
    }
}

TEST_F(RoundTrip, PolygonsThatAreStoppedLeaveNoFile) {
    std::stop_source stop;
    stop.request_stop();
    for (const PolygonFormat format : {PolygonFormat::GeoPackage, PolygonFormat::GeoJson}) {
        const auto file = folder / polygonFileName("map", format);
        EXPECT_EQ(
            exportPolygons(file, format, folder / "map.tif", labels, twoClasses(), {}, stop.get_token()),
            false);
        EXPECT_FALSE(std::filesystem::exists(file));
    }
}

TEST_F(RoundTrip, GeoPackageKeepsTheReferenceSystemAndGeoJsonIsOnWgs84) {
    for (const auto& [format, epsg] :
         {std::pair(PolygonFormat::GeoPackage, testing::kMapEpsg), {PolygonFormat::GeoJson, 4326}}) {
        const auto file = folder / polygonFileName("map", format);
        ASSERT_TRUE(exportPolygons(file, format, folder / "map.tif", labels, twoClasses(), {}));
        const GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR));
        ASSERT_TRUE(dataset);
        OGRLayer& layer = *dataset->GetLayer(0);
        EXPECT_EQ(layer.GetSpatialRef()->GetAuthorityCode(nullptr), std::to_string(epsg));
        EXPECT_GE(layer.GetLayerDefn()->GetFieldIndex("class"), 0);
        EXPECT_GE(layer.GetLayerDefn()->GetFieldIndex("value"), 0);
        EXPECT_GT(layer.GetFeatureCount(), 0);
        for (const OGRFeatureUniquePtr& feature : layer) EXPECT_TRUE(feature->GetGeometryRef()->IsValid());
    }
}

class VolumeRoundTrip : public testing::ImportTest {
  protected:
    VolumeRoundTrip() {
        testing::writeSeries(folder / "series", 5);
        const VolumeInfo info = readVolumeInfo(folder / "series/IM0").value().value();
        grid = info.grid;
        labels = LabelVolume(grid, kUnlabelled);
        SliceAddress slice{SliceView::Stored, 1, 0};
        first = ImportTarget{{folder / "series/IM0", slice}, planeOf(grid, slice)->size};
        targets = {first};
        shown = 0;
        for (int64_t voxel = 0; voxel < grid.voxels(); voxel += 7) labels.set(voxel, voxel % 2 ? 5 : 0);
        for (int64_t pixel = 0; pixel < 24; ++pixel) labels.set(2 * 24 + pixel, kUnlabelled);
    }
    void expectBack(const LabelImport& found) {
        ASSERT_THAT(found.problems, IsEmpty());
        ASSERT_THAT(found.images, SizeIs(4)) << "nothing is labelled in one of the five slices";
        LabelVolume back(grid, kUnlabelled);
        const ClassTable classes = twoClasses();
        for (const ImportedLabels& slice : found.images) {
            IndexMask mask = slice.labels.toMask();
            for (uint8_t& value : mask.values) {
                for (const ImportedClass& entry : slice.classes) {
                    if (entry.value != value || entry.name.empty()) continue;
                    value = entry.name == "cell" ? 5 : 0;
                    break;
                }
            }
            back.setSlice(slice.newSlice.value_or(*first.address.slice), mask);
        }
        EXPECT_TRUE(std::ranges::equal(back.values(), labels.values()));
    }

    VolumeGrid grid;
    LabelVolume labels{VolumeGrid{}};
    ImportTarget first{{folder / "a", std::nullopt}, {}};
};

TEST_F(VolumeRoundTrip, NiftiBringsAllSlices) {
    ASSERT_TRUE(exportLabelVolume(folder / "labels.nii.gz", folder / "series/IM0", labels, {}));
    expectBack(import({folder / "labels.nii.gz"}));
}

TEST_F(VolumeRoundTrip, SegmentationBringsAllSlicesAndNames) {
    ASSERT_TRUE(exportSegmentation(folder / "seg.dcm", folder / "series/IM0", labels, twoClasses(), {},
                                   dicom::PatientTexts::LeaveOut));
    const LabelImport found = import({folder / "seg.dcm"});
    expectBack(found);
    EXPECT_EQ(found.images[0].classes[1].name, "cell");
    ASSERT_TRUE(found.images[0].classes[1].colour);
    EXPECT_NEAR(found.images[0].classes[1].colour->red, 200, 1);
}

TEST_F(VolumeRoundTrip, ASegmentationOfAnotherSeriesIsRefused) {
    ASSERT_TRUE(exportSegmentation(folder / "seg.dcm", folder / "series/IM0", labels, twoClasses(), {},
                                   dicom::PatientTexts::LeaveOut));
    testing::writeSeries(folder / "other", 5, "1\\0\\0\\0\\0\\1");
    targets = {{{folder / "other/IM0", SliceAddress{}}, {6, 4}}};
    EXPECT_THAT(codes(import({folder / "seg.dcm"})), ::testing::ElementsAre(ErrorCode::LabelsGridMismatch));
}

}  // namespace
}  // namespace finebrush
