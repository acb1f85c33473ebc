#include "core/session/labels/label_reviser.h"

#include "tests/core/session/session_fixture.h"

#include <gtest/gtest.h>

#include <optional>
#include <stop_token>
#include <utility>

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

/// A reviser without the rest of a session, so that what it does next can be waited for.
class LabelReviserAloneTest : public ::testing::Test {
  protected:
    LabelReviserAloneTest() {
        current.startNew(testing::makeClasses({"a", "b"}));
        current.project().addImage(testing::makeRecord(kSize));
        image = current.project().images().front().record.id;
    }
    /// Fills the hole with the first class.
    void fillHole() {
        reviser.revise([this]() -> std::optional<EditPlan> {
            ++plans;
            EditPlan plan{current.project().classes(), {}, {}};
            plan.labels.push_back(filledHole());
            return plan;
        });
    }
    /// The same, and removes the second class.
    void removeClass() {
        reviser.revise([this] {
            ++plans;
            std::optional<EditPlan> plan = current.project().removalPlan(second().id, std::nullopt);
            plan->labels.push_back(filledHole());
            return plan;
        });
    }
    EditPlan::Labels filledHole() {
        const auto find = [](const LabelMap&, const std::stop_token&) -> Result<PixelRegion> {
            return PixelRegion::ofRect(kHole, kSize);
        };
        constexpr int64_t kMuch = 1000;  // tiles
        return {image, LabelRevision(labels(), RegionEdit{find, 0, PaintRule(), kMuch})};
    }
    const LabelMap& labels() { return current.project().image(image)->labels; }
    LabelClass first() { return current.project().classes().classes()[0]; }
    LabelClass second() { return current.project().classes().classes()[1]; }
    /// Waits for what the reviser posts next and runs it.
    bool runNext() {
        return queue.runUntil([hasRun = false]() mutable { return std::exchange(hasRun, true); });
    }

    testing::TemporaryFolder folder;
    testing::ManualQueue queue;   // the reviser's
    testing::ManualQueue others;  // is never run
    Worker closer{others.post()};
    CurrentProject current{others.post(),
                           folder / "recovery",
                           closer,
                           {.durabilityChanged = [] {},
                            .failed = [](const Error&) {},
                            .saved = [](const std::filesystem::path&) {},
                            .undone = [](const ProjectEffect&) {}}};
    ImageId image;
    int plans = 0;
    int edits = 0;
    LabelReviser reviser{queue.post(),
                         current,
                         {.beforeChange = [] {},
                          .announce = [this](const ProjectEffect&) { ++edits; },
                          .emit = [](const SessionEvent&) {}}};
};

TEST_F(LabelReviserAloneTest, AStrokeIsNotCutByWhatIsBroughtIn) {
    fillHole();
    current.project().beginStroke(image, 1, 20, {1020, 1020});
    ASSERT_TRUE(runNext());  // it is worked out
    EXPECT_EQ(edits, 0);
    current.project().extendStroke({1030, 1020});
    EXPECT_EQ(labels().at(1090, 1090), kUnlabelled);
    current.project().finishPainting();
    reviser.paintingEnded();
    ASSERT_TRUE(runNext());
    EXPECT_EQ(edits, 1);
    EXPECT_EQ(labels().at(1090, 1090), 0);
    EXPECT_EQ(labels().at(1030, 1020), 1);
}

TEST_F(LabelReviserAloneTest, HowClassesLookMakesNoEditBeginAgain) {
    fillHole();
    LabelClass other = first();
    other.name = "renamed";
    other.colour = {1, 2, 3};
    other.visible = false;
    other.key = 'Q';
    current.project().updateClass(other);
    current.project().moveClass(other.id, 1);
    ASSERT_TRUE(runNext());
    EXPECT_EQ(edits, 1);
    EXPECT_EQ(plans, 1);
}

TEST_F(LabelReviserAloneTest, AnEditBeginsAgainWhereAClassIsLocked) {
    fillHole();
    LabelClass locked = second();
    locked.locked = true;
    current.project().updateClass(locked);
    ASSERT_TRUE(runNext());
    EXPECT_EQ(edits, 0);
    EXPECT_EQ(plans, 2);
    ASSERT_TRUE(runNext());
    EXPECT_EQ(edits, 1);
}

TEST_F(LabelReviserAloneTest, AClassThatIsRemovedComesBackAsItWasLast) {
    removeClass();
    LabelClass hidden = first();
    hidden.visible = false;
    current.project().updateClass(hidden);
    LabelClass renamed = second();
    renamed.name = "renamed";
    current.project().updateClass(renamed);
    ASSERT_TRUE(runNext());
    EXPECT_EQ(plans, 2);
    ASSERT_TRUE(runNext());
    EXPECT_EQ(edits, 1);
    EXPECT_EQ(current.project().classes().size(), 1);
    current.project().undo();
    EXPECT_EQ(second(), renamed);
    EXPECT_EQ(first(), hidden);
}

}  // namespace
}  // namespace finebrush
