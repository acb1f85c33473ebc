#pragma once

#include "core/base/disk_cache.h"

#include <cstdint>
#include <filesystem>

namespace finebrush {

/// How much memory and disk images may take.
struct ImageMemory {
    /// An image that takes more with its picture is read by tiles, where its file allows it. Bytes.
    uint64_t wholeBytes = uint64_t{512} << 20;
    /// Of the decoded tiles of such an image.
    uint64_t tileBytes = uint64_t{256} << 20;
    /// The longer side of the overview that such an image always has in memory, at most. Px.
    int overviewSide = 2048;
    /// Where its overviews are kept; empty: nowhere.
    std::filesystem::path pyramidFolder = cacheFolder("pyramids");
    uint64_t pyramidFolderBytes = uint64_t{16} << 30;
};

}  // namespace finebrush
