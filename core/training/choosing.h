#pragma once

#include "core/inference/adapted_model.h"
#include "core/messages/messages.h"
#include "core/training/preview/preview_fit.h"
#include "core/training/validation.h"

#include <torch/torch.h>

#include <vector>

namespace finebrush::training {

/// The weights of a model as they were at one moment.
class WeightSnapshot {
  public:
    explicit WeightSnapshot(AdaptedModel& model);

    /// Makes them the model's weights again.
    void restore();
    /// Makes the model's weights those of this moment, and a share of the way that a training went: from
    /// `begin` to `end`.
    void advance(const WeightSnapshot& begin, const WeightSnapshot& end, double share);
    /// False where a training went astray and left NaN or infinity.
    bool isFinite() const;

  private:
    std::vector<torch::Tensor> weights_;
    std::vector<torch::Tensor> values_;
};

/// What an adaptation is judged by: held-out images, or else held-out strokes.
struct Judge {
    const Validation& validation;
    const std::vector<std::vector<Stroke>>& strokes;  ///< per training image
    TrainingSet& images;
    const Recipe& recipe;
    uint64_t seed;

    /// The mean IoU of a model as it is; NaN where nothing could be held out. The second form makes the maps.
    double score(AdaptedModel& model, ViewMapsCache& maps) const;
    double score(AdaptedModel& model) const;
};

/// Whether the training is kept, of which some was done: it must not be judged worse by held-out images, and
/// must be clearly better where only strokes of the painted images tell. Where nothing could be held out
/// (NaN) it is kept.
bool keepsTraining(messages::Keep keep, double adaptedScore, double previewScore, bool judgedByImages);

/// Goes a share of the way from the weights of the start to the trained ones, which the model has now, and
/// keeps the training where that is better than the start was (`report.previewScore`), or as `keep` says;
/// then the preview, which knows all strokes, goes the same way. Completes `report.adaptedScore` and
/// `report.chosen`.
void chooseWeights(AdaptedModel& model, WeightSnapshot& preview, WeightSnapshot& start, const Judge& judge,
                   messages::Keep keep, messages::Adapted& report);

}  // namespace finebrush::training
