#include "core/project/kept_prediction.h"

#include "core/project/database/compression.h"

#include <optional>
#include <utility>

namespace finebrush {

namespace {

messages::Prediction factsOf(const messages::Prediction& prediction) {
    messages::Prediction facts;
    facts.imageId = prediction.imageId;
    facts.step = prediction.step;
    facts.isFinal = prediction.isFinal;
    return facts;
}

}  // namespace

KeptPrediction::KeptPrediction(messages::Prediction prediction, std::optional<DisplayMapping> seenAs)
    : facts_(factsOf(prediction)),
      size_(prediction.mask.size),
      seenAs_(std::move(seenAs)),
      whole_(std::make_shared<const messages::Prediction>(std::move(prediction))),
      lent_(whole_) {}

KeptPrediction::KeptPrediction(messages::Prediction withoutPixels, PixelSize size, PackedPrediction packed,
                               std::optional<DisplayMapping> seenAs)
    : facts_(std::move(withoutPixels)), size_(size), seenAs_(std::move(seenAs)), packed_(std::move(packed)) {}

PredictionPtr KeptPrediction::unpacked() const {
    const std::scoped_lock lock(mutex_);
    if (PredictionPtr lent = lent_.lock()) return lent;
    std::optional<std::vector<uint8_t>> mask = decompressed(*packed_.mask);
    std::optional<std::vector<uint8_t>> confidence = decompressed(*packed_.confidence);
    if (!mask || !confidence) return nullptr;
    messages::Prediction prediction = facts_;
    prediction.mask = {size_, std::move(*mask)};
    prediction.confidence = std::move(*confidence);
    auto lent = std::make_shared<const messages::Prediction>(std::move(prediction));
    lent_ = lent;
    return lent;
}

PackedPrediction KeptPrediction::packed() const {
    const std::scoped_lock lock(mutex_);
    if (!packed_.mask) {
        const auto pack = [](const std::vector<uint8_t>& bytes) {
            return std::make_shared<const std::vector<uint8_t>>(compressed(bytes));
        };
        packed_ = {pack(whole_->mask.values), pack(whole_->confidence)};
        whole_.reset();
    }
    return packed_;
}

}  // namespace finebrush
