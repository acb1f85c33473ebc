#include "core/session/labels/colour_filler.h"

#include "tests/core/session/session_fixture.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

/// An image that is too large to be filled at once, whose colours tell the place.
class ColourFillerTest : public testing::SessionTest {
  protected:
    ColourFillerTest() { addPicture("a.png", {700, 600}); }

    void preview(int tolerance, uint8_t value = 1) {
        session->previewColourFill({{100.5, 100.5}, tolerance, value});
    }
    int64_t pixelsOf(uint8_t value) { return session->labels().histogram()[value]; }
    bool waitForPixels(int64_t count) {
        return queue.runUntil([&] { return pixelsOf(1) == count; });
    }
};

TEST_F(ColourFillerTest, TheNewestWishIsSeenAndNotFinished) {
    for (int tolerance = 1; tolerance <= 10; ++tolerance) preview(tolerance);
    EXPECT_TRUE(session->labels().isEmpty());
    ASSERT_TRUE(waitForPixels(21 * 21));
    preview(5);
    ASSERT_TRUE(waitForPixels(11 * 11));
    EXPECT_FALSE(session->canUndo());
    session->finishColourFill();
    EXPECT_TRUE(session->canUndo());
    session->undo();
    EXPECT_TRUE(session->labels().isEmpty());
}

TEST_F(ColourFillerTest, WhatIsFinishedBeforeItIsSeenIsNotLost) {
    preview(5);
    session->finishColourFill();
    session->previewColourFill({{200.5, 200.5}, 2, 0});
    session->finishColourFill();
    ASSERT_TRUE(queue.runUntil([&] { return pixelsOf(1) == 121 && pixelsOf(0) == 25; }));
    session->undo();
    EXPECT_EQ(pixelsOf(0), 0);
    EXPECT_EQ(pixelsOf(1), 121);
}

TEST_F(ColourFillerTest, ItCanBeTakenBackSeenOrNot) {
    preview(5);
    ASSERT_TRUE(waitForPixels(121));
    preview(10);
    session->cancelPainting();
    EXPECT_TRUE(session->labels().isEmpty());
    paint(1, {20, 20}, 4);
    const int64_t painted = pixelsOf(1);
    preview(3);
    ASSERT_TRUE(waitForPixels(painted + 49));
    session->cancelPainting();
    EXPECT_EQ(pixelsOf(1), painted) << "the stroke stays";
}

TEST_F(ColourFillerTest, ASmallImageIsFilledAtOnce) {
    addPicture("b.png", {200, 200});
    preview(5);
    EXPECT_EQ(pixelsOf(1), 121);
}

}  // namespace
}  // namespace finebrush
