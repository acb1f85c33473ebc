#include "core/training/adaptation.h"

#include "core/base/text.h"
#include "core/inference/adapted_model.h"
#include "core/inference/network_input.h"
#include "core/messages/adaptation_methods.h"
#include "core/peft/files/adapter_file.h"
#include "core/sam/encoder_geometry.h"
#include "core/training/choosing.h"
#include "core/training/preview/preview_fit.h"
#include "core/training/trained_weights.h"
#include "core/training/trainer.h"
#include "core/training/training_loop.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <set>

namespace finebrush::training {

namespace {

using Clock = std::chrono::steady_clock;
using messages::Stage;

// Of the whole bar, what is done when a stage begins.
constexpr double kFeaturesBegin = 0.02;
constexpr double kPreviewBegins = 0.06;
constexpr double kLightsBegin = 0.08;

constexpr int kSideMultiple = 16;  // px, of every patch and stride

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

int roundedUp(int length, int multiple) {
    return (length + multiple - 1) / multiple * multiple;
}

ViewPlan planFor(const TrainingRequest& request, const sam::Sam& base, const Recipe& recipe) {
    ViewPlan plan;
    // The largest: where the painted images differ in size, a larger one shows larger things.
    for (const messages::LabelledImage& image : request.images) {
        plan.usualLongSide =
            std::max({plan.usualLongSide, image.pixels.size.width, image.pixels.size.height});
    }
    plan.workingScale = request.settings.workingScale;
    plan.inputRange = inputRangeFor(inputRangeOf(request.settings.inputRange).value(), base->description);
    const sam::EncoderGeometry geometry = sam::geometryOf(base->description.encoder);
    const int patch = static_cast<int>(geometry.patch);
    const bool takesAnySize = base->image_encoder->takesAnySize();
    const int inputSide = static_cast<int>(base->image_encoder->inputSize());
    const int usualSide = takesAnySize ? std::min(inputSide, recipe.coarseSide * patch) : inputSide;
    const int side = request.settings.inputSize > 0 ? request.settings.inputSize : usualSide;
    plan.sideMultiple = std::lcm(plan.sideMultiple, static_cast<int>(geometry.stride));
    // A ViT sees no more at once than its square.
    plan.tileSide = takesAnySize ? plan.tileSide * patch : roundedUp(side, plan.sideMultiple);
    plan.views.push_back({side});
    if (takesAnySize) plan.views.push_back({2 * side, 3});
    return plan;
}

TrainingSet makeTrainingSet(const TrainingRequest& request, const Validation& validation,
                            const ViewPlan& plan) {
    std::vector<TrainingImage> images;
    for (const messages::LabelledImage& image : request.images) {
        if (validation.holds(image)) continue;
        std::vector<Stroke> strokes = strokesOf(image.labels, request.classes);
        if (strokes.empty()) continue;
        const InputRange range = appliedRange(plan.inputRange, image.pixels);
        images.push_back({scaledColours(image.pixels, range), image.pixels.size, std::move(strokes), range});
    }
    return TrainingSet(std::move(images), plan);
}

std::vector<std::vector<Stroke>> allStrokes(const TrainingSet& images) {
    std::vector<std::vector<Stroke>> strokes;
    for (size_t i = 0; i < images.size(); ++i) strokes.push_back(images.image(i).strokes);
    return strokes;
}

/// The base with a fresh adapter, or with the one to go on from.
Result<std::unique_ptr<peft::AdaptedSam>> networkFor(const TrainingRequest& request, const sam::Sam& base) {
    if (request.start) {
        return peft::startFrom(request.start->files, base, request.settings, request.classes,
                               request.start->source);
    }
    return peft::AdaptedSam::make(base, request.settings, static_cast<int64_t>(request.classes.size()));
}

/// A model of a network with read-outs at zero.
std::unique_ptr<AdaptedModel> freshModel(std::unique_ptr<peft::AdaptedSam> network,
                                         const TrainingRequest& request, ViewMapsCache& maps,
                                         const Recipe& recipe) {
    std::vector<ReadOut> readOuts = makeReadOuts(maps, network->classCount(), recipe, request.settings.seed);
    const torch::Tensor decoderWeight = torch::zeros({1}, network->device()).requires_grad_();
    return std::make_unique<AdaptedModel>(std::move(network), request.classes, maps.plan(),
                                          std::move(readOuts), decoderWeight);
}

/// Shows the instant preview, then asks whether other lights help, and if so sets the recipe to them and
/// shows the preview that they make. Returns what it was fitted to.
std::vector<PaintedFeatures> fitPreview(AdaptedModel& model, ViewMapsCache& maps,
                                        const std::vector<std::vector<Stroke>>& strokes, Recipe& recipe,
                                        uint64_t seed, TrainingSink& sink) {
    std::vector<PaintedFeatures> plain = paintedFeatures(model, maps, strokes, recipe, seed);
    fitReadOuts(model, plain, recipe.readOutPenalty);
    sink.modelUpdated(model, 0);
    if (plain.size() < 2 || recipe.relitLooks < 2 * static_cast<int>(strokes.size()) || sink.shouldStop())
        return plain;
    sink.progressed(Stage::FittingPreview, kLightsBegin);
    std::vector<PaintedFeatures> relit = relitFeatures(model, maps, strokes, recipe, seed);
    recipe.relights = relightingHelps(plain, relit, static_cast<int64_t>(model.classes().size()), recipe);
    if (!recipe.relights) return plain;
    recipe.readOutPenalty = recipe.relitPenalty;
    fitReadOuts(model, relit, recipe.readOutPenalty);
    sink.modelUpdated(model, 0);
    return relit;
}

/// What is trained on, and what is held out of it. With validation images all other strokes are trained on.
StrokeSplit splitFor(const TrainingRequest& request, const Validation& validation, const TrainingSet& images,
                     const Recipe& recipe) {
    if (!validation.isEmpty()) return {allStrokes(images), {}, {}};
    std::mt19937_64 random(request.settings.seed);
    return splitStrokes(allStrokes(images), static_cast<int64_t>(request.classes.size()), recipe.heldOutShare,
                        random);
}

int whollyPaintedCount(const TrainingSet& images) {
    int count = 0;
    for (size_t i = 0; i < images.size(); ++i) {
        if (isWhollyPainted(images.image(i).strokes, images.image(i).size)) ++count;
    }
    return count;
}

/// A step looks at one image, so that many wholly painted ones take more steps than strokes do.
int stepsOf(const TrainingRequest& request, int whollyPainted, const Recipe& recipe) {
    if (request.settings.keep == messages::Keep::Preview) return 0;
    if (request.settings.steps > 0) return request.settings.steps;
    return std::max(recipe.steps,
                    std::min(recipe.stepsPerWholeImage * whollyPainted, recipe.mostStepsForWhole));
}

/// How many weights were trained: without a step these are the read-outs', which the preview is.
int64_t trainedCount(AdaptedModel& model, int steps) {
    const TrainedWeights weights(model);
    int64_t count = steps > 0 ? -model.network().idleParameterCount() : 0;
    for (const auto& weight : steps > 0 ? weights.all() : weights.readOuts) count += weight.value().numel();
    return count;
}

/// That an image can be held out, and two classes are left to learn.
Result<void> checkValidation(const TrainingRequest& request) {
    const double share = request.options.validationShare;
    if (share == 0) return {};
    const Validation validation(request.images, share, request.settings.seed);
    std::set<uint8_t> learned;
    for (const messages::LabelledImage& image : request.images) {
        if (!validation.holds(image)) learned.insert(image.labels.values.begin(), image.labels.values.end());
    }
    learned.erase(kUnlabelled);
    if (!validation.isEmpty() && learned.size() > 1) return {};
    return failure(ErrorCode::OptionInvalid, {"validation", formatted("%g", share),
                                              validation.isEmpty() ? "it takes a second labelled image"
                                                                   : "the other images hold one class only"});
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
                           {image.imageId, toText(image.labels.size), toText(image.pixels.size)});
        }
        std::set<uint8_t> here(image.labels.values.begin(), image.labels.values.end());
        here.erase(kUnlabelled);
        for (const uint8_t value : here) {
            if (value >= kMaxClasses)
                return failure(ErrorCode::LabelsValueOutOfRange, {image.imageId, std::to_string(value)});
            if (!known.contains(value))
                return failure(ErrorCode::LabelsUnknownClass, {image.imageId, std::to_string(value)});
        }
        painted.merge(here);
    }
    if (painted.empty()) return failure(ErrorCode::NoStrokes);
    if (painted.size() == 1) {
        const auto only = std::find_if(request.classes.begin(), request.classes.end(),
                                       [&](const auto& entry) { return entry.value == *painted.begin(); });
        return failure(ErrorCode::OneClassOnly, {only->name});
    }
    const int side = request.settings.inputSize;
    if (side != 0 && (side < kSideMultiple || side > sam::kMostInputSide || side % kSideMultiple != 0)) {
        return failure(ErrorCode::OptionInvalid,
                       {"input size", std::to_string(side),
                        formatted("it is a multiple of %d up to %d, or 0", kSideMultiple,
                                  static_cast<int>(sam::kMostInputSide))});
    }
    const int queries = request.settings.queries;
    if (queries != 0 &&
        (queries < static_cast<int>(request.classes.size()) || queries > messages::kMaxQueries)) {
        return failure(ErrorCode::OptionInvalid, {"queries", std::to_string(queries),
                                                  formatted("at least one a class, so %zu, and at most %d",
                                                            request.classes.size(), messages::kMaxQueries)});
    }
    return checkValidation(request);
}

