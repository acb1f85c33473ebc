#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace finebrush {

/// Where a project says that the file of an image is.
struct StoredPlace {
    std::string relativePath;  ///< to the folder of the project; empty: there is none
    std::string absolutePath;  ///< when the image was added
    uint64_t bytes = 0;        ///< of the file
};

/// Where the file is now: beside the project as before, else where it was when it was added. Where files lie
/// at both places, one of another length than the image's does not stand for it. `folder` is that of the
/// project. Blocks.
std::filesystem::path currentPlace(const StoredPlace& place, const std::filesystem::path& folder);

}  // namespace finebrush
