#pragma once

#include "core/session/images/image_entry.h"

#include <functional>
#include <vector>

/// How the slices of volumes stand in the list of images.
namespace finebrush {

/// Puts the slices of a volume beside the first of them that the list has, in the order of the volume.
void gatherSlices(std::vector<ImageEntry>& entries);

/// Takes slices out of the list that somebody only looked at: those that are not kept, of a volume that
/// another entry stands for. The first slice stands for a volume of which none is kept.
void dropVisited(std::vector<ImageEntry>& entries, const std::function<bool(const ImageEntry&)>& isKept);

/// The rows of a list whose slices are gathered. Without one that is looked at, the first slice stands for
/// its volume.
std::vector<ImageGroup> groupsOf(const std::vector<ImageEntry>& entries,
                                 const std::function<bool(const ImageEntry&)>& isLookedAt);

}  // namespace finebrush
