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
    ASSERT_TRUE(exportMask(folder / maskFileName("cell"), mask, twoClasses(), {}));

    EXPECT_THAT(folder.names(), ::testing::ElementsAre("cell_mask.png"));
    EXPECT_EQ(*readIndexMask(folder / "cell_mask.png"), mask);
    EXPECT_THAT(readRaster(folder / "cell_mask.png")->bytes,
                ::testing::ElementsAre(10, 20, 30, 200, 100, 0, 0, 0, 0,  //
                                       200, 100, 0, 10, 20, 30, 0, 0, 0));
}

TEST(MaskExporter, LeavesTheImageAlone) {
    const TemporaryFolder folder;
    testing::writeImage(folder / "a_mask.png", "PNG", testing::randomPixels({3, 2}, 3, PixelType::UInt8));
    const std::vector<uint8_t> before = testing::bytesOf(folder / "a_mask.png");
    const Result<void> outcome = exportMask(folder / maskFileName("a"), {{1, 1}, {0}}, twoClasses(),
                                            {folder / "a.png", folder / "a_mask.png"});
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::ExportOverInput);
    EXPECT_EQ(testing::bytesOf(folder / "a_mask.png"), before);
}

}  // namespace
}  // namespace finebrush
