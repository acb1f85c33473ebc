#include "core/session/labels/cross_labels.h"

#include "core/exporters/volume_labels.h"
#include "tests/core/session/oriented_grids.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

using testing::gridOf;
using testing::kAllViews;
using testing::kOrientations;

/// Labels that tell their place, with gaps.
LabelMap patterned(PixelSize size, int seed) {
    IndexMask mask{size, {}};
    for (int pixel = 0; pixel < size.area(); ++pixel) {
        const int value = (pixel * 7 + seed * 5) % 11;
        mask.values.push_back(value < 3 ? kUnlabelled : static_cast<uint8_t>(value));
    }
    return LabelMap::fromMask(mask);
}

CrossedSlice::Other patternedSlice(const VolumeGrid& grid, const SliceAddress& slice) {
    const int seed = slice.index + 10 * static_cast<int>(slice.view);
    return {slice, patterned(planeOf(grid, slice)->size, seed)};
}

/// The same by way of a whole volume, as an export has it.
IndexMask expectedOf(const CrossedSlice& crossed) {
    VolumeInfo info;
    info.grid = crossed.grid;
    info.usualView = crossed.usualView;
    std::vector<SliceLabels> slices;
    for (const auto& [slice, labels] : crossed.others)
        slices.push_back({slice, labels.toMask(), labels.toMask()});
    const VolumeLabels gathered = gatherLabels(info, crossed.slice.frame, slices);
    Volume volume{info, {gathered.labels.values().begin(), gathered.labels.values().end()}};
    volume.info.grid.frames = 1;
    const PixelBuffer pixels = sliceOf(volume, {crossed.slice.view, crossed.slice.index, 0});
    return {pixels.size, pixels.bytes};
}

TEST(CrossLabels, AreThoseOfAnExportInEachViewAndOrientation) {
    for (const VoxelMatrix& orientation : kOrientations) {
        const VolumeGrid grid = gridOf(orientation);
        for (const SliceView view : kAllViews) {
            CrossedSlice crossed{grid, SliceView::Axial, {view, 1, 1}, {}};
            for (const SliceView other : {SliceView::Sagittal, SliceView::Coronal, SliceView::Axial}) {
                if (other == view) continue;
                for (const int index : {0, 2})
                    crossed.others.push_back(patternedSlice(grid, {other, index, 1}));
            }
            const IndexMask expected = expectedOf(crossed);
            ASSERT_FALSE(LabelMap::fromMask(expected).isEmpty());
            EXPECT_EQ(crossLabels(crossed).toMask(), expected) << toText(crossed.slice);
        }
    }
}

TEST(CrossLabels, APixelOfAnAxialSliceIsSeenInTheOtherViews) {
    // i leads to the patient's right, j to the front, k to the head.
    const VolumeGrid grid = gridOf(kOrientations[1]);
    LabelMap axial({4, 3});
    axial.write({1, 2, 1, 1}, std::vector<uint8_t>{6});
    const auto seenIn = [&](const SliceAddress& slice) {
        CrossedSlice crossed{grid, SliceView::Axial, slice, {}};
        crossed.others.push_back({{SliceView::Axial, 1, 0}, axial});
        return crossLabels(crossed);
    };
    LabelMap coronal({4, 5});
    coronal.write({1, 3, 1, 1}, std::vector<uint8_t>{6});  // the head is at the top
    EXPECT_EQ(seenIn({SliceView::Coronal, 2, 0}), coronal);
    EXPECT_TRUE(seenIn({SliceView::Coronal, 1, 0}).isEmpty());
    LabelMap sagittal({3, 5});
    sagittal.write({2, 3, 1, 1}, std::vector<uint8_t>{6});
    EXPECT_EQ(seenIn({SliceView::Sagittal, 1, 0}), sagittal);
    EXPECT_TRUE(seenIn({SliceView::Sagittal, 2, 0}).isEmpty());
}

TEST(CrossLabels, TheUsualViewCountsWhereOthersDisagree) {
    const VolumeGrid grid = gridOf(kOrientations[0]);
    LabelMap axial({4, 3}), coronal({4, 5});
    axial.fill({0, 0, 4, 3}, 1);
    coronal.fill({0, 0, 4, 5}, 2);
    CrossedSlice crossed{grid,
                         SliceView::Axial,
                         {SliceView::Sagittal, 0, 0},
                         {{{SliceView::Coronal, 1, 0}, coronal}, {{SliceView::Axial, 4, 0}, axial}}};
    EXPECT_EQ(crossLabels(crossed).at(1, 0), 1);
    EXPECT_EQ(crossLabels(crossed).at(1, 1), 2);
    crossed.usualView = SliceView::Coronal;
    EXPECT_EQ(crossLabels(crossed).at(1, 0), 2);
}

TEST(CrossLabels, SlicesThatDoNotFitTheVolumeAreNotLookedAt) {
    const VolumeGrid grid = gridOf(kOrientations[0]);
    LabelMap large({9, 9});
    large.fill({0, 0, 9, 9}, 1);
    const CrossedSlice crossed{grid,
                               SliceView::Axial,
                               {SliceView::Coronal, 0, 0},
                               {{{SliceView::Axial, 1, 0}, large}, {{SliceView::Sagittal, 99, 0}, large}}};
    EXPECT_TRUE(crossLabels(crossed).isEmpty());
    EXPECT_EQ(crossLabels(crossed).size(), (PixelSize{4, 5}));
}

}  // namespace
}  // namespace finebrush
