#include "core/exporters/geotiff_rows.h"

#include "core/image/raster/image_file.h"
#include "core/image/raster/raster_reader.h"
#include "tests/core/exporters/map_fixtures.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <stdexcept>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using testing::TemporaryFolder;
using testing::twoClasses;

constexpr PixelSize kSize{700, 900};  // some rows of tiles, the last ones cut

IndexMask stripes() {
    IndexMask mask{kSize, std::vector<uint8_t>(static_cast<size_t>(kSize.area()))};
    for (size_t i = 0; i < mask.values.size(); ++i) mask.values[i] = static_cast<uint8_t>(i / 97 % 7 * 51);
    return mask;
}

class GeoTiffRowsTest : public ::testing::Test {
  protected:
    GeoTiffRowsTest() { testing::writeMap(folder / "map.tif", kSize); }

    Result<GeoTiffRows> create(const ClassTable* classes, PixelSize size = kSize) {
        return GeoTiffRows::create(folder / "mask.tif", folder / "map.tif", size, classes,
                                   {folder / "map.tif"});
    }

    TemporaryFolder folder;
};

TEST_F(GeoTiffRowsTest, RowsComeInAnyNumber) {
    const IndexMask mask = stripes();
    const ClassTable classes = twoClasses();
    Result<GeoTiffRows> rows = create(&classes);
    ASSERT_TRUE(rows) << describe(rows.error());
    std::span<const uint8_t> left = mask.values;
    for (const int count : {1, 300, 255, 256, 88}) {
        const auto part = static_cast<size_t>(count) * kSize.width;
        ASSERT_TRUE(rows->add(left.first(part)));
        left = left.subspan(part);
    }
    ASSERT_TRUE(left.empty());
    EXPECT_FALSE(std::filesystem::exists(folder / "mask.tif")) << "half a file never stands under its name";
    ASSERT_TRUE(rows->finish());
    EXPECT_EQ(readIndexMask(folder / "mask.tif").value(), mask);
    const auto dataset = openImageFile(folder / "mask.tif");
    std::array<double, 6> transform{};
    ASSERT_EQ((*dataset)->GetGeoTransform(transform.data()), CE_None);
    EXPECT_EQ(transform, testing::kMapTransform);
    EXPECT_STREQ((*dataset)->GetMetadataItem("CLASS_5"), "cell");
    int width = 0, height = 0;
    (*dataset)->GetRasterBand(1)->GetBlockSize(&width, &height);
    EXPECT_EQ(width, 256);
    EXPECT_EQ(height, 256);
    EXPECT_THAT(folder.names(), ::testing::UnorderedElementsAre("map.tif", "mask.tif"));
}

TEST_F(GeoTiffRowsTest, PlainGreysHaveNoPalette) {
    Result<GeoTiffRows> rows = create(nullptr);
    ASSERT_TRUE(rows && rows->add(stripes().values) && rows->finish());
    EXPECT_FALSE(readRasterInfo(folder / "mask.tif").value().hasPalette);
    EXPECT_EQ(readRaster(folder / "mask.tif").value().bytes, stripes().values);
}

TEST_F(GeoTiffRowsTest, WhatIsGivenUpLeavesNothing) {
    {
        Result<GeoTiffRows> rows = create(nullptr);
        ASSERT_TRUE(rows);
        const std::vector<uint8_t> some(static_cast<size_t>(kSize.width) * 600);
        ASSERT_TRUE(rows->add(some));
        EXPECT_THROW((void)rows->finish(), std::logic_error) << "rows are missing";
    }
    EXPECT_THAT(folder.names(), ElementsAre("map.tif"));
}

TEST_F(GeoTiffRowsTest, WhatIsStoppedWhileItIsReadAgainLeavesNothing) {
    std::stop_source stop;
    stop.request_stop();
    {
        Result<GeoTiffRows> rows = create(nullptr);
        ASSERT_TRUE(rows && rows->add(stripes().values));
        EXPECT_EQ(rows->finish(stop.get_token()), false);
    }
    EXPECT_THAT(folder.names(), ElementsAre("map.tif"));
}

TEST_F(GeoTiffRowsTest, RefusesAnImageAndAnotherGrid) {
    EXPECT_EQ(create(nullptr, {700, 901}).error().code, ErrorCode::LabelsSizeMismatch);
    EXPECT_EQ(
        GeoTiffRows::create(folder / "map.tif", folder / "map.tif", kSize, nullptr, {folder / "map.tif"})
            .error()
            .code,
        ErrorCode::ExportOverInput);
    EXPECT_THAT(folder.names(), ElementsAre("map.tif"));
}

}  // namespace
}  // namespace finebrush
