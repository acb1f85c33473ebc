#pragma once

#include "core/image/volume/volume.h"
#include "core/project/project_contents.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace finebrush {

/// An image of the project, opened or not.
struct ImageEntry {
    ImageId id;
    std::filesystem::path path;
    std::optional<SliceAddress> slice;  ///< of a file that holds a volume
    PixelSize size;
    bool missing = false;  ///< the file was not found where the project says
    int64_t labelledPixels = 0;
    PackedThumbnail thumbnail;  ///< at most 96 px on the longer side
    bool differs = false;       ///< the file there holds something else than what was labelled
    int slices = 0;             ///< of the volume in its usual view; 0: not known, or no volume
    ReviewState review = ReviewState::Open;
    bool operator==(const ImageEntry&) const = default;
};

/// One row of the list of images: a picture, or a volume with those of its slices that are images of the
/// list, where they stand together.
struct ImageGroup {
    size_t first = 0;  ///< places in the list of images
    size_t count = 1;
    size_t front = 0;  ///< what choosing the row shows: of a volume the slice that was looked at last
    ReviewState review = ReviewState::Open;
    bool operator==(const ImageGroup&) const = default;
};

/// The row in which an image of the list stands; as many as there are where it stands in none.
inline size_t rowOf(const std::vector<ImageGroup>& groups, size_t place) {
    const auto holds = [place](const ImageGroup& group) { return place < group.first + group.count; };
    return static_cast<size_t>(std::ranges::find_if(groups, holds) - groups.begin());
}

}  // namespace finebrush
