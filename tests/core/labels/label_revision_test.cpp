#include "core/labels/label_revision.h"

#include "tests/core/labels/column_mask.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace finebrush {
namespace {

constexpr PixelSize kSize{600, 300};  // 3 × 2 tiles

/// Makes 2 of each 1.
PixelwiseEdit twoForOne() {
    return {.concerns = [](const LabelMap& labels, int column,
                           int row) { return !labels.isBlank(labels.tileRect(column, row)); },
            .change =
                [](const RectInImage&, std::span<uint8_t> values) {
                    const bool holds = std::ranges::find(values, 1) != values.end();
                    std::ranges::replace(values, 1, 2);
                    return holds;
                }};
}

/// Gives 5 to a region.
RegionEdit fiveIn(const RectInImage& rect) {
    RegionEdit edit;
    edit.value = 5;
    edit.find = [rect](const LabelMap& labels, const std::stop_token&) -> Result<PixelRegion> {
        return PixelRegion::ofRect(rect, labels.size());
    };
    return edit;
}

LabelMap sample() {
    LabelMap labels(kSize);
    labels.fill({10, 10, 500, 20}, 1);
    labels.fill({10, 280, 10, 10}, 3);
    return labels;
}

TEST(LabelRevision, IsWorkedOutAsideAndBroughtInAsAReversiblePatch) {
    LabelMap labels = sample();
    LabelRevision revision(labels, twoForOne());
    EXPECT_EQ(revision.tiles(), 3);
    ASSERT_TRUE(revision.workOut());
    EXPECT_EQ(labels, sample());
    const LabelPatch patch = revision.bringInto(labels);
    EXPECT_EQ(labels.histogram()[2], 500 * 20);
    EXPECT_EQ(labels.histogram()[1], 0);
    EXPECT_EQ(labels.histogram()[3], 100);
    EXPECT_EQ(patch.rect(), (RectInImage{10, 10, 500, 20}));
    patch.revert(labels);
    EXPECT_EQ(labels, sample());
}

TEST(LabelRevision, APixelwiseEditIsMadeOfWhatIsPaintedMeanwhileToo) {
    LabelMap labels = sample();
    LabelRevision revision(labels, twoForOne());
    ASSERT_TRUE(revision.workOut());
    labels.fill({100, 0, 50, 50}, 4);
    labels.fill({550, 290, 20, 5}, 1);  // in a tile that was blank
    const LabelMap before = labels;
    const LabelPatch patch = revision.bringInto(labels);
    EXPECT_EQ(labels.histogram()[1], 0);
    EXPECT_EQ(labels.histogram()[2], 500 * 20 - 50 * 20 + 20 * 5);
    EXPECT_EQ(labels.histogram()[4], 50 * 50);
    patch.revert(labels);
    EXPECT_EQ(labels, before);
}

TEST(LabelRevision, ARegionLeavesWhatIsPaintedMeanwhile) {
    LabelMap labels = sample();
    LabelRevision revision(labels, fiveIn({0, 0, 40, 40}));
    ASSERT_TRUE(revision.workOut());
    labels.fill({20, 20, 4, 4}, 4);
    labels.fill({100, 100, 5, 5}, 4);
    const LabelMap before = labels;
    const LabelPatch patch = revision.bringInto(labels);
    EXPECT_EQ(labels.histogram()[5], 40 * 40 - 16);
    EXPECT_EQ(labels.histogram()[4], 16 + 25);
    patch.revert(labels);
    EXPECT_EQ(labels, before);
}

TEST(LabelRevision, ARuleKeepsWhatItKeepsFromStrokes) {
    LabelMap labels = sample();
    RegionEdit edit = fiveIn({0, 0, 600, 300});
    edit.rule = PaintRule({}, PaintOver::Unlabelled);
    LabelRevision revision(labels, edit);
    ASSERT_TRUE(revision.workOut());
    revision.bringInto(labels);
    EXPECT_EQ(labels.histogram()[1], 500 * 20);
    EXPECT_EQ(labels.histogram()[kUnlabelled], 0);
}

TEST(LabelRevision, AMaskIsPreparedForTheRegionAndKeepsPixels) {
    LabelMap labels(kSize);
    const auto mask = std::make_shared<testing::ColumnMask>(20);
    RegionEdit edit = fiveIn({0, 0, 40, 40});
    edit.rule = PaintRule({}, PaintOver::Everything, mask);
    LabelRevision revision(labels, edit);
    EXPECT_FALSE(revision.isHeldBack());
    ASSERT_TRUE(revision.workOut());
    EXPECT_EQ(mask->prepared, 1u);
    EXPECT_TRUE(revision.isHeldBack());
    revision.bringInto(labels);
    EXPECT_EQ(labels.histogram()[5], 20 * 40);

    mask->problem = Error{ErrorCode::ImageDamaged, {"a.tif", "cut off"}, {}};
    LabelRevision failed(labels, edit);
    EXPECT_EQ(failed.workOut().error().code, ErrorCode::ImageDamaged);
}

TEST(LabelRevision, TilesThatWereUnpackedMeanwhileAreTheSame) {
    LabelMap labels(kSize);
    labels.setTileSource(
        0, 0, std::make_shared<const LabelMap::TileSource>([](LabelMap::Tile& tile) { tile.fill(1); }));
    LabelRevision revision(labels, fiveIn({0, 0, 10, 10}));
    ASSERT_TRUE(revision.workOut());
    EXPECT_EQ(labels.at(0, 0), 1);
    revision.bringInto(labels);
    EXPECT_EQ(labels.histogram()[5], 100);
    EXPECT_EQ(labels.histogram()[1], 256 * 256 - 100);
}

TEST(LabelRevision, ComesToNothingWhereItIsAskedToStopOrFails) {
    LabelMap labels = sample();
    std::stop_source source;
    source.request_stop();
    LabelRevision stopped(labels, fiveIn({0, 0, 10, 10}));
    ASSERT_TRUE(stopped.workOut(source.get_token()));
    EXPECT_TRUE(stopped.bringInto(labels).isEmpty());
    RegionEdit failing;
    failing.find = [](const LabelMap&, const std::stop_token&) -> Result<PixelRegion> {
        return failure(ErrorCode::ImageDamaged, {"a.tif", "cut off"});
    };
    LabelRevision failed(labels, failing);
    EXPECT_EQ(failed.workOut().error().code, ErrorCode::ImageDamaged);
}

}  // namespace
}  // namespace finebrush
