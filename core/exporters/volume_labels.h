#pragma once

#include "core/base/pixel_buffer.h"
#include "core/image/volume/volume.h"

#include <cstdint>
#include <span>

namespace finebrush {

/// The labels of one slice of a volume.
struct SliceLabels {
    SliceAddress slice;
    IndexMask painted;
    IndexMask proposed;  ///< the same with a prediction where nothing is painted
};

/// The labels of a volume as one, and in how many voxels painted slices of different views disagreed.
struct VolumeLabels {
    LabelVolume labels;  ///< `kUnlabelled` where no slice says anything
    int64_t conflicts = 0;
};

/// The place of a view where slices of several disagree on a voxel: the lowest one counts. The usual view of
/// the volume comes before stored, axial, coronal and sagittal slices, in this order.
int rankOf(SliceView view, SliceView usualView);

/// Puts labelled slices of all views into their places. Where they disagree, what is painted comes before
/// what is predicted, and views count by their rank. Slices of the volume's other frames are not looked at.
/// Throws as `LabelVolume::fillSlice`.
VolumeLabels gatherLabels(const VolumeInfo& info, int frame, std::span<const SliceLabels> slices);

}  // namespace finebrush
