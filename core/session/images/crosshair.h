#pragma once

#include "core/image/volume/volume.h"

#include <array>
#include <optional>

namespace finebrush {

/// The voxel in which planes of a volume cross, by its indices i, j and k in the file.
struct Crosshair {
    std::array<int, 3> voxel{};
    bool operator==(const Crosshair&) const = default;
};

/// The view of the patient (axial, coronal or sagittal) whose slices lie as those of a view do.
SliceView patientView(const VolumeGrid& grid, SliceView view);

/// The other two views of the patient, in that order, whose slices cut through those of a view.
std::array<SliceView, 2> crossingViews(const VolumeGrid& grid, SliceView view);

/// The crosshair at a point of a slice; beside the slice, at its nearest pixel. Nothing where the volume has
/// no such slice.
std::optional<Crosshair> crosshairAt(const VolumeGrid& grid, const SliceAddress& slice, PointInImage point);

/// Where the slice of a view that goes through a crosshair has it: the middle of a pixel. Nothing where the
/// crosshair lies outside of the volume.
std::optional<SlicePoint> slicePointOf(const VolumeGrid& grid, SliceView view, const Crosshair& crosshair);

/// The same place in another slice of a view; in its first or last one where there is no such slice. Nothing
/// where the crosshair lies outside of the volume.
std::optional<Crosshair> movedToSlice(const VolumeGrid& grid, SliceView view, int index,
                                      const Crosshair& crosshair);

}  // namespace finebrush
