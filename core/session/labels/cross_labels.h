#pragma once

#include "core/image/volume/volume.h"
#include "core/labels/label_map.h"
#include "core/project/project.h"
#include "core/session/images/opened_image.h"

#include <optional>
#include <stop_token>
#include <vector>

namespace finebrush {

/// A slice of a volume, and the labelled slices of its other views and the same frame: a copy to be worked on
/// elsewhere.
struct CrossedSlice {
    struct Other {
        SliceAddress slice;
        LabelMap labels;
    };

    VolumeGrid grid;
    SliceView usualView = SliceView::Stored;
    SliceAddress slice;
    std::vector<Other> others;
};

/// True where a slice of the same volume and frame is of another view.
bool isCrossing(const ImageRecord& record, const ImageAddress& shown);

/// Of the image on the screen; nothing where that is no slice of a volume. Thread of the project.
std::optional<CrossedSlice> crossedSlice(const Project& project, const OpenedImage& shown);
/// Of a slice of the same volume. Thread of the project.
CrossedSlice crossedSlice(const Project& project, const OpenedImage& shown, const ImageAddress& address);

/// The labels that the other slices have in the voxels of the slice, in its pixels; `kUnlabelled` where none
/// has one. Where several views have, the one counts that an export would take (`rankOf`). Slices that do not
/// fit the volume are not looked at. Blocks for a moment; any thread; incomplete where it is asked to stop.
LabelMap crossLabels(const CrossedSlice& crossed, const std::stop_token& stop = {});

}  // namespace finebrush
