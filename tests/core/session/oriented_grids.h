#pragma once

#include "core/image/volume/volume.h"

namespace finebrush::testing {

inline constexpr SliceView kAllViews[] = {SliceView::Stored, SliceView::Axial, SliceView::Coronal,
                                          SliceView::Sagittal};

/// Upright, flipped, with axes in another order, and turned by a part of a right angle.
inline const VoxelMatrix kOrientations[] = {
    {{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}}},
    {{{-1, 0, 0, 0}, {0, -1, 0, 0}, {0, 0, 1, 0}}},
    {{{0, 0, -3, 0}, {2, 0, 0, 0}, {0, -5, 0, 0}}},
    {{{0.1, 0.9, 0.2, 7}, {-0.95, 0.15, 0.1, -2}, {0.1, -0.2, -0.9, 4}}},
};

inline VolumeGrid gridOf(const VoxelMatrix& patientFromVoxel) {
    VolumeGrid grid;
    grid.size = {4, 3, 5};
    grid.frames = 2;
    grid.patientFromVoxel = patientFromVoxel;
    grid.isPlaced = true;
    return grid;
}

}  // namespace finebrush::testing
