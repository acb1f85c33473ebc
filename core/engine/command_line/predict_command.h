#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace finebrush {

struct PredictOptions {
    std::filesystem::path adapter;              ///< folder that `adapt` wrote
    std::vector<std::filesystem::path> images;  ///< files, slices and folders
    std::filesystem::path out;
    std::filesystem::path model;  ///< checkpoint; empty: the default one
    std::string device = "auto";
    int threads = 0;
    std::optional<std::string> inputRange;  ///< instead of the adapter's, as `InputRange`'s text
    bool quick = false;                     ///< `Care::Quick`
    bool confidence = false;                ///< also `<stem>_confidence.png`
    bool overlays = false;                  ///< also `<stem>_overlay.png`
};

/// Predicts images and writes `<stem>.png`, a palette PNG of class numbers, for each.
/// Errors: those of `inputRangeOf`, `imagesNamed`, `readImage`, `loadBaseNetwork`, `loadModel` and
/// `writeFileAtomically`.
Result<void> predictFiles(const PredictOptions& options, std::ostream& out);

}  // namespace finebrush
