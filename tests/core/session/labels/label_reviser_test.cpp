#include "core/session/labels/label_reviser.h"

#include "tests/core/session/session_fixture.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace finebrush {
namespace {

constexpr PixelSize kSize{2304, 2304};  // 81 tiles: too much to be done at once
constexpr RectInImage kHole{1000, 1000, 100, 100};

/// An image that is all of the first class but for a hole.
class LabelReviserTest : public testing::SessionTest {
  protected:
    LabelReviserTest() {
        addPicture("a.png", kSize);
        session->previewFill(PixelRegion::ofRect(RectInImage::ofSize(kSize), kSize), 0);
        session->finishPainting();
        session->fill(PixelRegion::ofRect(kHole, kSize), kUnlabelled);
        events.clear();
    }
    void reshape(ClassShape::Edit edit, int smallest = 0) {
        session->reshape(session->classes().classes()[0].id, {edit, smallest});
    }
    int64_t pixelsOf(uint8_t value) { return session->labels().histogram()[value]; }
    bool isWorking() const {
        const auto said = eventsOf<LabelWork>();
        return !said.empty() && said.back().isRunning;
    }
    bool waitUntilDone() {
        return queue.runUntil([this] { return !isWorking(); });
    }
};

TEST_F(LabelReviserTest, AnEditOfMuchIsWorkedOutAsideAndIsOneStep) {
    reshape(ClassShape::Edit::FillHoles);
    EXPECT_TRUE(isWorking());
    EXPECT_EQ(pixelsOf(kUnlabelled), kHole.area());
    ASSERT_TRUE(waitUntilDone());
    EXPECT_EQ(pixelsOf(kUnlabelled), 0);
    EXPECT_EQ(session->images()[0].labelledPixels, kSize.area());
    session->undo();
    EXPECT_EQ(pixelsOf(kUnlabelled), kHole.area());
    session->redo();
    EXPECT_EQ(pixelsOf(kUnlabelled), 0);
}

TEST_F(LabelReviserTest, WhatIsPaintedMeanwhileStays) {
    reshape(ClassShape::Edit::FillHoles);
    paint(1, {1050, 1050}, 20);
    const int64_t painted = pixelsOf(1);
    ASSERT_TRUE(waitUntilDone());
    EXPECT_EQ(pixelsOf(1), painted);
    EXPECT_EQ(pixelsOf(0), kSize.area() - painted);
    session->undo();
    EXPECT_EQ(pixelsOf(kUnlabelled), kHole.area() - painted);
}

TEST_F(LabelReviserTest, AStrokeIsNotCutByWhatIsBroughtIn) {
    session->beginStroke(1, 20, {1050, 1050});
    reshape(ClassShape::Edit::FillHoles);  // finishes that
    session->beginStroke(1, 20, {1020, 1020});
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(300);
    while (std::chrono::steady_clock::now() < end) {
        queue.runPosted();
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    session->extendStroke({1030, 1020});
    EXPECT_EQ(session->labels().at(1090, 1090), kUnlabelled);
    session->finishPainting();
    ASSERT_TRUE(waitUntilDone());
    EXPECT_EQ(pixelsOf(kUnlabelled), 0);
    EXPECT_EQ(session->labels().at(1030, 1020), 1);
}

TEST_F(LabelReviserTest, EditsFollowOneAnother) {
    reshape(ClassShape::Edit::Shrink);
    reshape(ClassShape::Edit::Shrink);
    reshape(ClassShape::Edit::FillHoles);
    ASSERT_TRUE(waitUntilDone());
    EXPECT_EQ(pixelsOf(0), kSize.area());
    session->undo();
    EXPECT_EQ(pixelsOf(kUnlabelled), kHole.area() + 4 * 100 + 4 * 100 + 4);
}

TEST_F(LabelReviserTest, ItCanBeGivenUp) {
    reshape(ClassShape::Edit::Grow);
    reshape(ClassShape::Edit::FillHoles);
    session->cancelLabelWork();
    ASSERT_TRUE(waitUntilDone());
    queue.runPosted();
    EXPECT_EQ(pixelsOf(kUnlabelled), kHole.area());
    session->undo();
    EXPECT_EQ(pixelsOf(0), kSize.area()) << "the newest step is that of before";
}

TEST_F(LabelReviserTest, OfAnotherProjectNothingIsBroughtIn) {
    reshape(ClassShape::Edit::FillHoles);
    session->newProject();
    ASSERT_TRUE(waitUntilDone());
    EXPECT_FALSE(session->canUndo());
    EXPECT_EQ(noticed().size(), 0U);
}

TEST_F(LabelReviserTest, AClassGoesWithAllThatIsPaintedOfItMeanwhile) {
    const LabelClass removed = session->classes().classes()[0];
    const ClassId heir = session->classes().classes()[1].id;
    session->removeClass(removed.id, heir);
    EXPECT_EQ(session->classes().size(), 2);
    paint(0, {1050, 1050}, 20);
    const int64_t painted = pixelsOf(0);
    ASSERT_TRUE(waitUntilDone());
    EXPECT_EQ(session->classes().size(), 1);
    EXPECT_EQ(pixelsOf(0), 0);
    EXPECT_EQ(pixelsOf(1), painted);
    session->undo();
    EXPECT_EQ(session->classes().size(), 2);
    EXPECT_EQ(pixelsOf(0), painted);
}

TEST_F(LabelReviserTest, APlanIsMadeAnewWhereClassesChangeMeanwhile) {
    session->removeClass(session->classes().classes()[0].id);
    session->addClass("third");
    ASSERT_TRUE(waitUntilDone());
    EXPECT_EQ(session->classes().size(), 2);
    EXPECT_EQ(session->classes().classes()[1].name, "third");
    EXPECT_EQ(pixelsOf(0), 0);
}

TEST_F(LabelReviserTest, LockedClassesAreKept) {
    paint(1, {1050, 1050}, 20);
    LabelClass locked = session->classes().classes()[1];
    locked.locked = true;
    session->updateClass(locked);
    const int64_t painted = pixelsOf(1);
    reshape(ClassShape::Edit::FillHoles);
    ASSERT_TRUE(waitUntilDone());
    EXPECT_EQ(pixelsOf(1), painted);
    EXPECT_EQ(pixelsOf(kUnlabelled), 0);
}

}  // namespace
}  // namespace finebrush
