#include "core/training/adaptation.h"

#include "core/inference/adapted_model.h"
#include "core/inference/network_input.h"
#include "core/training/preview_fit.h"
#include "core/training/trainer.h"

#include <algorithm>
#include <chrono>
#include <set>

namespace finebrush::training {

namespace {

using Clock = std::chrono::steady_clock;
using messages::Stage;

// Of the whole bar, what is done when a stage begins; training is by far the longest.
constexpr double kFeaturesBegin = 0.02;
constexpr double kPreviewBegins = 0.10;
constexpr double kTrainingBegins = 0.12;
constexpr double kChoosingBegins = 0.97;

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

std::string sizeText(PixelSize size) {
    return std::to_string(size.width) + " × " + std::to_string(size.height);
}

ViewPlan planFor(const TrainingRequest& request, const sam::Sam& base, const Recipe& recipe) {
    std::vector<int> longSides;
    for (const messages::LabelledImage& image : request.images) {
        longSides.push_back(std::max(image.pixels.size.width, image.pixels.size.height));
    }
    std::nth_element(longSides.begin(), longSides.begin() + longSides.size() / 2, longSides.end());

    ViewPlan plan;
    plan.usualLongSide = longSides[longSides.size() / 2];
    plan.workingScale = request.settings.workingScale;
    plan.inputRange = inputRangeOf(request.settings.inputRange).value();
    const bool takesAnySize = base->image_encoder->takesAnySize();
    const int inputSide = static_cast<int>(base->image_encoder->inputSize());
    const int side = takesAnySize ? std::min(inputSide, recipe.coarseSide) : inputSide;
    plan.views.push_back({ImageView::Source::Network, side});
    if (takesAnySize) plan.views.push_back({ImageView::Source::Network, 2 * side, 3});
    return plan;
}

TrainingSet makeTrainingSet(const TrainingRequest& request, const ViewPlan& plan) {
    std::vector<TrainingImage> images;
    for (const messages::LabelledImage& image : request.images) {
        std::vector<Stroke> strokes = strokesOf(image.labels, request.classes);
        if (strokes.empty()) continue;
        images.push_back(
            {scaledColours(image.pixels, plan.inputRange), image.pixels.size, std::move(strokes)});
    }
    return TrainingSet(std::move(images), plan);
}

std::vector<std::vector<Stroke>> allStrokes(const TrainingSet& images) {
    std::vector<std::vector<Stroke>> strokes;
    for (size_t i = 0; i < images.size(); ++i) strokes.push_back(images.image(i).strokes);
    return strokes;
}

/// A model with a fresh adapter and read-outs at zero.
std::unique_ptr<AdaptedModel> freshModel(std::unique_ptr<peft::AdaptedSam> network,
                                         const TrainingRequest& request, ViewMapsCache& maps,
                                         const Recipe& recipe) {
    std::vector<ReadOut> readOuts = makeReadOuts(maps, network->classCount(), recipe, request.settings.seed);
    const torch::Tensor decoderWeight = torch::zeros({1}, network->device()).requires_grad_();
    return std::make_unique<AdaptedModel>(std::move(network), request.classes, maps.plan(),
                                          std::move(readOuts), decoderWeight);
}

/// All weights that training changes.
std::vector<torch::Tensor> weightsOf(AdaptedModel& model) {
    std::vector<torch::Tensor> weights = {model.decoderWeight()};
    for (const auto& parameter : model.network().trainableParameters()) weights.push_back(parameter.value());
    for (size_t view = 0; view < model.plan().views.size(); ++view) {
        weights.push_back(model.readOut(view)->weight);
        weights.push_back(model.readOut(view)->bias);
    }
    return weights;
}

int64_t countOf(const std::vector<torch::Tensor>& weights) {
    int64_t count = 0;
    for (const torch::Tensor& weight : weights) count += weight.numel();
    return count;
}

/// Weights as they were at one moment.
class WeightSnapshot {
  public:
    explicit WeightSnapshot(std::vector<torch::Tensor> weights) : weights_(std::move(weights)) {
        for (const torch::Tensor& weight : weights_) values_.push_back(weight.detach().clone());
    }

    /// Makes the weights a blend: 0 is this moment, 1 the other.
    void blendWith(const WeightSnapshot& other, double share) {
        const torch::NoGradGuard noGradient;
        for (size_t i = 0; i < weights_.size(); ++i) {
            weights_[i].copy_(torch::lerp(values_[i], other.values_[i], share));
        }
    }

