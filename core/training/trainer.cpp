#include "core/training/trainer.h"

#include "core/sam/encoder_geometry.h"
#include "core/training/checkpoint/trainer_state.h"
#include "core/training/losses/painted_loss.h"
#include "core/training/losses/set_loss.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <sstream>
#include <stdexcept>

namespace finebrush::training {

namespace {

/// Of a view in finer detail, so much is looked at in one step. Tokens of the patch embedding.
constexpr int kCropSide = 256;

torch::optim::OptimizerParamGroup group(std::vector<torch::Tensor> weights, double weightDecay) {
    auto options = std::make_unique<torch::optim::AdamWOptions>();
    options->weight_decay(weightDecay);
    return torch::optim::OptimizerParamGroup(std::move(weights), std::move(options));
}

/// A pixel of a random stroke, as a point [1, 2] in 0..1; any point where nothing is painted.
torch::Tensor randomPaintedPoint(const std::vector<Stroke>& strokes, PixelSize size,
                                 std::mt19937_64& random) {
    if (strokes.empty()) return uniformPoints(1, random);
    const Stroke& stroke = strokes[random() % strokes.size()];
    const int64_t pixel = stroke.pixels[random() % stroke.pixels.size()];
    return torch::tensor(
        {{(static_cast<float>(pixel % size.width) + 0.5f) / static_cast<float>(size.width),
          (static_cast<float>(pixel / size.width) + 0.5f) / static_cast<float>(size.height)}});
}

/// What the gates' noise is drawn from.
at::Generator generatorOf(const torch::Device& device) {
    return at::globalContext().defaultGenerator(device);
}

void setWeights(const peft::NamedParameters& weights, const std::vector<torch::Tensor>& values) {
    for (size_t i = 0; i < values.size(); ++i) weights[i].value().detach().copy_(values[i]);
}

torch::Tensor isInside(const torch::Tensor& points) {
    return points.ge(0).logical_and(points.le(1)).all(1);
}

}  // namespace

Trainer::Trainer(AdaptedModel& model, TrainingSet& images, ViewMapsCache& maps,
                 const std::vector<std::vector<Stroke>>& strokes, const Recipe& recipe, int steps,
                 uint64_t seed)
    : model_(model),
      images_(images),
      strokes_(strokes),
      recipe_(recipe),
      steps_(steps),
      random_(seed),
      groups_(model),
      weights_(groups_.all()),
      average_(weights_.values(), recipe.averageDecay) {
    std::vector<torch::optim::OptimizerParamGroup> groups;
    groups.push_back(group(groups_.adapter.values(), recipe.weightDecay));
    groups.push_back(group(groups_.decoder.values(), recipe.weightDecay));
    groups.push_back(group(groups_.readOuts.values(), 0));  // held by the read-out's own penalty
    groups.push_back(group(groups_.share.values(), 0));
    optimizer_ = std::make_unique<torch::optim::AdamW>(std::move(groups), torch::optim::AdamWOptions());
    teach(maps);
}

messages::StepMetrics Trainer::step() {
    const auto begin = std::chrono::steady_clock::now();
    if (done_ > 0 && done_ % recipe_.teacherSteps == 0) {
        const WeightAverage::Swapped averaged(average_);
        taught_.clear();
        for (const torch::Tensor& weight : weights_.values()) taught_.push_back(weight.detach().clone());
        teachAnew();
    }
    const double factor = rateFactor();
    const std::array rates = {recipe_.adapterRate, recipe_.decoderRate, recipe_.readOutRate,
                              recipe_.shareRate};
    for (size_t i = 0; i < rates.size(); ++i)
        optimizer_->param_groups()[i].options().set_lr(factor * rates[i]);

    model_.network().setTraining(true);
    const Scene scene = nextScene();
    const PointLogits found = logitsOf(scene);
    const torch::Tensor& logits = found.classes;  // [P + U, K]
    const int64_t painted = scene.labels.size(0);
    const torch::Tensor paintedPart =
        paintedLoss(recipe_.paintedLoss, logits.slice(0, 0, painted), scene.labels, scene.weights);
    const torch::Tensor unpaintedPart = unpaintedLoss(logits.slice(0, painted), scene.teacher);
    const torch::Tensor balance = model_.network().balanceLoss();
    torch::Tensor loss = paintedPart + recipe_.unpaintedWeight * unpaintedPart + balance +
                         recipe_.matchingWeight * matchingLoss(found, scene.labels);
    for (size_t view = 0; view < model_.plan().views.size(); ++view) {
        loss = loss + 0.5 * recipe_.readOutPenalty * model_.readOut(view)->weight.square().sum();
    }

    optimizer_->zero_grad();
    loss.backward();
    torch::nn::utils::clip_grad_norm_(weights_.values(), recipe_.gradientNorm);
    optimizer_->step();
    average_.update();
    model_.network().setTraining(false);
    ++done_;

    messages::StepMetrics metrics;
    metrics.step = done_;
    metrics.totalSteps = steps_;
    metrics.loss = loss.item<double>();
    metrics.paintedLoss = paintedPart.item<double>();
    metrics.unpaintedLoss = unpaintedPart.item<double>();
    metrics.balanceLoss = balance.item<double>();
    metrics.learningRate = factor * recipe_.adapterRate;
    metrics.usage = model_.network().expertUsage();
    metrics.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return metrics;
}

double Trainer::rateFactor() const {
    const double warmUp = std::min(1.0, (done_ + 1) / recipe_.warmUpSteps);
    return warmUp * 0.5 * (1 + std::cos(M_PI * done_ / std::max(1, steps_)));
}

Trainer::Scene Trainer::nextScene() {
    if (order_.empty()) {
        for (size_t i = 0; i < images_.size(); ++i) order_.push_back(i);
        shuffle(order_, random_);
    }
    Scene scene;
    scene.image = order_.back();
    order_.pop_back();
    scene.variation = {static_cast<int>(random_() % kVariations), recipe_.relights};
    const torch::Tensor centre =
        turnedPoints(randomPaintedPoint(strokes_[scene.image], images_.image(scene.image).size, random_),
                     scene.variation.orientation());
    const double x = centre[0][0].item<double>();
    const double y = centre[0][1].item<double>();
    const sam::EncoderGeometry geometry = sam::geometryOf(model_.network().base()->description.encoder);
    const int cropSide = kCropSide * static_cast<int>(geometry.patch);
    for (size_t view = 0; view < model_.plan().views.size(); ++view) {
        scene.crops.push_back(
            view > 0 ? images_.crop(scene.image, view, scene.variation, x, y, cropSide, model_.network())
                     : ViewCrop{images_.prepared(scene.image, view, scene.variation, model_.network())});
    }
    choosePoints(scene);
    return scene;
}

void Trainer::choosePoints(Scene& scene) {
    const torch::Device device = model_.network().device();
    const ViewCrop& smallest = scene.crops.back();
    const LabelledPoints painted = drawPoints(strokes_[scene.image], images_.image(scene.image).size,
                                              recipe_.paintedPointsPerStep, random_);
    const torch::Tensor turned = turnedPoints(painted.points, scene.variation.orientation());
    const torch::Tensor inside = isInside(smallest.toCrop(turned)).nonzero().squeeze(1);
    const torch::Tensor labels = painted.labels.index_select(0, inside);
    scene.labels = labels.to(device);
    if (recipe_.paintedLoss == messages::PaintedLoss::Structure) {
        scene.weights =
            structureWeights(strokes_[scene.image], images_.image(scene.image).size,
                             painted.points.index_select(0, inside), labels, model_.network().classCount())
                .to(device);
    }

    scene.points = turned.index_select(0, inside);
    const torch::Tensor& teacher = teacher_[scene.image];
    if (!teacher.defined()) return;
    const torch::Tensor unpainted = smallest.toView(uniformPoints(recipe_.unpaintedPointsPerStep, random_));
    const torch::Tensor upright = uprightPoints(unpainted, scene.variation.orientation()).to(device);
    scene.teacher = sampledAt(teacher, upright);  // [U, K]
    scene.points = torch::cat({scene.points, unpainted});
}

PointLogits Trainer::logitsOf(const Scene& scene) {
    PointLogits logits;
    for (size_t view = 0; view < scene.crops.size(); ++view) {
        const ViewCrop& crop = scene.crops[view];
        const torch::Tensor points = crop.toCrop(scene.points).to(model_.network().device());
        const ViewMaps maps = mapsOf(model_.plan().views[view], crop.prepared, model_.network());
        const PointLogits more = model_.viewLogitsAt(view, maps, points);
        if (view == 0) {
            logits = more;
        } else {
            logits.classes = logits.classes + more.classes;
        }
    }
    return logits;
}

torch::Tensor Trainer::matchingLoss(const PointLogits& logits, const torch::Tensor& labels) const {
    if (!logits.queryMasks.defined()) return torch::zeros({}, logits.classes.options());
    return setLoss(logits.queryMasks.slice(1, 0, labels.size(0)), logits.queryClasses, labels);
}

torch::Tensor Trainer::unpaintedLoss(const torch::Tensor& logits, const torch::Tensor& teacher) const {
    if (!teacher.defined()) return torch::zeros({}, logits.options());
    const torch::Tensor squared = teacher.square();
    const torch::Tensor sharpened = squared / squared.sum(1, true);
    const torch::Tensor sure = std::get<0>(teacher.max(1)).ge(recipe_.teacherConfidence).to(torch::kFloat32);
    // Classes that nothing is painted with have logits far below all others; their logarithm is kept finite.
    const torch::Tensor each = -(sharpened * logits.log_softmax(1).clamp_min(-50)).sum(1);
    return (each * sure).mean();
}

void Trainer::teach(ViewMapsCache& maps) {
    const torch::NoGradGuard noGradient;
    teacher_.clear();
    for (size_t index = 0; index < images_.size(); ++index) {
        if (isWhollyPainted(strokes_[index], images_.image(index).size)) {
            teacher_.emplace_back();
            continue;
        }
        torch::Tensor logits;
        const PixelSize size = model_.plan().sizeOf(model_.plan().views.back(), images_.image(index).size);
        for (size_t view = 0; view < model_.plan().views.size(); ++view) {
            const torch::Tensor more = model_.viewLogits(view, maps.at(index, view), size);
            logits = logits.defined() ? logits + more : more;
        }
        teacher_.push_back(logits.softmax(1));
    }
}

void Trainer::teachAnew() {
    ViewMapsCache maps(model_.network(), images_, model_.plan());
    teach(maps);
}

NamedTensors Trainer::state() const {
    NamedTensors state;
    putValues(state, "weight", weights_, weights_.values());
    putValues(state, "mean", weights_, average_.mean());
    putValues(state, "taught", weights_, taught_);
    putMoments(state, *optimizer_, weights_);
    state.tensors.insert("order", torch::tensor(std::vector<int64_t>(order_.begin(), order_.end())));
    state.tensors.insert("generator", generatorOf(model_.network().device()).get_state());
    std::ostringstream random;
    random << random_;
    state.metadata = {{"step", std::to_string(done_)},
                      {"updates", std::to_string(average_.updates())},
                      {"random", random.str()}};
    return state;
}

void Trainer::restore(const NamedTensors& state) {
    const torch::NoGradGuard noGradient;
    if (state.tensors.contains("taught." + weights_[0].key())) {
        taught_ = valuesIn(state, "taught", weights_);
        setWeights(weights_, taught_);
        teachAnew();
    }
    setWeights(weights_, valuesIn(state, "weight", weights_));
    average_.restore(valuesIn(state, "mean", weights_), std::stoi(state.metadata.at("updates")));
    takeMoments(state, *optimizer_, weights_);
    done_ = std::stoi(state.metadata.at("step"));
    if (done_ < 0 || done_ > steps_) throw std::invalid_argument("it is of another number of steps");
    const torch::Tensor order = tensorIn(state, "order");
    order_.assign(order.const_data_ptr<int64_t>(), order.const_data_ptr<int64_t>() + order.numel());
    if (std::ranges::any_of(order_, [&](size_t image) { return image >= images_.size(); }))
        throw std::invalid_argument("it is of other images");
    std::istringstream random(state.metadata.at("random"));
    if (!(random >> random_)) throw std::invalid_argument("its random numbers cannot be gone on with");
    generatorOf(model_.network().device()).set_state(tensorIn(state, "generator"));
}

}  // namespace finebrush::training
