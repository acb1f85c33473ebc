#include "core/session/labels/label_propagation.h"

#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/core/session/session_fixture.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using testing::writeNifti;

class LabelPropagationTest : public testing::SessionTest {
  protected:
    /// A volume of 40 × 30 × 9 voxels, its slice 4 shown.
    void openVolume() {
        writeNifti(folder / "brain.nii.gz", {40, 30, 9});
        const size_t before = session->images().size();
        session->addImages({folder / "brain.nii.gz"});
        ASSERT_TRUE(queue.runUntil([&] { return session->images().size() > before; }));
        const auto isVolume = [](const ImageEntry& entry) { return entry.slice.has_value(); };
        show(std::ranges::find_if(session->images(), isVolume)->id);
    }
    void paintSlice(const char* text, double diameter) {
        showSlice(text);
        const PixelSize size = session->labels().size();
        paint(1, {size.width / 2.0, size.height / 2.0}, diameter);
    }
    void interpolate() {
        events.clear();
        session->interpolateSlices();
        ASSERT_TRUE(
            queue.runUntil([&] { return !eventsOf<JobFinished>().empty() || !eventsOf<Notice>().empty(); }));
    }
    /// The labelled pixels of the axial slices that the project has, by their index.
    std::map<int, int64_t> labelled() const {
        std::map<int, int64_t> counts;
        for (const ImageEntry& entry : session->images()) {
            if (entry.slice && entry.slice->view == SliceView::Axial)
                counts[entry.slice->index] = entry.labelledPixels;
        }
        return counts;
    }
};

// ---- copying

TEST_F(LabelPropagationTest, LabelsOfThePreviousImageAreCopiedAsOneStep) {
    addPicture("a.png");
    paintTwoClasses();
    const LabelMap painted = session->labels();
    addPicture("b.png");
    session->copyLabelsFromPrevious();
    EXPECT_EQ(session->labels(), painted);
    EXPECT_GT(session->images()[1].labelledPixels, 0);
    session->undo();
    EXPECT_TRUE(session->labels().isEmpty());
}

TEST_F(LabelPropagationTest, TheNearestLabelledOneIsTaken) {
    const ImageId first = addPicture("a.png");
    paint(0, {10, 10});
    addPicture("b.png");
    paint(1, {20, 20});
    addPicture("c.png");
    addPicture("d.png");
    session->copyLabelsFromPrevious();
    EXPECT_EQ(session->labels().at(20, 20), 1);
    EXPECT_EQ(session->labels().at(10, 10), kUnlabelled);
    show(first);
    session->copyLabelsFromNext();
    EXPECT_EQ(session->labels().at(20, 20), 1);
    EXPECT_EQ(session->labels().at(10, 10), 0);
}

TEST_F(LabelPropagationTest, LockedClassesAndTheRuleOfPaintingAreKept) {
    addPicture("a.png");
    paint(1, {20, 20}, 20);
    addPicture("b.png");
    paint(0, {20, 20}, 8);
    LabelClass first = session->classes().classes()[0];
    first.locked = true;
    session->updateClass(first);
    session->copyLabelsFromPrevious();
    EXPECT_EQ(session->labels().at(20, 20), 0) << "its class is locked";
    EXPECT_EQ(session->labels().at(20, 28), 1);
    session->undo();
    first.locked = false;
    session->updateClass(first);
    session->setPaintsOver(PaintOver::Unlabelled);
    session->copyLabelsFromPrevious();
    EXPECT_EQ(session->labels().at(20, 20), 0) << "only unlabelled pixels are painted";
    session->undo();
    session->setPaintsOver({0});
    session->copyLabelsFromPrevious();
    EXPECT_EQ(session->labels().at(20, 20), 1);
    EXPECT_EQ(session->labels().at(20, 28), kUnlabelled) << "only the first class is painted over";
    session->undo();
    session->setPaintsOver(PaintOver::Everything);
    session->copyLabelsFromPrevious();
    EXPECT_EQ(session->labels().at(20, 20), 1);
}

TEST_F(LabelPropagationTest, WhereThereIsNothingToCopyOneIsTold) {
    addPicture("a.png");
    session->copyLabelsFromPrevious();
    session->copyLabelsFromNext();
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::NoLabelsBefore, ErrorCode::NoLabelsAfter));
    EXPECT_FALSE(session->canUndo());
}

