#pragma once

#include "core/base/pixel_buffer.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace finebrush::training {

/// Overlap of one class between a prediction and the truth, over all pixels that were added.
struct ClassScore {
    uint8_t value = 0;
    double iou = 0;   ///< |P ∩ T| / |P ∪ T|
    double dice = 0;  ///< 2 |P ∩ T| / (|P| + |T|)
    int64_t truthPixels = 0;
    double balancedError = 0;  ///< mean of the error rates on and off the class (BER)
};

/// Counts predicted against true class numbers; means are over the classes that the truth holds.
class ConfusionMatrix {
  public:
    /// Adds one image. `ignoredTruth` names a truth value whose pixels do not count; truth of `kUnlabelled`
    /// never counts. Throws std::invalid_argument where the sizes differ.
    void add(const IndexMask& prediction, const IndexMask& truth, std::optional<uint8_t> ignoredTruth = {});

    /// One entry a class of the truth, in order of value.
    std::vector<ClassScore> scores() const;
    /// NaN where nothing was counted.
    double meanIou() const;
    double meanDice() const;
    double pixelAccuracy() const;

  private:
    std::vector<int64_t> counts_ = std::vector<int64_t>(256 * 256);  // [truth, prediction]
};

}  // namespace finebrush::training
