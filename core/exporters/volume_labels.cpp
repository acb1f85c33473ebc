#include "core/exporters/volume_labels.h"

#include <algorithm>
#include <vector>

namespace finebrush {

int rankOf(SliceView view, SliceView usualView) {
    return view == usualView ? -1 : static_cast<int>(view);
}

VolumeLabels gatherLabels(const VolumeInfo& info, int frame, std::span<const SliceLabels> slices) {
    std::vector<const SliceLabels*> ordered;
    for (const SliceLabels& slice : slices) {
        if (slice.slice.frame == frame) ordered.push_back(&slice);
    }
    std::ranges::stable_sort(
        ordered, {}, [&](const SliceLabels* slice) { return rankOf(slice->slice.view, info.usualView); });
    VolumeLabels volume{LabelVolume(info.grid, kUnlabelled), 0};
    for (const SliceLabels* slice : ordered)
        volume.conflicts += volume.labels.fillSlice(slice->slice, slice->painted);
    for (const SliceLabels* slice : ordered) volume.labels.fillSlice(slice->slice, slice->proposed);
    return volume;
}

}  // namespace finebrush
