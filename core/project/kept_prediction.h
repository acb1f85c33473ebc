#pragma once

#include "core/base/geometry.h"
#include "core/image/display/display_mapping.h"
#include "core/messages/messages.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace finebrush {

using PredictionPtr = std::shared_ptr<const messages::Prediction>;

/// What a prediction says, compressed as the file holds it.
struct PackedPrediction {
    std::shared_ptr<const std::vector<uint8_t>> mask;
    std::shared_ptr<const std::vector<uint8_t>> confidence;
};

/// A prediction as a project keeps it: once it is in the file, it is held packed but for what somebody looks
/// at, so that all images of a project may be predicted. Any thread.
class KeptPrediction {
  public:
    /// `seenAs`: the display that was chosen for what the network saw, where that goes by a display.
    explicit KeptPrediction(messages::Prediction prediction, std::optional<DisplayMapping> seenAs = {});
    /// From a file; what is packed is of this size, or the confidence of no bytes.
    KeptPrediction(messages::Prediction withoutPixels, PixelSize size, PackedPrediction packed,
                   std::optional<DisplayMapping> seenAs = {});

    const std::string& imageId() const { return facts_.imageId; }
    PixelSize size() const { return size_; }
    int step() const { return facts_.step; }
    bool isFinal() const { return facts_.isFinal; }
    const std::optional<DisplayMapping>& seenAs() const { return seenAs_; }

    /// Null where what the file holds is damaged. May take a moment: about 30 ms for 4 MP.
    PredictionPtr unpacked() const;
    /// Packs it where that was not done yet, and then lets go of what is unpacked. Blocks.
    PackedPrediction packed() const;

  private:
    messages::Prediction facts_;  ///< without mask and confidence
    PixelSize size_;
    std::optional<DisplayMapping> seenAs_;
    mutable std::mutex mutex_;
    mutable PackedPrediction packed_;  ///< empty: not yet
    mutable PredictionPtr whole_;      ///< null once it is packed
    mutable std::weak_ptr<const messages::Prediction> lent_;
};

using KeptPredictionPtr = std::shared_ptr<const KeptPrediction>;

}  // namespace finebrush
