#pragma once

#include "core/image/volume/volume.h"
#include "core/project/project_contents.h"

#include <cstdint>
#include <filesystem>
#include <optional>

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
    bool operator==(const ImageEntry&) const = default;
};

}  // namespace finebrush