Result<TrainedModel> adapt(const TrainingRequest& request, const sam::Sam& base, TrainingSink& sink,
                           const Recipe& given, const TrainingState* former) {
    if (const auto checked = checkRequest(request); !checked) return failure(checked.error());
    if (request.settings.workingScale > 0 && !base->image_encoder->takesAnySize()) {
        return failure(ErrorCode::OptionInvalid,
                       {"working scale", formatted("%g", request.settings.workingScale),
                        "this network sees an image whole, as large as its input: choose the input size"});
    }
    const auto begin = Clock::now();
    Recipe recipe = given;
    recipe.paintedLoss = request.settings.loss;
    if (request.options.adapterRate > 0) recipe.adapterRate = request.options.adapterRate;
    const uint64_t seed = request.settings.seed;
    torch::manual_seed(seed);
    auto network = networkFor(request, base);
    if (!network) return failure(network.error());
    const ViewPlan plan = planFor(request, (*network)->base(), recipe);
    const Validation validation(request.images, request.options.validationShare, seed);
    TrainingSet images = makeTrainingSet(request, validation, plan);

    sink.progressed(Stage::ReadingFeatures, kFeaturesBegin);
    ViewMapsCache frozen(**network, images, plan);
    std::unique_ptr<AdaptedModel> model = freshModel(std::move(*network), request, frozen, recipe);
    sink.progressed(Stage::FittingPreview, kPreviewBegins);
    std::vector<PaintedFeatures> painted = fitPreview(*model, frozen, allStrokes(images), recipe, seed, sink);
    WeightSnapshot preview(*model);

    const StrokeSplit split = splitFor(request, validation, images, recipe);
    const Judge judge{validation, split.heldOut, images, recipe, seed};
    if (validation.isEmpty())
        fitReadOuts(*model, withoutStrokes(painted, split.isHeldOut), recipe.readOutPenalty);
    painted.clear();  // large, and not needed by the training
    WeightSnapshot start(*model);

    TrainedModel result;
    messages::Adapted& report = result.report;
    report.previewScore = judge.score(*model, frozen);
    result.whollyPainted = whollyPaintedCount(images);
    const int steps = stepsOf(request, result.whollyPainted, recipe);
    result.mostSteps = steps;
    Trainer trainer(*model, images, frozen, split.training, recipe, steps, seed);
    TrainingLoop loop(trainer, *model, request, validation, steps, sink);
    if (former) {
        if (const auto resumed = loop.resume(*former); !resumed) return failure(resumed.error());
        report.resumedFrom = former->step();
    }
    loop.run();
    report.steps = loop.steps();
    report.stopped = report.steps < steps && !loop.isOutOfPatience();
    result.validationImages = static_cast<int>(validation.size());
    result.bestStep = loop.bestStep();

    sink.progressed(Stage::Choosing, kChoosingBegins);
    chooseWeights(*model, preview, start, judge, request.settings.keep, report);
    report.trainableParameters = trainedCount(*model, report.steps);
    report.adapter = model->toFiles();
    report.seconds = (former ? former->seconds : 0) + secondsSince(begin);
    result.model = std::move(model);
    return result;
}

}  // namespace finebrush::training
