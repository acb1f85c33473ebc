#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace finebrush {

/// An image file and the label, mask or truth file of the same stem.
struct ImagePair {
    std::filesystem::path image;
    std::filesystem::path labels;
};

/// The image files that the arguments name, each a file or a folder of images; sorted within a folder.
/// Errors: FileMissing, NoImages.
Result<std::vector<std::filesystem::path>> imageFiles(const std::vector<std::filesystem::path>& arguments);

/// The images that have a PNG of the same stem in a folder.
/// Errors: FileMissing, NoLabelledImages.
Result<std::vector<ImagePair>> pairsWithLabels(const std::vector<std::filesystem::path>& images,
                                               const std::filesystem::path& labelFolder);

}  // namespace finebrush
