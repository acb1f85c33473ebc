#include "core/training/choosing.h"

#include "core/training/trained_weights.h"

#include <algorithm>

namespace finebrush::training {

namespace {

/// How far to go the way of the training. Half way generalises better than either end (Wortsman et al. 2022,
/// arXiv 2109.01903), and held-out strokes are too few to choose more finely than between this and the
/// preview.
constexpr double kHalfWay = 0.5;
/// Held-out images are enough to choose the trained weights themselves.
constexpr double kAllTrained = 1;
/// Of the IoU on held-out strokes: they lie in the images that were trained on, which flatters the training.
constexpr double kStrokeAdvantage = 0.02;

}  // namespace

WeightSnapshot::WeightSnapshot(AdaptedModel& model) : weights_(TrainedWeights(model).all().values()) {
    for (const torch::Tensor& weight : weights_) values_.push_back(weight.detach().clone());
}

void WeightSnapshot::restore() {
    const torch::NoGradGuard noGradient;
    for (size_t i = 0; i < weights_.size(); ++i) weights_[i].copy_(values_[i]);
}

void WeightSnapshot::advance(const WeightSnapshot& begin, const WeightSnapshot& end, double share) {
    const torch::NoGradGuard noGradient;
    for (size_t i = 0; i < weights_.size(); ++i) {
        weights_[i].copy_(values_[i] + share * (end.values_[i] - begin.values_[i]));
    }
}

bool WeightSnapshot::isFinite() const {
    return std::ranges::all_of(
        values_, [](const torch::Tensor& value) { return value.isfinite().all().item<bool>(); });
}

double Judge::score(AdaptedModel& model, ViewMapsCache& maps) const {
    return validation.isEmpty() ? strokeScore(model, maps, strokes, recipe, seed) : validation.score(model);
}

double Judge::score(AdaptedModel& model) const {
    ViewMapsCache maps(model.network(), images, model.plan());
    return score(model, maps);
}

bool keepsTraining(messages::Keep keep, double adaptedScore, double previewScore, bool judgedByImages) {
    if (keep != messages::Keep::Better) return keep == messages::Keep::Adapted;
    return !(adaptedScore < previewScore + (judgedByImages ? 0 : kStrokeAdvantage));
}

void chooseWeights(AdaptedModel& model, WeightSnapshot& preview, WeightSnapshot& start, const Judge& judge,
                   messages::Keep keep, messages::Adapted& report) {
    const WeightSnapshot trained(model);
    double share = kHalfWay;
    start.advance(start, trained, share);
    report.adaptedScore = judge.score(model);
    if (!judge.validation.isEmpty()) {
        start.advance(start, trained, kAllTrained);
        if (const double score = judge.score(model); score > report.adaptedScore) {
            report.adaptedScore = score;
            share = kAllTrained;
        }
    }
    const bool keepsPreview =
        report.steps == 0 || !trained.isFinite() ||
        !keepsTraining(keep, report.adaptedScore, report.previewScore, !judge.validation.isEmpty());
    keepsPreview ? preview.restore() : preview.advance(start, trained, share);
    report.chosen = keepsPreview ? "preview" : "adapted";
}

}  // namespace finebrush::training
