#pragma once

#include "core/base/result.h"
#include "core/image/image_memory.h"
#include "core/inference/window_prediction.h"

#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace finebrush {

/// Of the stem of what is written beside `<stem>.png`.
inline constexpr char kConfidenceEnding[] = "_confidence";

struct PredictOptions {
    std::filesystem::path adapter;              ///< folder that `adapt` wrote
    std::vector<std::filesystem::path> images;  ///< files, slices and folders
    std::filesystem::path out;
    std::filesystem::path model;  ///< checkpoint; empty: the default one
    std::string device = "auto";
    int threads = 0;
    std::optional<std::string> inputRange;  ///< instead of the adapter's, as `InputRange`'s text
    /// Of detail, at which images too large for the memory are looked at; else that of the adapter.
    std::optional<int> level;
    ImageMemory memory = {};
    WindowLayout windows = {};
    bool quick = false;       ///< `Care::Quick`
    bool confidence = false;  ///< also `<stem>_confidence.png`
    bool overlays = false;    ///< also `<stem>_overlay.png`
};

/// Predicts images and writes `<stem>.png`, a palette PNG of class numbers, for each. A volume of which no
/// slice is named is predicted slice by slice and becomes `<stem>_labels.nii.gz`. An image that is too
/// large for the memory is predicted window by window, and written row by row as a GeoTIFF on its grid,
/// `<stem>.tif`; its confidence likewise, its overlay in the size of its overview. Each file stands under its
/// name once it is whole; interrupted (Ctrl+C), the process ends and leaves none but those.
/// Of several images, one that cannot be predicted costs no other its mask.
/// Errors: the first of those images', and those of `inputRangeOf`, `imagesNamed`, `readImage`,
/// `loadBaseNetwork`, `loadModel`, `writeFileAtomically`, `LargeRaster` and `GeoTiffRows`.
Result<void> predictFiles(const PredictOptions& options, std::ostream& out);

}  // namespace finebrush
