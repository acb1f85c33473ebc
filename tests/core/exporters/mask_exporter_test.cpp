#include "core/exporters/mask_exporter.h"

#include "core/image/raster/raster_reader.h"
#include "tests/core/exporters/export_fixtures.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using testing::TemporaryFolder;
using testing::twoClasses;

TEST(MaskExporter, WritesIndicesAndColours) {
    const TemporaryFolder folder;
    const IndexMask mask{{3, 2}, {0, 5, kUnlabelled, 5, 0, 77}};
    ASSERT_TRUE(exportMask(folder / maskFileName("cell"), LabelMap::fromMask(mask), twoClasses(), {}));

    EXPECT_THAT(folder.names(), ::testing::ElementsAre("cell_mask.png"));
    EXPECT_EQ(*readIndexMask(folder / "cell_mask.png"), mask);
    EXPECT_THAT(readRaster(folder / "cell_mask.png")->bytes,
                ::testing::ElementsAre(10, 20, 30, 200, 100, 0, 0, 0, 0,  //
                                       200, 100, 0, 10, 20, 30, 0, 0, 0));
}

TEST(MaskExporter, WritesAllRowsOfTiles) {
    const TemporaryFolder folder;
    const IndexMask mask = testing::nestedMask({301, 777}, 4);
    ASSERT_EQ(exportMask(folder / "a.png", LabelMap::fromMask(mask), twoClasses(), {}), true);
    EXPECT_EQ(*readIndexMask(folder / "a.png"), mask);
}

TEST(MaskExporter, ThatIsStoppedOnTheWayLeavesNoFile) {
    const TemporaryFolder folder;
    LabelMap labels({301, 777});
    std::stop_source stop;
    bool isReadOn = false;
    labels.setTileSource(0, 1, std::make_shared<const LabelMap::TileSource>([&](LabelMap::Tile& tile) {
                             tile.fill(5);
                             stop.request_stop();
                         }));
    labels.setTileSource(0, 2, std::make_shared<const LabelMap::TileSource>([&](LabelMap::Tile& tile) {
                             tile.fill(5);
                             isReadOn = true;
                         }));
    EXPECT_EQ(exportMask(folder / "a.png", labels, twoClasses(), {}, stop.get_token()), false);
    EXPECT_FALSE(isReadOn);
    EXPECT_TRUE(folder.names().empty());
}

TEST(MaskExporter, LeavesTheImageAlone) {
    const TemporaryFolder folder;
    testing::writeImage(folder / "a_mask.png", "PNG", testing::randomPixels({3, 2}, 3, PixelType::UInt8));
    const std::vector<uint8_t> before = testing::bytesOf(folder / "a_mask.png");
    const Result<bool> outcome = exportMask(folder / maskFileName("a"), LabelMap({1, 1}), twoClasses(),
                                            {folder / "a.png", folder / "a_mask.png"});
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::ExportOverInput);
    EXPECT_EQ(testing::bytesOf(folder / "a_mask.png"), before);
}

}  // namespace
}  // namespace finebrush