  private:
    std::vector<torch::Tensor> weights_;
    std::vector<torch::Tensor> values_;
};

/// How far to go from the preview's weights to the trained ones. Half way generalises better than either end
/// (Wortsman et al. 2022, arXiv 2109.01903), and held-out strokes are too few to choose more finely than
/// between this and the preview.
constexpr double kBlendShare = 0.5;

/// Trains until the steps are done, the time is over or the person asks to stop. Returns the steps done.
int runTraining(Trainer& trainer, AdaptedModel& model, const TrainingRequest& request, int steps,
                TrainingSink& sink) {
    const auto begin = Clock::now();
    const double limit = request.settings.minutes * 60;
    int done = 0;
    while (done < steps && !sink.shouldStop() && (limit <= 0 || secondsSince(begin) < limit)) {
        sink.stepDone(trainer.step());
        ++done;
        sink.progressed(Stage::Training,
                        kTrainingBegins + (kChoosingBegins - kTrainingBegins) * done / steps);
        const WeightAverage::Swapped averaged(trainer.average());
        sink.modelUpdated(model, done);
    }
    trainer.average().adopt();
    return done;
}

}  // namespace

Result<void> checkRequest(const TrainingRequest& request) {
    if (const auto range = inputRangeOf(request.settings.inputRange); !range) return failure(range.error());
    std::set<uint8_t> known;
    for (const messages::ClassInfo& entry : request.classes) known.insert(entry.value);
    std::set<uint8_t> painted;
    for (const messages::LabelledImage& image : request.images) {
        if (image.labels.size != image.pixels.size) {
            return failure(ErrorCode::LabelsSizeMismatch,
                           {image.imageId, sizeText(image.labels.size), sizeText(image.pixels.size)});
        }
        painted.insert(image.labels.values.begin(), image.labels.values.end());
    }
    painted.erase(kUnlabelled);
    for (uint8_t value : painted) {
        if (!known.contains(value)) {
            return failure(ErrorCode::LabelsUnknownClass,
                           {request.images.front().imageId, std::to_string(value)});
        }
    }
    if (painted.empty()) return failure(ErrorCode::NoStrokes);
    if (painted.size() == 1) {
        const auto only = std::find_if(request.classes.begin(), request.classes.end(),
                                       [&](const auto& entry) { return entry.value == *painted.begin(); });
        return failure(ErrorCode::OneClassOnly, {only->name});
    }
    return {};
}

Result<TrainedModel> adapt(const TrainingRequest& request, const sam::Sam& base, TrainingSink& sink,
                           const Recipe& recipe) {
    if (const auto checked = checkRequest(request); !checked) return failure(checked.error());
    const auto begin = Clock::now();
    torch::manual_seed(request.settings.seed);
    auto network =
        peft::AdaptedSam::make(base, request.settings, static_cast<int64_t>(request.classes.size()));
    if (!network) return failure(network.error());
    const ViewPlan plan = planFor(request, base, recipe);
    TrainingSet images = makeTrainingSet(request, plan);

    sink.progressed(Stage::ReadingFeatures, kFeaturesBegin);
    ViewMapsCache frozen(**network, images, plan);
    std::unique_ptr<AdaptedModel> model = freshModel(std::move(*network), request, frozen, recipe);
    sink.progressed(Stage::FittingPreview, kPreviewBegins);
    fitReadOuts(*model, frozen, allStrokes(images), recipe, request.settings.seed);
    sink.modelUpdated(*model, 0);
    WeightSnapshot preview(weightsOf(*model));

    std::mt19937_64 random(request.settings.seed);
    const StrokeSplit split = splitStrokes(allStrokes(images), static_cast<int64_t>(request.classes.size()),
                                           recipe.heldOutShare, random);
    fitReadOuts(*model, frozen, split.training, recipe, request.settings.seed);
    WeightSnapshot start(weightsOf(*model));

    TrainedModel result;
    messages::Adapted& report = result.report;
    report.previewScore = strokeScore(*model, frozen, split.heldOut, recipe, request.settings.seed);
    const int steps = request.settings.steps > 0 ? request.settings.steps : recipe.steps;
    Trainer trainer(*model, images, frozen, split.training, recipe, steps, request.settings.seed);
    report.steps = runTraining(trainer, *model, request, steps, sink);
    report.stopped = report.steps < steps;

    sink.progressed(Stage::Choosing, kChoosingBegins);
    const WeightSnapshot trained(weightsOf(*model));
    start.blendWith(trained, kBlendShare);
    ViewMapsCache blended(model->network(), images, plan);
    report.adaptedScore = strokeScore(*model, blended, split.heldOut, recipe, request.settings.seed);
    const bool keepsPreview = report.steps == 0 || report.adaptedScore < report.previewScore;
    // The preview knows all strokes, so what was held out comes back in here.
    preview.blendWith(trained, keepsPreview ? 0 : kBlendShare);
    report.chosen = keepsPreview ? "preview" : "adapted";
    report.trainableParameters = countOf(weightsOf(*model));
    report.adapter = model->toFiles();
    report.seconds = secondsSince(begin);
    result.model = std::move(model);
    return result;
}

}  // namespace finebrush::training
