#include "core/labels/pixel_region.h"

#include "tests/core/labels/column_mask.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

ClassTable twoClasses(bool firstIsLocked) {
    ClassTable table;
    table.insert(0, table.makeNext("first"));
    table.insert(1, table.makeNext("second"));
    LabelClass first = table.classes()[0];
    first.locked = firstIsLocked;
    table.update(first);
    return table;
}

/// Class 0 on the left, class 1 beside it, and nothing on the right.
LabelMap threeParts() {
    LabelMap map({600, 4});
    map.fill({0, 0, 200, 4}, 0);
    map.fill({200, 0, 200, 4}, 1);
    return map;
}

TEST(PixelRegion, ARowOfAMaskBecomesItsRuns) {
    PixelRegion region;
    region.addRow(10, 3, std::vector<uint8_t>{0, 1, 1, 0, 1});
    ASSERT_EQ(region.rects().size(), 2u);
    EXPECT_EQ(region.rects()[0], (RectInImage{11, 3, 2, 1}));
    EXPECT_EQ(region.rects()[1], (RectInImage{14, 3, 1, 1}));
    EXPECT_EQ(region.bounds(), (RectInImage{11, 3, 4, 1}));
    EXPECT_EQ(region.area(), 3);
}

TEST(PixelRegion, FillsEverythingWhereNothingIsProtected) {
    LabelMap map = threeParts();
    const LabelMap before = map;
    const PixelRegion all = PixelRegion::ofRect({-5, -5, 900, 90}, map.size());
    const LabelPatch patch = fillPatch(map, all, 1, {});
    patch.apply(map);
    EXPECT_EQ(map.histogram()[1], 2400);
    patch.revert(map);
    EXPECT_EQ(map, before);
}

TEST(PixelRegion, ALockedClassStays) {
    const PaintRule rule(twoClasses(true), PaintOver::Everything);
    for (const uint8_t value : {uint8_t{1}, kUnlabelled}) {
        LabelMap map = threeParts();
        fillPatch(map, PixelRegion::ofRect({0, 0, 600, 4}, map.size()), value, rule).apply(map);
        EXPECT_EQ(map.histogram()[0], 800);
        EXPECT_EQ(map.histogram()[value], 1600);
    }
}

TEST(PixelRegion, OnlyUnlabelledPixelsArePaintedButAllAreErased) {
    const PaintRule rule(twoClasses(false), PaintOver::Unlabelled);
    LabelMap map = threeParts();
    fillPatch(map, PixelRegion::ofRect({0, 0, 600, 4}, map.size()), 1, rule).apply(map);
    EXPECT_EQ(map.histogram()[0], 800);
    EXPECT_EQ(map.histogram()[1], 1600);
    fillPatch(map, PixelRegion::ofRect({0, 0, 600, 4}, map.size()), kUnlabelled, rule).apply(map);
    EXPECT_TRUE(map.isEmpty());
}

TEST(PixelRegion, OnlyOneClassIsPaintedOverAndErased) {
    const PixelRegion all = PixelRegion::ofRect({0, 0, 600, 4}, {600, 4});
    for (const uint8_t value : {uint8_t{1}, kUnlabelled}) {
        LabelMap map = threeParts();
        fillPatch(map, all, value, PaintRule(twoClasses(false), {0})).apply(map);
        EXPECT_EQ(map.histogram()[0], 0);
        EXPECT_EQ(map.histogram()[1], value == 1 ? 1600 : 800);
        EXPECT_EQ(map.histogram()[kUnlabelled], value == 1 ? 800 : 1600);
    }
    const LabelMap map = threeParts();
    EXPECT_TRUE(fillPatch(map, all, 1, PaintRule(twoClasses(true), {0})).isEmpty()) << "it is locked";
}

TEST(PixelRegion, AMaskKeepsPixelsFromPaintAndEraser) {
    const PaintRule rule({}, PaintOver::Everything, std::make_shared<testing::ColumnMask>(300));
    for (const uint8_t value : {uint8_t{0}, kUnlabelled}) {
        LabelMap map = threeParts();
        fillPatch(map, PixelRegion::ofRect({0, 0, 600, 4}, map.size()), value, rule).apply(map);
        EXPECT_EQ(map.histogram()[1], 400);
        EXPECT_EQ(map.histogram()[0], value == 0 ? 2000 : 800);
    }
}

TEST(PixelRegion, ItIsKnownWhetherTheMaskAloneHeldThePaintBack) {
    LabelMap map = threeParts();
    const auto mask = std::make_shared<testing::ColumnMask>(300);
    const PaintRule rule({}, PaintOver::Everything, mask);
    EXPECT_TRUE(fillAllowed(map, {250, 0, 100, 4}, 0, rule));
    EXPECT_EQ(map.histogram()[0], 1000);
    EXPECT_FALSE(fillAllowed(map, {300, 0, 50, 4}, 0, rule)) << "all of it may be painted";
    EXPECT_FALSE(fillAllowed(map, {0, 0, 200, 4}, 0, rule)) << "it is of the class already";
    EXPECT_FALSE(
        fillAllowed(map, {0, 0, 200, 4}, 1, PaintRule(twoClasses(true), PaintOver::Everything, mask)))
        << "the class is locked";
}

TEST(PixelRegion, APatchTellsThePixelsThatItChanges) {
    LabelMap map = threeParts();
    const LabelMap before = map;
    map.fill({190, 1, 30, 2}, 5);
    const PixelRegion region = changedRegion(LabelPatch::between(before, map, {0, 0, 600, 4}));
    EXPECT_EQ(region.area(), 60);
    EXPECT_EQ(region.bounds(), (RectInImage{190, 1, 30, 2}));
    EXPECT_TRUE(changedRegion(LabelPatch()).isEmpty());
}

TEST(PixelRegion, NothingToChangeIsAnEmptyPatch) {
    const LabelMap map = threeParts();
    EXPECT_TRUE(fillPatch(map, PixelRegion::ofRect({0, 0, 200, 4}, map.size()), 0, {}).isEmpty());
    EXPECT_TRUE(fillPatch(map, {}, 1, {}).isEmpty());
}

}  // namespace
}  // namespace finebrush