TEST_F(LabelPropagationTest, AnImageOfAnotherSizeIsRefused) {
    addPicture("a.png");
    paintTwoClasses();
    addPicture("b.png", {61, 40});
    session->copyLabelsFromPrevious();
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::LabelsSizeMismatch));
    EXPECT_TRUE(session->labels().isEmpty());
}

TEST_F(LabelPropagationTest, OfAVolumeOnlySlicesOfTheSameViewAreNeighbours) {
    addPicture("a.png");
    paintTwoClasses();
    openVolume();
    session->copyLabelsFromPrevious();
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::NoLabelsBefore));
    paintSlice("axial:2", 6);
    showSlice("axial:4");
    session->copyLabelsFromPrevious();
    EXPECT_EQ(session->labels().at(20, 15), 1);
}

TEST_F(LabelPropagationTest, WithoutAnImageNothingHappens) {
    session->copyLabelsFromPrevious();
    session->interpolateSlices();
    queue.runPosted();
    EXPECT_TRUE(noticed().empty());
}

// ---- interpolating

TEST_F(LabelPropagationTest, SlicesBetweenTwoLabelledOnesAreFilledAsOneStep) {
    openVolume();
    paintSlice("axial:1", 8);
    paintSlice("axial:7", 20);
    interpolate();
    std::map<int, int64_t> counts = labelled();
    ASSERT_THAT(counts, SizeIs(7));
    for (int index = 2; index <= 7; ++index) EXPECT_GT(counts[index], counts[index - 1]) << index;
    EXPECT_EQ(eventsOf<JobFinished>().front().kind, JobFinished::Kind::InterpolatedSlices);
    EXPECT_THAT(eventsOf<JobFinished>().front().files, SizeIs(5));
    session->undo();
    counts = labelled();
    for (int index = 2; index <= 6; ++index) EXPECT_EQ(counts[index], 0) << index;
    EXPECT_GT(counts[1], 0);
    EXPECT_GT(counts[7], 0);
    session->redo();
    EXPECT_GT(labelled()[4], 0);
}

TEST_F(LabelPropagationTest, SlicesWithLabelsAreNotTouched) {
    openVolume();
    paintSlice("axial:1", 8);
    paintSlice("axial:4", 2);
    paintSlice("axial:7", 20);
    const int64_t before = labelled()[4];
    interpolate();  // the gap that ends at the slice on the screen
    std::map<int, int64_t> counts = labelled();
    EXPECT_EQ(counts[4], before);
    EXPECT_THAT(counts, SizeIs(5));
    EXPECT_GT(counts[5], 0);
    EXPECT_GT(counts[6], 0);
    showSlice("axial:2");
    interpolate();
    EXPECT_GT(labelled()[2], 0);
    EXPECT_GT(labelled()[3], 0);
    EXPECT_EQ(labelled()[4], before);
}

TEST_F(LabelPropagationTest, OtherViewsAreNotMixedIn) {
    openVolume();
    paintSlice("axial:1", 8);
    paintSlice("coronal:3", 4);
    paintSlice("coronal:6", 4);
    interpolate();
    EXPECT_THAT(noticed(), SizeIs(0));
    EXPECT_THAT(labelled(), SizeIs(1)) << "the slice that was opened has left the list";
    show(session->images()[0].id);
    interpolate();
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::NothingToInterpolate));
}

TEST_F(LabelPropagationTest, NeighboursLeaveNothingToFill) {
    openVolume();
    paintSlice("axial:3", 8);
    paintSlice("axial:4", 8);
    interpolate();
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::NothingToInterpolate));
    EXPECT_THAT(session->images(), SizeIs(2));
}

TEST_F(LabelPropagationTest, WhatIsPaintedMeanwhileStays) {
    openVolume();
    paintSlice("axial:2", 8);
    paintSlice("axial:6", 8);
    showSlice("axial:4");
    session->interpolateSlices();
    paint(0, {5, 5}, 3);
    const LabelMap painted = session->labels();
    ASSERT_TRUE(waitFor<JobFinished>());
    EXPECT_EQ(session->labels(), painted);
    EXPECT_GT(labelled()[3], 0);
}

}  // namespace
}  // namespace finebrush
