#include "core/session/images/plane_reader.h"

#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/core/session/session_fixture.h"

#include <gmock/gmock.h>

#include <cstring>

namespace finebrush {
namespace {

using ::testing::Each;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::voxelValue;
using testing::writeNifti;

/// A session over a volume of 6 × 5 × 7 voxels, whose voxel (i, j, k) is the pixel (i, j) of the axial slice
/// k, (i, 6 - k) of the coronal slice j and (j, 6 - k) of the sagittal slice i.
class PlaneReaderTest : public testing::SessionTest {
  protected:
    void SetUp() override {
        writeNifti(folder / "brain.nii.gz", {6, 5, 7});
        session->addImages({folder / "brain.nii.gz"});
        ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
        ASSERT_EQ(session->shownImage()->slice, sliceFromText("axial:3"));
    }
    void want(const std::vector<const char*>& slices) {
        std::vector<SliceAddress> addresses;
        for (const char* slice : slices) addresses.push_back(sliceFromText(slice).value());
        session->wantPlanes(addresses);
    }
    /// Waits for the next answers, and forgets them.
    std::vector<PlaneRead> planes(size_t count) {
        EXPECT_TRUE(queue.runUntil([&] { return eventsOf<PlaneRead>().size() >= count; }));
        std::vector<PlaneRead> read = eventsOf<PlaneRead>();
        events.clear();
        return read;
    }
    /// Waits until a slice is labelled so by slices of other views.
    bool waitForCross(int x, int y, uint8_t value) {
        return queue.runUntil([&] {
            const std::vector<PlaneRead> read = eventsOf<PlaneRead>();
            if (read.empty()) return false;
            const auto& labels = read.back().crossLabels;
            return (labels ? labels->at(x, y) : kUnlabelled) == value;
        });
    }
    static int16_t valueAt(const PlaneRead& plane, int x, int y) {
        const PixelBuffer& pixels = plane.image->pixels;
        int16_t value = 0;
        std::memcpy(&value, &pixels.bytes[2 * (static_cast<size_t>(y) * pixels.size.width + x)], 2);
        return value;
    }
};

TEST_F(PlaneReaderTest, ReadsSlicesThatBecomeNoImages) {
    want({"coronal:2", "sagittal:4"});
    const std::vector<PlaneRead> read = planes(2);
    ASSERT_THAT(read, SizeIs(2));
    EXPECT_EQ(read[0].slice, sliceFromText("coronal:2"));
    EXPECT_EQ(read[0].image->slice, sliceFromText("coronal:2"));
    EXPECT_EQ(valueAt(read[0], 4, 1), voxelValue(4, 2, 5));
    EXPECT_EQ(valueAt(read[1], 3, 6), voxelValue(4, 3, 0));
    for (const PlaneRead& plane : read) {
        EXPECT_EQ(plane.image->grid, session->shownImage()->grid);
        EXPECT_EQ(plane.image->display, session->shownImage()->display);
        EXPECT_EQ(plane.labels->size(), plane.image->pixels.size);
        EXPECT_TRUE(plane.labels->isEmpty());
        EXPECT_EQ(plane.crossLabels, nullptr);
    }
    EXPECT_THAT(session->images(), SizeIs(1));
    showSlice("axial:4");
    EXPECT_THAT(session->images(), SizeIs(1));
    EXPECT_FALSE(session->canUndo());
}

TEST_F(PlaneReaderTest, WhatIsNotWantedAnyMoreIsDropped) {
    for (const char* slice : {"coronal:0", "coronal:1", "coronal:3"}) want({slice});
    EXPECT_THAT(planes(1), Each(Field(&PlaneRead::slice, sliceFromText("coronal:3").value())));
    want({"coronal:4"});
    want({});
    showSlice("axial:2");  // opened after it, on the same thread
    EXPECT_THAT(eventsOf<PlaneRead>(), IsEmpty());
}

TEST_F(PlaneReaderTest, WhatWasWantedAlreadyIsNotReadAgain) {
    want({"coronal:2", "sagittal:4"});
    planes(2);
    want({"coronal:2", "sagittal:5"});
    const std::vector<PlaneRead> read = planes(1);
    ASSERT_THAT(read, SizeIs(1));
    EXPECT_EQ(read[0].slice, sliceFromText("sagittal:5"));
}

TEST_F(PlaneReaderTest, LabelsOfTheSliceOnTheScreenAreSeenInThePlanesAcross) {
    want({"coronal:2"});
    const std::shared_ptr<const OpenedImage> image = planes(1).at(0).image;
    paint(1, {2.5, 2.5}, 1);
    ASSERT_TRUE(waitForCross(2, 3, 1));
    EXPECT_EQ(eventsOf<PlaneRead>().back().image, image) << "only its labels are new";
    paint(0, {4.5, 2.5}, 1);
    ASSERT_TRUE(waitForCross(4, 3, 0));
    session->undo();
    ASSERT_TRUE(waitForCross(4, 3, kUnlabelled));
    EXPECT_EQ(eventsOf<PlaneRead>().back().crossLabels->at(2, 3), 1);
}

TEST_F(PlaneReaderTest, APlaneThatIsASliceOfTheProjectHasItsLabels) {
    showSlice("coronal:2");
    paint(1, {1.5, 1.5}, 1);
    showSlice("axial:3");
    want({"coronal:2", "coronal:3"});
    const std::vector<PlaneRead> read = planes(2);
    EXPECT_EQ(read[0].labels->at(1, 1), 1);
    EXPECT_TRUE(read[1].labels->isEmpty());
}

TEST_F(PlaneReaderTest, PlanesAreDrawnAsTheSliceOnTheScreen) {
    want({"coronal:2"});
    planes(1);
    const DisplayMapping display{100, 300, 1, true};
    session->setDisplay(display);
    ASSERT_TRUE(waitFor<ImageRedrawn>());
    want({"coronal:2"});
    const PlaneRead plane = planes(1).at(0);
    EXPECT_EQ(plane.image->display, display);
    EXPECT_EQ(plane.image->displayed->bytes, toDisplayRgb(plane.image->pixels, display));
}

TEST_F(PlaneReaderTest, APlaneThatCannotBeReadSaysWhy) {
    std::filesystem::remove(folder / "brain.nii.gz");
    want({"coronal:2"});
    const PlaneRead plane = planes(1).at(0);
    EXPECT_EQ(plane.image, nullptr);
    ASSERT_TRUE(plane.problem.has_value());
    EXPECT_EQ(plane.problem->code, ErrorCode::FileMissing);
    EXPECT_THAT(noticed(), IsEmpty());
}

TEST_F(PlaneReaderTest, OnlySlicesOfTheVolumeOnTheScreenAreRead) {
    want({"coronal:5", "axial:3:1", "sagittal:1"});
    EXPECT_THAT(planes(1), Each(Field(&PlaneRead::slice, sliceFromText("sagittal:1").value())));
    addPicture("a.png");
    events.clear();
    want({"sagittal:1"});
    addPicture("b.png");
    EXPECT_THAT(eventsOf<PlaneRead>(), IsEmpty());
}

}  // namespace
}  // namespace finebrush
