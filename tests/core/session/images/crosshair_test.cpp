#include "core/session/images/crosshair.h"

#include "tests/core/session/oriented_grids.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using testing::gridOf;
using testing::kAllViews;
using testing::kOrientations;

template <typename Use>
void eachVoxel(const VolumeGrid& grid, const Use& use) {
    for (int k = 0; k < grid.size[2]; ++k) {
        for (int j = 0; j < grid.size[1]; ++j) {
            for (int i = 0; i < grid.size[0]; ++i) use(Crosshair{{i, j, k}});
        }
    }
}

TEST(Crosshair, ComesBackFromEachPlaneInEachOrientation) {
    for (const VoxelMatrix& orientation : kOrientations) {
        const VolumeGrid grid = gridOf(orientation);
        eachVoxel(grid, [&](const Crosshair& crosshair) {
            for (const SliceView view : kAllViews) {
                const auto place = slicePointOf(grid, view, crosshair);
                ASSERT_TRUE(place.has_value());
                EXPECT_EQ(crosshairAt(grid, {view, place->index, 1}, place->point), crosshair);
            }
        });
    }
}

TEST(Crosshair, IsTheVoxelThatASliceHasAtItsPixel) {
    for (const VoxelMatrix& orientation : kOrientations) {
        const VolumeGrid grid = gridOf(orientation);
        eachVoxel(grid, [&](const Crosshair& crosshair) {
            const auto [i, j, k] = crosshair.voxel;
            for (const SliceView view : kAllViews) {
                const SlicePoint place = slicePointOf(grid, view, crosshair).value();
                const SlicePlane plane = planeOf(grid, {view, place.index, 0}).value();
                EXPECT_EQ(plane.first + static_cast<int>(place.point.x) * plane.toRight +
                              static_cast<int>(place.point.y) * plane.toBottom,
                          i + grid.size[0] * (j + int64_t{grid.size[1]} * k));
            }
        });
    }
}

TEST(Crosshair, LiesAtThePixelUnderAPointAndAtTheNearestBesideTheSlice) {
    const VolumeGrid grid = gridOf(kOrientations[0]);
    const SliceAddress slice{SliceView::Axial, 2, 0};
    EXPECT_EQ(crosshairAt(grid, slice, {1.9, 0.1}), (Crosshair{{1, 0, 2}}));
    EXPECT_EQ(crosshairAt(grid, slice, {-7, 1e12}), (Crosshair{{0, 2, 2}}));
    EXPECT_EQ(crosshairAt(grid, slice, {4, 3}), (Crosshair{{3, 2, 2}}));
    EXPECT_EQ(crosshairAt(grid, {SliceView::Axial, 5, 0}, {1, 1}), std::nullopt);
}

TEST(Crosshair, StaysInPlaceWhereItGoesToAnotherSlice) {
    const VolumeGrid grid = gridOf(kOrientations[1]);
    const Crosshair crosshair{{1, 2, 3}};
    EXPECT_EQ(movedToSlice(grid, SliceView::Axial, 1, crosshair), (Crosshair{{1, 2, 1}}));
    EXPECT_EQ(movedToSlice(grid, SliceView::Axial, 99, crosshair), (Crosshair{{1, 2, 4}}));
    // The patient's left is at the end of i, and sagittal slices count from right to left.
    EXPECT_EQ(movedToSlice(grid, SliceView::Sagittal, -1, crosshair), (Crosshair{{3, 2, 3}}));
}

TEST(Crosshair, OutsideOfTheVolumeIsNowhere) {
    const VolumeGrid grid = gridOf(kOrientations[0]);
    for (const Crosshair& outside :
         {Crosshair{{4, 0, 0}}, Crosshair{{0, -1, 0}}, Crosshair{{0, 0, 5}}, Crosshair{{0, 3, 0}}}) {
        EXPECT_FALSE(slicePointOf(grid, SliceView::Coronal, outside).has_value());
        EXPECT_FALSE(movedToSlice(grid, SliceView::Coronal, 0, outside).has_value());
    }
}

TEST(Crosshair, TheOtherPlanesCutThroughThatOfAView) {
    const VolumeGrid upright = gridOf(kOrientations[0]);
    EXPECT_EQ(patientView(upright, SliceView::Stored), SliceView::Axial);
    EXPECT_THAT(crossingViews(upright, SliceView::Stored),
                ElementsAre(SliceView::Coronal, SliceView::Sagittal));
    EXPECT_THAT(crossingViews(upright, SliceView::Coronal),
                ElementsAre(SliceView::Axial, SliceView::Sagittal));
    EXPECT_THAT(crossingViews(upright, SliceView::Sagittal),
                ElementsAre(SliceView::Axial, SliceView::Coronal));
    EXPECT_EQ(patientView(gridOf(kOrientations[2]), SliceView::Stored), SliceView::Sagittal);
}

}  // namespace
}  // namespace finebrush
