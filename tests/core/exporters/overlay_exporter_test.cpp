#include "core/exporters/overlay_exporter.h"

#include "core/image/raster/raster_reader.h"
#include "tests/core/exporters/export_fixtures.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using testing::TemporaryFolder;
using testing::twoClasses;

constexpr PixelSize kSize{12, 10};
const RectInImage kCell{3, 2, 6, 5};

/// A picture of one grey, and a mask with a rectangle of class 5 on unlabelled or background pixels.
std::vector<uint8_t> grey(uint8_t value) {
    return std::vector<uint8_t>(static_cast<size_t>(kSize.area()) * 3, value);
}

IndexMask cellOn(uint8_t around) {
    IndexMask mask{kSize, std::vector<uint8_t>(static_cast<size_t>(kSize.area()), around)};
    for (int y = kCell.y; y < kCell.bottom(); ++y) {
        for (int x = kCell.x; x < kCell.right(); ++x)
            mask.values[static_cast<size_t>(y * kSize.width + x)] = 5;
    }
    return mask;
}

/// All rows.
std::vector<uint8_t> rendered(const std::vector<uint8_t>& picture, const IndexMask& mask,
                              const ClassTable& classes, double opacity) {
    return renderOverlay(picture, mask, classes, opacity, 0, mask.size.height);
}

std::vector<int> pixelAt(const std::vector<uint8_t>& rgb, int x, int y) {
    const size_t first = static_cast<size_t>(y * kSize.width + x) * 3;
    return {rgb[first], rgb[first + 1], rgb[first + 2]};
}

TEST(Overlay, LeavesUnlabelledPixelsUntouched) {
    const IndexMask mask = cellOn(kUnlabelled);
    const std::vector<uint8_t> rgb = rendered(grey(100), mask, twoClasses(), 0.5);
    for (int y = 0; y < kSize.height; ++y) {
        for (int x = 0; x < kSize.width; ++x) {
            const bool labelled = mask.at(x, y) != kUnlabelled;
            EXPECT_EQ(pixelAt(rgb, x, y) == (std::vector{100, 100, 100}), !labelled) << x << ", " << y;
        }
    }
}

TEST(Overlay, BlendsTheInsideAndOutlinesTheRegion) {
    const std::vector<uint8_t> rgb = rendered(grey(100), cellOn(kUnlabelled), twoClasses(), 0.25);
    EXPECT_THAT(pixelAt(rgb, 5, 4), ElementsAre(125, 100, 75));
    for (const auto& [x, y] : {std::pair{3, 2}, {8, 6}, {5, 2}, {3, 4}, {8, 4}, {5, 6}}) {
        EXPECT_THAT(pixelAt(rgb, x, y), ElementsAre(200, 100, 0)) << x << ", " << y;
    }
    EXPECT_THAT(pixelAt(rgb, 4, 3), ElementsAre(125, 100, 75));
}

TEST(Overlay, HasNoOutlineAlongTheImageBorder) {
    const IndexMask everywhere{kSize, std::vector<uint8_t>(static_cast<size_t>(kSize.area()), 5)};
    const std::vector<uint8_t> rgb = rendered(grey(100), everywhere, twoClasses(), 0.25);
    EXPECT_THAT(pixelAt(rgb, 0, 0), ElementsAre(125, 100, 75));
    EXPECT_THAT(pixelAt(rgb, 11, 9), ElementsAre(125, 100, 75));
}

TEST(Overlay, LeavesHiddenClassesUntouched) {
    ClassTable classes = twoClasses();
    LabelClass background = classes.classes().front();
    background.visible = false;
    classes.update(background);
    const std::vector<uint8_t> rgb = rendered(grey(100), cellOn(0), classes, 0.5);
    EXPECT_THAT(pixelAt(rgb, 0, 0), ElementsAre(100, 100, 100));
    EXPECT_THAT(pixelAt(rgb, 2, 4), ElementsAre(100, 100, 100));
    EXPECT_THAT(pixelAt(rgb, 3, 4), ElementsAre(200, 100, 0));
}

TEST(Overlay, GrowsItsOutlineWithThePicture) {
    constexpr int kSide = 3000;
    IndexMask halves{{kSide, 4}, std::vector<uint8_t>(size_t{kSide} * 4, 0)};
    for (size_t i = 0; i < halves.values.size(); ++i) {
        if (i % kSide >= kSide / 2) halves.values[i] = 5;
    }
    const std::vector<uint8_t> rgb =
        rendered(std::vector<uint8_t>(halves.values.size() * 3, 100), halves, twoClasses(), 0);
    int outlined = 0;
    for (size_t x = 0; x < kSide; ++x) outlined += rgb[x * 3] != 100;
    EXPECT_EQ(outlined, 6);  // three px on each side
}

TEST(Overlay, OpacityIsClampedToItsRange) {
    const IndexMask mask = cellOn(0);
    EXPECT_EQ(rendered(grey(100), mask, twoClasses(), 7), rendered(grey(100), mask, twoClasses(), 1));
    EXPECT_EQ(rendered(grey(100), mask, twoClasses(), -1), rendered(grey(100), mask, twoClasses(), 0));
}

TEST(Overlay, RefusesAPictureOfAnotherSize) {
    EXPECT_THROW((void)rendered(std::vector<uint8_t>(9), cellOn(0), twoClasses(), 0.5),
                 std::invalid_argument);
}

TEST(OverlayExporter, WritesWhatItRenders) {
    const TemporaryFolder folder;
    const IndexMask mask = cellOn(0);
    ASSERT_TRUE(exportOverlay(folder / overlayFileName("cell"), grey(90), mask, twoClasses(), 0.5, {}));
    EXPECT_THAT(folder.names(), ElementsAre("cell_overlay.png"));
    const PixelBuffer read = *readRaster(folder / "cell_overlay.png");
    EXPECT_EQ(read.size, kSize);
    EXPECT_EQ(read.bytes, rendered(grey(90), mask, twoClasses(), 0.5));
}

TEST(OverlayExporter, WritesAPictureOfManyRowsPieceByPiece) {
    const TemporaryFolder folder;
    const IndexMask mask = testing::nestedMask({31, 1501}, 2);
    const std::vector<uint8_t> picture = testing::randomPixels(mask.size, 3, PixelType::UInt8).bytes;
    ASSERT_EQ(exportOverlay(folder / "a.png", picture, mask, twoClasses(), 0.5, {}), true);
    EXPECT_EQ(readRaster(folder / "a.png")->bytes, rendered(picture, mask, twoClasses(), 0.5))
        << "the outlines go on from piece to piece";
}

TEST(OverlayExporter, ThatIsStoppedLeavesNoFile) {
    const TemporaryFolder folder;
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(exportOverlay(folder / "a.png", grey(90), cellOn(0), twoClasses(), 0.5, {}, stop.get_token()),
              false);
    EXPECT_TRUE(folder.names().empty());
}

TEST(OverlayExporter, LeavesTheImageAlone) {
    const TemporaryFolder folder;
    const std::filesystem::path image = folder / overlayFileName("a");
    testing::writeImage(image, "PNG", testing::randomPixels(kSize, 3, PixelType::UInt8));
    const std::vector<uint8_t> before = testing::bytesOf(image);
    const Result<bool> outcome = exportOverlay(image, grey(90), cellOn(0), twoClasses(), 0.5, {image});
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::ExportOverInput);
    EXPECT_EQ(testing::bytesOf(image), before);
}

}  // namespace
}  // namespace finebrush
