#include "core/session/labels/cross_label_maker.h"

#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/core/session/session_fixture.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::writeNifti;

/// A session over a volume of 40 × 30 × 9 voxels, whose voxel (i, j, k) is the pixel (i, j) of the axial
/// slice k, and the pixel (i, 8 - k) of the coronal slice j.
class CrossLabelMakerTest : public testing::SessionTest {
  protected:
    void openVolume(int frames = 1) {
        writeNifti(folder / "brain.nii.gz", {40, 30, 9}, frames);
        session->addImages({folder / "brain.nii.gz"});
        ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    }
    void paintSlice(const char* text, uint8_t value, PointInImage point, double diameter = 1) {
        showSlice(text);
        paint(value, point, diameter);
    }
    /// Waits for what the other views have at a pixel of the shown slice.
    bool waitForCross(int x, int y, uint8_t value) {
        return queue.runUntil([&] { return crossAt(x, y) == value; });
    }
    uint8_t crossAt(int x, int y) const {
        const auto labels = session->crossLabels();
        return labels ? labels->at(x, y) : kUnlabelled;
    }
    /// Takes them, and gives the files that are told.
    std::vector<std::filesystem::path> take() {
        events.clear();
        session->takeCrossLabels();
        EXPECT_TRUE(waitFor<JobFinished>());
        if (eventsOf<JobFinished>().empty()) return {};
        EXPECT_EQ(eventsOf<JobFinished>().front().kind, JobFinished::Kind::TookCrossLabels);
        return eventsOf<JobFinished>().front().files;
    }
    std::filesystem::path addressed(const char* slice) const {
        return folder / (std::string("brain.nii.gz#") + slice);
    }
};

TEST_F(CrossLabelMakerTest, PaintOfAnAxialSliceIsSeenInTheOtherViewsAndGoesWithUndo) {
    openVolume();
    paintSlice("axial:4", 1, {20.5, 15.5});
    EXPECT_EQ(session->crossLabels(), nullptr);
    showSlice("coronal:15");
    EXPECT_TRUE(waitForCross(20, 4, 1));
    EXPECT_EQ(crossAt(20, 5), kUnlabelled);
    EXPECT_TRUE(session->labels().isEmpty()) << "its own labels are another thing";
    EXPECT_FALSE(eventsOf<CrossLabelsChanged>().empty());
    showSlice("coronal:16");
    EXPECT_EQ(session->crossLabels(), nullptr);
    showSlice("sagittal:20");
    EXPECT_TRUE(waitForCross(15, 4, 1));
    session->undo();  // and shows what it changed
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage()->slice == sliceFromText("axial:4"); }));
    showSlice("sagittal:20");
    EXPECT_TRUE(queue.runUntil([&] { return session->crossLabels() == nullptr; }));
    session->redo();
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage()->slice == sliceFromText("axial:4"); }));
    showSlice("sagittal:20");
    EXPECT_TRUE(waitForCross(15, 4, 1));
}

TEST_F(CrossLabelMakerTest, FollowSlicesThatComeAndGo) {
    openVolume();
    paintSlice("axial:4", 1, {20.5, 15.5});
    const ImageId axial = session->shownImage()->id;
    showSlice("sagittal:20");
    ASSERT_TRUE(waitForCross(15, 4, 1));
    session->removeImage(axial);
    EXPECT_TRUE(queue.runUntil([&] { return session->crossLabels() == nullptr; }));
    session->undo();
    EXPECT_TRUE(waitForCross(15, 4, 1));
    EXPECT_EQ(session->shownImage()->slice, sliceFromText("sagittal:20"));
}

TEST_F(CrossLabelMakerTest, OtherFramesHaveNoPart) {
    openVolume(2);
    paintSlice("axial:4", 1, {3.5, 15.5});
    paintSlice("coronal:15:1", 1, {3.5, 3.5});
    showSlice("sagittal:3:1");
    EXPECT_TRUE(waitForCross(15, 3, 1));
    EXPECT_EQ(crossAt(15, 4), kUnlabelled);
}

TEST_F(CrossLabelMakerTest, AreTakenWhereNothingIsLabelledAsOneStep) {
    openVolume();
    paintSlice("axial:4", 1, {20.5, 15.5}, 9);
    paintSlice("axial:3", 1, {20.5, 15.5}, 9);
    paintSlice("coronal:15", 0, {20.5, 4.5}, 1);
    const LabelMap before = session->labels();
    LabelClass first = session->classes().classes()[0];
    first.locked = true;
    session->updateClass(first);
    EXPECT_THAT(take(), ElementsAre(addressed("coronal:15")));
    EXPECT_EQ(session->labels().at(20, 4), 0) << "it has a label";
    EXPECT_EQ(session->labels().at(19, 4), 1);
    EXPECT_EQ(session->labels().at(20, 5), 1);
    EXPECT_EQ(session->labels().at(20, 6), kUnlabelled);
    session->undo();
    EXPECT_EQ(session->labels(), before);
    session->redo();
    EXPECT_EQ(session->labels().at(19, 4), 1);
}

TEST_F(CrossLabelMakerTest, WhatMayNotBePaintedIsNotTakenAndOneIsTold) {
    openVolume();
    paintSlice("axial:4", 1, {20.5, 15.5}, 9);
    showSlice("coronal:2");
    EXPECT_THAT(take(), IsEmpty()) << "no label crosses it";
    showSlice("coronal:15");
    session->setPaintsOver({0});
    EXPECT_THAT(take(), IsEmpty()) << "only the first class is painted over";
    EXPECT_TRUE(session->labels().isEmpty());
    session->setPaintsOver(PaintOver::Unlabelled);
    EXPECT_THAT(take(), ElementsAre(addressed("coronal:15")));
    EXPECT_EQ(session->labels().at(20, 4), 1);
    EXPECT_THAT(take(), IsEmpty()) << "all of it is there already";
}

TEST_F(CrossLabelMakerTest, APictureHasNoOtherViews) {
    addPicture("a.png");
    paintTwoClasses();
    events.clear();
    session->takeCrossLabels();
    queue.runPosted();
    EXPECT_EQ(session->crossLabels(), nullptr);
    EXPECT_TRUE(eventsOf<JobFinished>().empty());
    EXPECT_TRUE(eventsOf<CrossLabelsChanged>().empty());
}

}  // namespace
}  // namespace finebrush
