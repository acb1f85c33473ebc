#include "core/session/labels/superpixel_maker.h"

#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/core/session/session_fixture.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

class SuperpixelMakerTest : public testing::SessionTest {
  protected:
    SuperpixelMaker& maker() { return session->superpixels(); }
    void want(const RectInImage& visible, PointInImage around = {}, int side = 10) {
        maker().want(visible, around, side);
    }
    size_t made() const { return eventsOf<SuperpixelsChanged>().size(); }
    bool waitUntilMade(size_t count) {
        return queue.runUntil([&] { return made() >= count; });
    }
};

TEST_F(SuperpixelMakerTest, WhatIsSeenIsCutWithRoomAroundIt) {
    addPicture("a.png", {400, 300});
    EXPECT_EQ(maker().current(), nullptr);
    want({100, 100, 80, 40});
    ASSERT_TRUE(waitUntilMade(1));
    EXPECT_EQ(maker().current()->rect(), (RectInImage{80, 90, 120, 60}));
    EXPECT_EQ(maker().current()->count(), 12 * 6);
}

TEST_F(SuperpixelMakerTest, AWishThatIsMetMakesNoWork) {
    addPicture("a.png", {400, 300});
    want({100, 100, 80, 40});
    ASSERT_TRUE(waitUntilMade(1));
    const auto before = maker().current();
    want({110, 105, 80, 40});
    want({100, 100, 80, 40}, {300, 200});
    EXPECT_FALSE(maker().isWorking());
    EXPECT_EQ(maker().current(), before);
    want({200, 100, 80, 40});
    ASSERT_TRUE(waitUntilMade(2));
    EXPECT_EQ(maker().current()->rect().x, 180);
    want({200, 100, 80, 40}, {}, 20);
    ASSERT_TRUE(waitUntilMade(3));
    EXPECT_EQ(maker().current()->count(), 6 * 3);
}

TEST_F(SuperpixelMakerTest, OfSeveralWishesTheNewestCounts) {
    addPicture("a.png", {400, 300});
    for (int side = 5; side <= 20; ++side) want({0, 0, 300, 200}, {}, side);
    ASSERT_TRUE(waitUntilMade(1));
    EXPECT_EQ(maker().current()->count(), (375 / 20) * (250 / 20));
    queue.runPosted();
    EXPECT_EQ(made(), 1U);
}

TEST_F(SuperpixelMakerTest, OfMuchOnlyWhatLiesAroundThePointIsCut) {
    addPicture("a.png", {4000, 30});
    want({0, 0, 4000, 30}, {3000, 10});
    ASSERT_TRUE(waitUntilMade(1));
    EXPECT_EQ(maker().current()->rect().width, SuperpixelMaker::kMaxSide);
    EXPECT_TRUE(maker().current()->at({3000, 10}));
    want({0, 0, 4000, 30}, {10, 10});
    ASSERT_TRUE(waitUntilMade(2));
    EXPECT_TRUE(maker().current()->at({0, 0}));
}

TEST_F(SuperpixelMakerTest, WhatIsSeenIsCutOnceWhereverThePointerIs) {
    addPicture("a.png", {3000, 60});
    const RectInImage seen{1000, 10, 900, 30};
    want(seen, {1010, 20});
    ASSERT_TRUE(waitUntilMade(1));
    const auto before = maker().current();
    EXPECT_EQ(before->rect().intersected(seen), seen);
    EXPECT_EQ(before->rect().width, SuperpixelMaker::kMaxSide);
    want(seen, {1890, 20});
    EXPECT_FALSE(maker().isWorking());
}

TEST_F(SuperpixelMakerTest, WhereVoxelsAreNoSquaresThePatientCounts) {
    testing::writeNifti(folder / "brain.nii.gz", {60, 60, 20}, 1, 6);
    session->addImages({folder / "brain.nii.gz"});
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    showSlice("coronal:30");
    ASSERT_EQ(session->shownImage()->pixels.size, (PixelSize{60, 20}));
    want({0, 0, 60, 20}, {}, 12);
    ASSERT_TRUE(waitUntilMade(1));
    EXPECT_NEAR(maker().current()->count(), 5 * 10, 5);
}

TEST_F(SuperpixelMakerTest, AnotherImageHasNoneYet) {
    addPicture("a.png", {100, 80});
    want({0, 0, 100, 80});
    ASSERT_TRUE(waitUntilMade(1));
    addPicture("b.png", {100, 80});
    EXPECT_EQ(maker().current(), nullptr);
    want({0, 0, 100, 80});
    ASSERT_TRUE(waitUntilMade(2));
    EXPECT_NE(maker().current(), nullptr);
}

TEST_F(SuperpixelMakerTest, ThereIsNothingToCutWithoutAnImageOrASight) {
    want({0, 0, 100, 80});
    addPicture("a.png", {100, 80});
    want({});
    want({200, 200, 10, 10});
    EXPECT_FALSE(maker().isWorking());
    EXPECT_EQ(maker().current(), nullptr);
}

}  // namespace
}  // namespace finebrush
