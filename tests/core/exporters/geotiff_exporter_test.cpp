#include "core/exporters/geotiff_exporter.h"

#include "core/base/files.h"
#include "core/image/raster/image_file.h"
#include "core/image/raster/raster_reader.h"
#include "tests/core/exporters/map_fixtures.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using testing::TemporaryFolder;
using testing::twoClasses;

TEST(GeoTiffExporter, KeepsGridColoursAndNoData) {
    const TemporaryFolder folder;
    testing::writeMap(folder / "map.tif", {50, 37});
    const IndexMask mask = testing::nestedMask({50, 37}, 3);
    const Result<bool> written = exportGeoTiff(folder / "map_mask.tif", folder / "map.tif",
                                               LabelMap::fromMask(mask), twoClasses(), {folder / "map.tif"});
    ASSERT_TRUE(written) << describe(written.error());
    EXPECT_EQ(readIndexMask(folder / "map_mask.tif").value(), mask);

    const auto dataset = openImageFile(folder / "map_mask.tif");
    ASSERT_TRUE(dataset);
    std::array<double, 6> transform{};
    ASSERT_EQ((*dataset)->GetGeoTransform(transform.data()), CE_None);
    EXPECT_EQ(transform, testing::kMapTransform);
    OGRSpatialReference expected;
    expected.importFromEPSG(testing::kMapEpsg);
    EXPECT_TRUE((*dataset)->GetSpatialRef()->IsSame(&expected));
    GDALRasterBand& band = *(*dataset)->GetRasterBand(1);
    EXPECT_EQ(band.GetNoDataValue(), 255);
    EXPECT_EQ(band.GetColorTable()->GetColorEntry(5)->c1, 200);
    EXPECT_STREQ((*dataset)->GetMetadataItem("CLASS_5"), "cell");
    EXPECT_THAT(folder.names(), ::testing::UnorderedElementsAre("map.tif", "map_mask.tif"));
}

TEST(GeoTiffExporter, AMaskLiesWhereAWorldFilePutsItsImage) {
    const TemporaryFolder folder;
    testing::writeImage(folder / "photo.jpg", "JPEG", testing::randomPixels({50, 37}, 3, PixelType::UInt8));
    ASSERT_TRUE(writeFileAtomically(folder / "photo.jgw", "2\n0\n0\n-2\n101\n49\n"));
    const LabelMap labels = LabelMap::fromMask(testing::nestedMask({50, 37}, 3));
    ASSERT_TRUE(exportGeoTiff(folder / "mask.tif", folder / "photo.jpg", labels, twoClasses(), {}));
    std::array<double, 6> transform{};
    ASSERT_EQ((*openImageFile(folder / "mask.tif"))->GetGeoTransform(transform.data()), CE_None);
    EXPECT_THAT(transform, ::testing::ElementsAre(100, 2, 0, 50, 0, -2));
}

TEST(GeoTiffExporter, RefusesAMapOfAnotherSizeAndTheMapItself) {
    const TemporaryFolder folder;
    testing::writeMap(folder / "map.tif", {50, 37});
    const LabelMap small({1, 1}), mask = LabelMap::fromMask(testing::nestedMask({50, 37}, 3));
    EXPECT_EQ(exportGeoTiff(folder / "a.tif", folder / "map.tif", small, twoClasses(), {}).error().code,
              ErrorCode::LabelsSizeMismatch);
    EXPECT_EQ(exportGeoTiff(folder / "map.tif", folder / "map.tif", mask, twoClasses(), {folder / "map.tif"})
                  .error()
                  .code,
              ErrorCode::ExportOverInput);
}

TEST(GeoTiffExporter, ThatIsStoppedLeavesNoFile) {
    const TemporaryFolder folder;
    testing::writeMap(folder / "map.tif", {50, 37});
    std::stop_source stop;
    stop.request_stop();
    const Result<bool> written = exportGeoTiff(folder / "map_mask.tif", folder / "map.tif",
                                               LabelMap::fromMask(testing::nestedMask({50, 37}, 3)),
                                               twoClasses(), {}, stop.get_token());
    EXPECT_EQ(written, false);
    EXPECT_THAT(folder.names(), ::testing::ElementsAre("map.tif"));
}

}  // namespace
}  // namespace finebrush
