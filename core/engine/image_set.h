#pragma once

#include "core/base/result.h"
#include "core/image/image_reader.h"
#include "core/messages/input_range.h"
#include "core/project/taught_display.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace finebrush {

/// An image and the label, mask or truth file of the same stem.
struct ImagePair {
    ImageAddress image;
    std::filesystem::path labels;
};

/// Decoded pixels of an image that a network works on, at most: what it makes of them takes several times as
/// much memory.
inline constexpr uint64_t kMostModelBytes = uint64_t{512} << 20;

/// The images that the arguments name, each a file, a slice of one ("scan.nii.gz#axial:12") or a folder of
/// images; each once, sorted within a folder. Errors: FileMissing, NoImages.
Result<std::vector<ImageAddress>> imagesNamed(const std::vector<std::filesystem::path>& arguments);

/// The images that have labels in a folder, by their stem (`stemOf`): "a.png", "a.tif", "a_mask.png" ...
/// Errors: FileMissing, NoLabelledImages, LabelsShared where two images would have the same.
Result<std::vector<ImagePair>> pairsWithLabels(const std::vector<ImageAddress>& images,
                                               const std::filesystem::path& labelFolder);

/// Makes the pixels of an image what a network of that input range is to get: where it asks for these, 8-bit
/// colours as the images were shown that it was taught on, else as the image is shown; else they stay raw.
/// Errors: OptionInvalid where the image, of that name, lacks a band that the range asks for.
Result<void> prepareFor(const InputRange& range, ImageContent& image, const std::string& name,
                        const TaughtDisplay& taught = {});

}  // namespace finebrush
