#include "core/image/volume/volume.h"

#include <gmock/gmock.h>

#include <numeric>

namespace finebrush {
namespace {

using ::testing::ElementsAre;

/// 4 × 3 × 2 voxels, numbered as the file holds them; i leads to the back, j to the feet, k to the right.
Volume turnedVolume(int frames = 1) {
    Volume volume;
    volume.info.grid.size = {4, 3, 2};
    volume.info.grid.frames = frames;
    volume.info.grid.patientFromVoxel = {{{0, 0, -3, 0}, {2, 0, 0, 0}, {0, -5, 0, 0}}};
    volume.bytes.resize(static_cast<size_t>(24 * frames));
    std::iota(volume.bytes.begin(), volume.bytes.end(), uint8_t{0});
    return volume;
}

TEST(Volume, StoredSlicesAreThoseOfTheFile) {
    const PixelBuffer slice = sliceOf(turnedVolume(), {SliceView::Stored, 1, 0});
    EXPECT_EQ(slice.size, (PixelSize{4, 3}));
    EXPECT_THAT(slice.bytes, ElementsAre(12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23));
}

TEST(Volume, SlicesFollowThePatient) {
    const Volume volume = turnedVolume();
    // From the feet: left is k reversed, back is i; the lowest slice is the last j.
    const PixelBuffer axial = sliceOf(volume, {SliceView::Axial, 0, 0});
    EXPECT_EQ(axial.size, (PixelSize{2, 4}));
    EXPECT_THAT(axial.bytes, ElementsAre(20, 8, 21, 9, 22, 10, 23, 11));
    // From the front: the head, the first j, is at the top.
    const PixelBuffer coronal = sliceOf(volume, {SliceView::Coronal, 0, 0});
    EXPECT_EQ(coronal.size, (PixelSize{2, 3}));
    EXPECT_THAT(coronal.bytes, ElementsAre(12, 0, 16, 4, 20, 8));
    // From the left: the front is on the left; the first slice is the rightmost, the last k.
    const PixelBuffer sagittal = sliceOf(volume, {SliceView::Sagittal, 0, 0});
    EXPECT_EQ(sagittal.size, (PixelSize{4, 3}));
    EXPECT_THAT(sagittal.bytes, ElementsAre(12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23));
}

TEST(Volume, CountsSlicesAndKnowsTheirSpacing) {
    const VolumeGrid grid = turnedVolume().info.grid;
    EXPECT_EQ(sliceCount(grid, SliceView::Stored), 2);
    EXPECT_EQ(sliceCount(grid, SliceView::Axial), 3);
    EXPECT_EQ(sliceCount(grid, SliceView::Coronal), 4);
    EXPECT_EQ(sliceCount(grid, SliceView::Sagittal), 2);
    EXPECT_THAT(planeOf(grid, {SliceView::Axial, 0, 0})->spacing, ElementsAre(3, 2));
    EXPECT_THAT(planeOf(grid, {SliceView::Coronal, 0, 0})->spacing, ElementsAre(3, 5));
}

TEST(Volume, APixelHasItsPlaceInThePatient) {
    VolumeGrid grid = turnedVolume().info.grid;
    EXPECT_FALSE(patientFromPixel(grid, {SliceView::Axial, 0, 0}, {0.5, 0.5})) << "the file does not say";
    grid.isPlaced = true;
    // Stored voxel i = 2, j = 1, k = 1 lies at (-3, 4, -5), whichever way it is looked at.
    const auto is = ElementsAre(-3, 4, -5);
    EXPECT_THAT(*patientFromPixel(grid, {SliceView::Stored, 1, 0}, {2.5, 1.5}), is);
    EXPECT_THAT(*patientFromPixel(grid, {SliceView::Axial, 1, 0}, {0.5, 2.5}), is);
    EXPECT_THAT(*patientFromPixel(grid, {SliceView::Coronal, 2, 0}, {0.5, 1.5}), is);
    EXPECT_THAT(*patientFromPixel(grid, {SliceView::Sagittal, 0, 0}, {2.5, 1.5}), is);
    EXPECT_THAT(*patientFromPixel(grid, {SliceView::Stored, 1, 0}, {3, 1.5}), ElementsAre(-3, 5, -5))
        << "half a pixel further";
}

TEST(Volume, APixelIsFoundInTheOtherViews) {
    VolumeGrid grid = turnedVolume().info.grid;
    grid.isPlaced = true;
    EXPECT_FALSE(crossingOf(grid, {SliceView::Axial, 3, 0}, SliceView::Coronal)) << "there is no such slice";
    const SliceView views[] = {SliceView::Stored, SliceView::Axial, SliceView::Coronal, SliceView::Sagittal};
    for (const SliceView own : views) {
        for (const SliceView other : views) {
            const SliceCrossing crossing = crossingOf(grid, {own, 1, 0}, other).value();
            const auto at = [&](size_t axis, int x, int y) {
                return crossing.first[axis] + x * crossing.toRight[axis] + y * crossing.toBottom[axis];
            };
            for (const auto& [x, y] : {std::pair(0, 0), std::pair(1, 0), std::pair(0, 1)}) {
                EXPECT_EQ(
                    patientFromPixel(grid, {own, 1, 0}, {x + 0.5, y + 0.5}),
                    patientFromPixel(grid, {other, at(2, x, y), 0}, {at(0, x, y) + 0.5, at(1, x, y) + 0.5}));
            }
        }
    }
}

TEST(Volume, APlaceInThePatientIsFoundOnTheNearestSlice) {
    VolumeGrid grid = turnedVolume().info.grid;
    EXPECT_FALSE(sliceFromPatient(grid, SliceView::Axial, {-3, 4, -5})) << "the file does not say";
    grid.isPlaced = true;
    for (const SliceView view :
         {SliceView::Stored, SliceView::Axial, SliceView::Coronal, SliceView::Sagittal}) {
        for (int index = 0; index < sliceCount(grid, view); ++index) {
            const SliceAddress slice{view, index, 0};
            const PixelSize size = planeOf(grid, slice)->size;
            const PointInImage point{size.width - 0.75, 1.125};
            const auto found = sliceFromPatient(grid, view, *patientFromPixel(grid, slice, point));
            ASSERT_TRUE(found) << toText(slice);
            EXPECT_EQ(found->index, index);
            EXPECT_NEAR(found->point.x, point.x, 1e-9);
            EXPECT_NEAR(found->point.y, point.y, 1e-9);
        }
    }
    // The slices of this view are 5 mm apart.
    EXPECT_EQ(sliceFromPatient(grid, SliceView::Axial, {-3, 4, -5 + 2.4})->index, 1);
    EXPECT_EQ(sliceFromPatient(grid, SliceView::Axial, {-3, 4, -5 + 2.6})->index, 2);
    EXPECT_FALSE(sliceFromPatient(grid, SliceView::Axial, {-3, 4, 100}));
    EXPECT_FALSE(sliceFromPatient(grid, SliceView::Axial, {1e300, 4, -5}));
    grid.patientFromVoxel = {};
    EXPECT_FALSE(sliceFromPatient(grid, SliceView::Axial, {0, 0, 0}));
}

TEST(Volume, FramesFollowEachOther) {
    const Volume volume = turnedVolume(3);
    const PixelBuffer first = sliceOf(volume, {SliceView::Axial, 1, 0});
    const PixelBuffer last = sliceOf(volume, {SliceView::Axial, 1, 2});
    for (size_t i = 0; i < first.bytes.size(); ++i) EXPECT_EQ(last.bytes[i], first.bytes[i] + 48);
}

TEST(Volume, ColoursStayTogether) {
    Volume volume;
    volume.info.grid.size = {2, 1, 1};
    volume.info.grid.patientFromVoxel = {{{-1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}}};
    volume.info.bands = 3;
    volume.bytes = {1, 2, 3, 4, 5, 6};
    EXPECT_THAT(sliceOf(volume, {SliceView::Axial, 0, 0}).bytes, ElementsAre(4, 5, 6, 1, 2, 3));
}

TEST(Volume, AnswersForSlicesThatAreNotThere) {
    const Volume volume = turnedVolume();
    for (const SliceAddress& slice :
         {SliceAddress{SliceView::Axial, 3, 0}, {SliceView::Axial, -1, 0}, {SliceView::Stored, 0, 1}}) {
        EXPECT_FALSE(planeOf(volume.info.grid, slice));
        EXPECT_THROW(sliceOf(volume, slice), std::out_of_range);
    }
}

TEST(Volume, AMatrixThatSaysNothingMeansTheOrderOfTheFile) {
    VolumeGrid grid;
    grid.size = {4, 3, 2};
    grid.patientFromVoxel = {};
    EXPECT_EQ(planeOf(grid, {SliceView::Axial, 1, 0})->size, (PixelSize{4, 3}));
    EXPECT_EQ(planeOf(grid, {SliceView::Axial, 1, 0})->first, 12);
}

TEST(LabelVolume, HoldsTheSlicesThatItIsGiven) {
    const Volume volume = turnedVolume();
    for (const SliceView view :
         {SliceView::Stored, SliceView::Axial, SliceView::Coronal, SliceView::Sagittal}) {
        LabelVolume labels(volume.info.grid, 255);
        for (int index = 0; index < sliceCount(labels.grid(), view); ++index) {
            const PixelBuffer slice = sliceOf(volume, {view, index, 0});
            labels.setSlice({view, index, 0}, {slice.size, slice.bytes});
        }
        EXPECT_THAT(labels.values(), ::testing::ElementsAreArray(volume.bytes));
    }
}

TEST(LabelVolume, RefusesAMaskOfAnotherSize) {
    LabelVolume labels(turnedVolume().info.grid);
    EXPECT_THROW(labels.setSlice({SliceView::Axial, 0, 0}, {{4, 2}, std::vector<uint8_t>(8)}),
                 std::invalid_argument);
}

}  // namespace
}  // namespace finebrush
