#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <optional>
#include <ostream>

namespace finebrush {

struct EvaluateOptions {
    std::filesystem::path predictions;  ///< folder of index PNGs
    std::filesystem::path truth;        ///< folder of index PNGs with the same stems
    std::optional<int> ignoredTruth;
    bool allMetrics = false;  ///< also S, E and F measure, MAE, BER and boundary F
    bool json = false;
};

/// Prints IoU and Dice per class and their means, over all pixels of all predictions that have a truth; on
/// wish also the measures of `ClassMeasures`, means over images, and BER. Errors: FileMissing,
/// NoLabelledImages, LabelsSizeMismatch and what `readIndexMask` reports.
Result<void> evaluate(const EvaluateOptions& options, std::ostream& out);

}  // namespace finebrush
