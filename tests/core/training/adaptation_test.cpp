#include "core/training/adaptation.h"

#include "core/inference/model_file.h"
#include "core/messages/fields.h"
#include "core/peft/files/stored_adapter.h"
#include "core/sam/build_sam.h"
#include "core/training/checkpoint/training_checkpoint.h"
#include "core/training/validation.h"
#include "tests/core/sam/small_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>
#include <set>

namespace finebrush::training {
namespace {

constexpr int kSide = 96;

/// A dark disc on a bright ground, and a stroke on each.
messages::LabelledImage disc(const std::string& id, int centreX, int centreY) {
    messages::LabelledImage image{id, {{kSide, kSide}, 1, PixelType::UInt8, {}, {}}, {{kSide, kSide}, {}}};
    for (int y = 0; y < kSide; ++y) {
        for (int x = 0; x < kSide; ++x) {
            const bool inside = std::hypot(x - centreX, y - centreY) < 24;
            image.pixels.bytes.push_back(static_cast<uint8_t>((inside ? 60 : 200) + (x * 7 + y * 13) % 9));
            const bool onDisc = std::abs(y - centreY) < 2 && std::abs(x - centreX) < 10;
            const bool onGround = y < 6 && x > 5 && x < 60;
            image.labels.values.push_back(onDisc ? 3 : onGround ? 0 : kUnlabelled);
        }
    }
    return image;
}

TrainingRequest discRequest(int steps) {
    TrainingRequest request;
    request.settings.steps = steps;
    request.settings.threads = 2;
    request.classes = {{"g", "ground", "#000000", 0}, {"d", "disc", "#ff0000", 3}};
    request.images = {disc("one", 40, 50), disc("two", 60, 45)};
    return request;
}

/// Looks so coarse that a step takes a fraction of a second, in no other light; all else is the product's
/// recipe.
Recipe smallRecipe() {
    Recipe recipe;
    recipe.relitLooks = 0;
    recipe.coarseSide = 96;
    return recipe;
}

class CountingSink : public TrainingSink {
  public:
    void progressed(messages::Stage, double fraction) override {
        EXPECT_GE(fraction, last);
        last = fraction;
    }
    bool shouldStop() override { return steps.size() >= stopAfter; }
    void stepDone(const messages::StepMetrics& metrics) override { steps.push_back(metrics); }
    void modelUpdated(SegmentationModel&, int step) override { updates.push_back(step); }

    double last = 0;
    size_t stopAfter = 1000;
    std::vector<messages::StepMetrics> steps;
    std::vector<int> updates;
};

/// Stops after some steps and keeps the checkpoint of then, as a process does that is killed.
class InterruptedSink : public CountingSink {
  public:
    explicit InterruptedSink(size_t steps) { stopAfter = steps; }
    bool wantsState() override { return steps.size() == stopAfter; }
    void stateReached(const TrainingState& state) override { checkpoint = encodeCheckpoint(state, {}); }

    std::vector<uint8_t> checkpoint;
};

/// How many weights and biases an adapter has below a prefix.
int64_t countOf(const messages::AdapterFiles& adapter, const std::string& prefix) {
    const auto stored = peft::readStoredAdapter(adapter, "test");
    EXPECT_TRUE(stored);
    int64_t count = 0;
    for (const auto& entry : tensorsBelow(stored->tensors, prefix).tensors) {
        const bool isStatistic = entry.key().ends_with(".mean") || entry.key().ends_with(".scale");
        if (!isStatistic) count += entry.value().numel();
    }
    return count;
}

NamedTensors readOutsOf(const messages::AdapterFiles& adapter) {
    return tensorsBelow(peft::readStoredAdapter(adapter, "test")->tensors, "extra.read_out.");
}

class Adaptation : public ::testing::Test {
  protected:
    void SetUp() override {
        torch::set_num_threads(2);
        auto loaded = sam::loadSam(finebrush::testing::smallModel());
        ASSERT_TRUE(loaded) << describe(loaded.error());
        base = *loaded;
    }

    sam::Sam base{nullptr};
};

TEST_F(Adaptation, LearnsADiscFromStrokesAndFindsAnother) {
    CountingSink sink;
    auto trained = adapt(discRequest(3), base, sink, smallRecipe());
    ASSERT_TRUE(trained) << describe(trained.error());
    EXPECT_EQ(sink.steps.size(), 3u);
    EXPECT_EQ(sink.updates, (std::vector<int>{0, 1, 2, 3}));
    EXPECT_EQ(sink.steps[0].usage.size(), 4u) << "one for each block that attends";
    EXPECT_GT(trained->report.trainableParameters, countOf(trained->report.adapter, peft::kPeftPrefix));

    const messages::LabelledImage unseen = disc("three", 50, 60);
    SilentMonitor monitor;
    const ClassPrediction prediction = trained->model->predict(unseen.pixels, Care::Quick, monitor);
    EXPECT_EQ(prediction.mask.at(50, 60), 3);
    EXPECT_EQ(prediction.mask.at(5, 5), 0);
    EXPECT_EQ(prediction.mask.at(90, 90), 0);
}

TEST_F(Adaptation, ThePreviewIsShownAtOnceAndAgainWhereOtherLightsHelp) {
    Recipe recipe = smallRecipe();
    recipe.relitLooks = 4;
    recipe.relitAdvantage = std::numeric_limits<double>::infinity();  // they always help
    CountingSink sink;
    const auto relit = adapt(discRequest(1), base, sink, recipe);
    ASSERT_TRUE(relit) << describe(relit.error());
    EXPECT_EQ(sink.updates, (std::vector<int>{0, 0, 1}));
    recipe.relitAdvantage = 0;  // they never do
    CountingSink other;
    const auto plain = adapt(discRequest(1), base, other, recipe);
    ASSERT_TRUE(plain);
    EXPECT_EQ(other.updates, (std::vector<int>{0, 1}));
    EXPECT_NE(plain->report.adapter, relit->report.adapter);
}

TEST_F(Adaptation, TheSameSeedGivesTheSameAdapterBitForBit) {
    CountingSink first;
    CountingSink second;
    const auto one = adapt(discRequest(2), base, first, smallRecipe());
    ASSERT_TRUE(one);
    const messages::AdapterFiles files = one->report.adapter;
    auto other = adapt(discRequest(2), base, second, smallRecipe());
    ASSERT_TRUE(other);
    EXPECT_EQ(files, other->report.adapter);
}

TEST_F(Adaptation, ResumedAtAnyStepItEndsAsIfItHadNeverBeenInterrupted) {
    Recipe recipe = smallRecipe();
    recipe.teacherSteps = 2;  // so that a teacher of the start and later ones are gone on with
    CountingSink uninterrupted;
    auto whole = adapt(discRequest(5), base, uninterrupted, recipe);
    ASSERT_TRUE(whole);
    const messages::AdapterFiles files = whole->report.adapter;
    EXPECT_FALSE(whole->report.resumedFrom);
    whole->model.reset();
    for (const size_t steps : {size_t{1}, size_t{3}, size_t{5}}) {
        InterruptedSink interrupted(steps);
        ASSERT_TRUE(adapt(discRequest(5), base, interrupted, recipe));
        torch::manual_seed(99);  // another process draws from elsewhere
        const auto state = decodeCheckpoint(interrupted.checkpoint, {}, "test");
        ASSERT_TRUE(state) << describe(state.error());
        CountingSink sink;
        const auto resumed = adapt(discRequest(5), base, sink, recipe, &*state);
        ASSERT_TRUE(resumed) << describe(resumed.error());
        EXPECT_EQ(resumed->report.adapter, files) << "interrupted after step " << steps;
        EXPECT_EQ(resumed->report.resumedFrom, static_cast<int>(steps));
        EXPECT_EQ(resumed->report.steps, 5);
        ASSERT_EQ(sink.steps.size(), 5u) << "the earlier steps are told again";
        for (size_t i = 0; i < 5; ++i) {
            EXPECT_EQ(sink.steps[i].step, static_cast<int>(i) + 1);
            EXPECT_EQ(sink.steps[i].loss, uninterrupted.steps[i].loss);
        }
    }
}

TEST_F(Adaptation, WithoutTimeThereIsOnlyThePreview) {
    TrainingRequest request = discRequest(5);
    request.settings.minutes = 1e-12;
    CountingSink sink;
    const auto preview = adapt(request, base, sink, smallRecipe());
    ASSERT_TRUE(preview) << describe(preview.error());
    EXPECT_EQ(preview->report.steps, 0);
    EXPECT_EQ(preview->report.chosen, "preview");
}

TEST_F(Adaptation, WhoWantsThePreviewWaitsForNoTraining) {
    TrainingRequest request = discRequest(5);
    request.settings.keep = messages::Keep::Preview;
    CountingSink sink;
    const auto preview = adapt(request, base, sink, smallRecipe());
    ASSERT_TRUE(preview) << describe(preview.error());
    EXPECT_EQ(preview->report.steps, 0);
    EXPECT_EQ(preview->report.chosen, "preview");
    EXPECT_EQ(preview->report.trainableParameters, countOf(preview->report.adapter, "extra.read_out."))
        << "nothing else was fitted";
}

TEST_F(Adaptation, StrokesThatWereHeldOutAreNotLostToTheResult) {
    TrainingRequest request = discRequest(1);
    for (messages::LabelledImage& image : request.images) {
        for (int corner = 0; corner < 2; ++corner) {  // strokes to spare, of which some are held out
            for (int x = 0; x < 30; ++x) {
                image.labels.values[static_cast<size_t>((80 + 8 * corner) * kSide + x)] = 0;
                image.labels.values[static_cast<size_t>((35 + 8 * corner) * kSide + 45 + x % 10)] = 3;
            }
        }
    }
    CountingSink first, second;
    request.settings.keep = messages::Keep::Preview;
    const auto preview = adapt(request, base, first, smallRecipe());
    ASSERT_TRUE(preview) << describe(preview.error());
    request.settings.keep = messages::Keep::Adapted;
    const auto trained = adapt(request, base, second, smallRecipe());
    ASSERT_TRUE(trained) << describe(trained.error());
    ASSERT_FALSE(std::isnan(trained->report.previewScore)) << "nothing was held out";
    // One step at a warming-up rate: what is farther from the preview came from fewer strokes.
    const NamedTensors before = readOutsOf(preview->report.adapter),
                       after = readOutsOf(trained->report.adapter);
    ASSERT_FALSE(before.tensors.is_empty());
    for (const auto& weight : before.tensors) {
        const torch::Tensor change = after.tensors[weight.key()] - weight.value();
        EXPECT_LT(change.abs().max().item<double>(), smallRecipe().readOutRate) << weight.key();
    }
}

TEST_F(Adaptation, GoesOnFromAnotherAdapter) {
    CountingSink first, second, third;
    TrainingRequest request = discRequest(2);
    request.settings.keep = messages::Keep::Adapted;
    request.settings.seed = 3;
    const auto former = adapt(request, base, first, smallRecipe());
    ASSERT_TRUE(former) << describe(former.error());
    const auto encoderOf = [](const messages::AdapterFiles& adapter) {
        return tensorsBelow(peft::readStoredAdapter(adapter, "test")->tensors,
                            "base_model.model.image_encoder.");
    };
    const auto isSameEncoder = [&](const messages::AdapterFiles& one, const messages::AdapterFiles& other) {
        const NamedTensors encoder = encoderOf(one), others = encoderOf(other);
        EXPECT_FALSE(encoder.tensors.is_empty());
        bool isSame = true;
        for (const auto& entry : encoder.tensors)
            isSame = isSame && torch::equal(entry.value(), others.tensors[entry.key()]);
        return isSame;
    };

    request.settings.seed = 0;
    request.settings.keep = messages::Keep::Preview;
    request.start = StartAdapter{former->report.adapter, "the former"};
    const auto preview = adapt(request, base, second, smallRecipe());
    ASSERT_TRUE(preview) << describe(preview.error());
    EXPECT_TRUE(isSameEncoder(preview->report.adapter, former->report.adapter));
    request.settings.keep = messages::Keep::Adapted;
    const auto further = adapt(request, base, third, smallRecipe());
    ASSERT_TRUE(further) << describe(further.error());
    EXPECT_FALSE(isSameEncoder(further->report.adapter, former->report.adapter)) << "it went on training";

    request.settings.rank = 5;
    const auto refused = adapt(request, base, third, smallRecipe());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().arguments[0], "the former");
}

TEST_F(Adaptation, AWorkingScaleIsRefusedWhereTheNetworkSeesTheWholeImage) {
    TrainingRequest request = discRequest(1);
    request.settings.workingScale = 2;
    CountingSink sink;
    EXPECT_TRUE(adapt(request, base, sink, smallRecipe()));
    const sam::Sam vit = finebrush::testing::frozenNetwork(finebrush::testing::smallVitDescription());
    CountingSink other;
    const auto refused = adapt(request, vit, other, smallRecipe());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::OptionInvalid);
    EXPECT_EQ(refused.error().arguments[0], "working scale");
}

TEST_F(Adaptation, ATrainingThatWentAstrayLeavesThePreview) {
    TrainingRequest request = discRequest(3);
    request.settings.keep = messages::Keep::Adapted;
    Recipe recipe = smallRecipe();
    recipe.adapterRate = recipe.decoderRate = recipe.readOutRate = 1e38;
    CountingSink sink;
    const auto astray = adapt(request, base, sink, recipe);
    ASSERT_TRUE(astray) << describe(astray.error());
    EXPECT_EQ(astray->report.chosen, "preview");
    const auto stored = peft::readStoredAdapter(astray->report.adapter, "test");
    EXPECT_TRUE(stored) << describe(stored.error());
}

TEST_F(Adaptation, TheTimeBeforeAnInterruptionCounts) {
    InterruptedSink interrupted(2);
    ASSERT_TRUE(adapt(discRequest(50), base, interrupted, smallRecipe()));
    auto state = decodeCheckpoint(interrupted.checkpoint, {}, "test");
    ASSERT_TRUE(state);
    EXPECT_GT(state->seconds, 0);
    state->seconds = 61;
    TrainingRequest request = discRequest(50);
    request.settings.minutes = 1;
    CountingSink sink;
    const auto resumed = adapt(request, base, sink, smallRecipe(), &*state);
    ASSERT_TRUE(resumed);
    EXPECT_EQ(resumed->report.steps, 2);
    EXPECT_TRUE(resumed->report.stopped);
    EXPECT_GT(resumed->report.seconds, 61);
}

TEST_F(Adaptation, AStateOfAnotherTrainingIsRefused) {
    InterruptedSink interrupted(1);
    ASSERT_TRUE(adapt(discRequest(2), base, interrupted, smallRecipe()));
    const auto state = decodeCheckpoint(interrupted.checkpoint, {}, "test");
    ASSERT_TRUE(state);
    TrainingRequest other = discRequest(2);
    other.settings.rank = 2;
    CountingSink sink;
    const auto resumed = adapt(other, base, sink, smallRecipe(), &*state);
    ASSERT_FALSE(resumed);
    EXPECT_EQ(resumed.error().code, ErrorCode::CheckpointMismatch);
}

TEST_F(Adaptation, ADamagedStateIsRefused) {
    InterruptedSink interrupted(1);
    ASSERT_TRUE(adapt(discRequest(2), base, interrupted, smallRecipe()));
    const auto expectRefused = [&](const auto& damage) {
        auto state = decodeCheckpoint(interrupted.checkpoint, {}, "test");
        ASSERT_TRUE(state);
        damage(state->trainer);
        CountingSink sink;
        const auto resumed = adapt(discRequest(2), base, sink, smallRecipe(), &*state);
        ASSERT_FALSE(resumed);
        EXPECT_EQ(resumed.error().code, ErrorCode::CheckpointMismatch) << describe(resumed.error());
    };
    for (const torch::Tensor& order :
         {torch::tensor({int64_t{99}}), torch::tensor({int64_t{-1}}), torch::tensor({0.5})})
        expectRefused([&](NamedTensors& state) { state.tensors["order"] = order; });
    expectRefused([](NamedTensors& state) { state.tensors["generator"] = torch::zeros({3}, torch::kUInt8); });
    for (const char* step : {"-1", "3"})
        expectRefused([&](NamedTensors& state) { state.metadata["step"] = step; });
    expectRefused([](NamedTensors& state) { state.metadata["random"] = "none"; });
}

/// Four images with a class on every pixel.
TrainingRequest denseRequest(int steps) {
    TrainingRequest request = discRequest(steps);
    request.images = {disc("one", 40, 50), disc("two", 60, 45), disc("three", 50, 50), disc("four", 45, 60)};
    for (messages::LabelledImage& image : request.images) {
        for (size_t i = 0; i < image.labels.values.size(); ++i) {
            image.labels.values[i] = image.pixels.bytes[i] < 130 ? 3 : 0;
        }
    }
    request.options.validationShare = 0.25;
    request.options.validationSteps = 2;
    return request;
}

TEST_F(Adaptation, ValidationImagesJudgeWhatIsTrainedOnTheOthers) {
    CountingSink sink;
    const TrainingRequest request = denseRequest(5);
    const auto trained = adapt(request, base, sink, smallRecipe());
    ASSERT_TRUE(trained) << describe(trained.error());
    EXPECT_EQ(trained->validationImages, 1);
    std::vector<int> validated;
    for (const messages::StepMetrics& metrics : sink.steps) {
        if (metrics.validationScore) validated.push_back(metrics.step);
        EXPECT_EQ(metrics.unpaintedLoss, 0) << "no pixel is left to teach";
    }
    EXPECT_EQ(validated, (std::vector<int>{2, 4, 5})) << "every second step, and the last one";
    EXPECT_GT(trained->bestStep, 0);
    EXPECT_GT(trained->report.adaptedScore, 0.8);

    const Validation validation(request.images, 0.25, request.settings.seed);
    EXPECT_EQ(validation.score(*trained->model), trained->report.chosen == "adapted"
                                                     ? trained->report.adaptedScore
                                                     : trained->report.previewScore)
        << "the score is of the model that comes back";
}

TEST_F(Adaptation, EndsWhenValidationsNoLongerGetBetterAndKeepsTheBestWeights) {
    Recipe recipe = smallRecipe();
    recipe.adapterRate = recipe.decoderRate = recipe.readOutRate = 0;  // nothing gets better
    TrainingRequest request = denseRequest(40);
    request.options.patience = 2;
    CountingSink sink;
    const auto trained = adapt(request, base, sink, recipe);
    ASSERT_TRUE(trained);
    EXPECT_EQ(trained->bestStep, 2);
    EXPECT_EQ(trained->report.steps, 6) << "two validations after the best";
    EXPECT_FALSE(trained->report.stopped) << "nobody stopped it";

    recipe.readOutRate = 3;  // each step makes it worse
    recipe.averageDecay = 0;
    CountingSink worse;
    const auto best = adapt(request, base, worse, recipe);
    ASSERT_TRUE(best);
    double highest = 0;
    for (const messages::StepMetrics& metrics : worse.steps) {
        highest = std::max(highest, metrics.validationScore.value_or(0));
    }
    EXPECT_GE(std::max(best->report.adaptedScore, best->report.previewScore), highest);
}

TEST_F(Adaptation, ManyWhollyPaintedImagesTakeMoreStepsThanStrokesWhereNoneWereChosen) {
    Recipe recipe = smallRecipe();
    recipe.steps = 3;
    const auto stepsOf = [&](const TrainingRequest& request) {
        CountingSink sink;
        sink.stopAfter = 1;
        const auto trained = adapt(request, base, sink, recipe);
        EXPECT_TRUE(trained) << (trained ? "" : describe(trained.error()));
        if (!trained || sink.steps.empty()) return -1;
        EXPECT_EQ(trained->mostSteps, sink.steps.front().totalSteps);
        return trained->mostSteps;
    };
    TrainingRequest strokes = discRequest(0);
    strokes.images = {disc("one", 40, 50), disc("two", 60, 45), disc("three", 50, 50), disc("four", 45, 60)};
    EXPECT_EQ(stepsOf(strokes), 3) << "however many images they lie in";
    EXPECT_EQ(stepsOf(denseRequest(0)), 6) << "two for each of those that are not held out";
    TrainingRequest onePixel = denseRequest(0);
    onePixel.options.validationShare = 0;
    EXPECT_EQ(stepsOf(onePixel), 8) << "also where strokes are held out of them";
    onePixel.images[0].labels.values[7] = kUnlabelled;
    EXPECT_EQ(stepsOf(onePixel), 6) << "one is no longer wholly painted";
    EXPECT_EQ(stepsOf(denseRequest(2)), 2) << "what was chosen";
    recipe.steps = 7;
    EXPECT_EQ(stepsOf(denseRequest(0)), 7) << "the recipe's are more";
    recipe.steps = 3;
    recipe.mostStepsForWhole = 5;
    EXPECT_EQ(stepsOf(denseRequest(0)), 5);
}

TEST_F(Adaptation, TheLossOnPaintedPixelsIsTheChosenOne) {
    std::set<double> losses;
    std::set<messages::AdapterFiles> adapters;
    for (const auto& [loss, name] : messages::kEnumNames<messages::PaintedLoss>) {
        TrainingRequest request = denseRequest(2);
        // Of two classes, one against the rest is the same as each against the other.
        request.classes.push_back({"b", "border", "#00ff00", 5});
        for (messages::LabelledImage& image : request.images) {
            for (size_t i = 0; i < image.labels.values.size(); i += kSide) image.labels.values[i] = 5;
        }
        request.settings.loss = loss;
        request.settings.keep = messages::Keep::Adapted;
        CountingSink sink;
        const auto trained = adapt(request, base, sink, smallRecipe());
        ASSERT_TRUE(trained) << name;
        EXPECT_TRUE(std::isfinite(sink.steps.back().loss)) << name;
        losses.insert(sink.steps.front().paintedLoss);
        adapters.insert(trained->report.adapter);
    }
    EXPECT_EQ(losses.size(), messages::kEnumNames<messages::PaintedLoss>.size());
    EXPECT_EQ(adapters.size(), messages::kEnumNames<messages::PaintedLoss>.size());
}

TEST_F(Adaptation, AnInterruptedTrainingStillKnowsItsBestWeights) {
    const TrainingRequest request = denseRequest(4);
    CountingSink uninterrupted;
    auto whole = adapt(request, base, uninterrupted, smallRecipe());
    ASSERT_TRUE(whole);
    whole->model.reset();
    InterruptedSink interrupted(3);
    ASSERT_TRUE(adapt(request, base, interrupted, smallRecipe()));
    const auto state = decodeCheckpoint(interrupted.checkpoint, {}, "test");
    ASSERT_TRUE(state);
    CountingSink sink;
    const auto resumed = adapt(request, base, sink, smallRecipe(), &*state);
    ASSERT_TRUE(resumed);
    EXPECT_EQ(resumed->report.adapter, whole->report.adapter);
    EXPECT_EQ(resumed->bestStep, whole->bestStep);
}

TEST_F(Adaptation, FilesMakeTheSameModelAgain) {
    CountingSink sink;
    auto trained = adapt(discRequest(2), base, sink, smallRecipe());
    ASSERT_TRUE(trained);
    const messages::LabelledImage image = disc("one", 40, 50);
    SilentMonitor monitor;
    const torch::Tensor before = trained->model->probabilities(image.pixels, Care::Quick, monitor).clone();
    trained->model.reset();
    const auto model = loadModel(trained->report.adapter, base, "test");
    ASSERT_TRUE(model) << describe(model.error());
    EXPECT_TRUE(torch::equal((*model)->probabilities(image.pixels, Care::Quick, monitor), before));
}

TEST_F(Adaptation, AStemThatTrainsIsOfTheAdapterAndNotOfTheBase) {
    const messages::LabelledImage image = disc("one", 40, 50);
    SilentMonitor monitor;
    const NamedTensors state = stateOf(*base->image_encoder);
    std::map<std::string, torch::Tensor> ofBase;
    for (const auto& entry : state.tensors) ofBase[entry.key()] = entry.value().clone();
    for (const char* method : {"full", "bitfit"}) {
        TrainingRequest request = discRequest(2);
        request.settings.method = method;
        request.settings.keep = messages::Keep::Adapted;
        CountingSink sink;
        auto trained = adapt(request, base, sink, smallRecipe());
        ASSERT_TRUE(trained) << method << ": " << describe(trained.error());
        ASSERT_EQ(trained->report.chosen, "adapted") << method;
        const torch::Tensor before =
            trained->model->probabilities(image.pixels, Care::Quick, monitor).clone();
        trained->model.reset();
        for (const auto& entry : state.tensors)
            EXPECT_TRUE(torch::equal(entry.value(), ofBase.at(entry.key()))) << method << ": " << entry.key();

        int learned = 0;
        const auto stored = peft::readStoredAdapter(trained->report.adapter, "test");
        ASSERT_TRUE(stored) << method << ": " << describe(stored.error());
        for (const auto& entry : tensorsBelow(stored->tensors, "base_model.model.image_encoder.").tensors) {
            if (!base->image_encoder->isOfStem(entry.key())) continue;
            EXPECT_FALSE(torch::equal(entry.value(), ofBase.at(entry.key()))) << entry.key();
            ++learned;
        }
        EXPECT_GT(learned, 0) << method;
        const auto model = loadModel(trained->report.adapter, base, "test");
        ASSERT_TRUE(model) << method << ": " << describe(model.error());
        EXPECT_TRUE(torch::equal((*model)->probabilities(image.pixels, Care::Quick, monitor), before));
    }
}

TEST_F(Adaptation, AStemThatTrainsIsResumedBitForBit) {
    TrainingRequest request = discRequest(3);
    request.settings.method = "bitfit";
    request.settings.keep = messages::Keep::Adapted;
    Recipe recipe = smallRecipe();
    recipe.teacherSteps = 1;  // so that the teacher is made with a stem that has learned
    CountingSink first, second;
    auto whole = adapt(request, base, first, recipe);
    ASSERT_TRUE(whole) << describe(whole.error());
    whole->model.reset();
    InterruptedSink interrupted(2);
    ASSERT_TRUE(adapt(request, base, interrupted, recipe));
    const auto state = decodeCheckpoint(interrupted.checkpoint, {}, "test");
    ASSERT_TRUE(state) << describe(state.error());
    const auto resumed = adapt(request, base, second, recipe, &*state);
    ASSERT_TRUE(resumed) << describe(resumed.error());
    EXPECT_EQ(resumed->report.adapter, whole->report.adapter);
}

std::string configOf(const messages::AdapterFiles& files) {
    const std::vector<uint8_t>& text = files.at("adapter_config.json");
    return {text.begin(), text.end()};
}

TEST_F(Adaptation, QueriesAreLearnedAndComeBackFromFiles) {
    TrainingRequest request = discRequest(4);
    request.settings.queries = 5;
    request.settings.keep = messages::Keep::Adapted;
    CountingSink sink, plainSink;
    auto trained = adapt(request, base, sink, smallRecipe());
    ASSERT_TRUE(trained) << describe(trained.error());
    EXPECT_LT(sink.steps.back().loss, sink.steps.front().loss);
    const messages::AdapterFiles files = trained->report.adapter;
    const messages::LabelledImage unseen = disc("three", 50, 60);
    SilentMonitor monitor;
    const ClassPrediction before = trained->model->predict(unseen.pixels, Care::Quick, monitor);
    trained->model.reset();

    const auto model = loadModel(files, base, "mine");
    ASSERT_TRUE(model) << describe(model.error());
    EXPECT_EQ((*model)->classes(), request.classes);
    const ClassPrediction after = (*model)->predict(unseen.pixels, Care::Quick, monitor);
    EXPECT_EQ(after.mask.values, before.mask.values);
    EXPECT_EQ(after.confidence, before.confidence);
    EXPECT_EQ(after.mask.at(50, 60), 3);

    request.settings.queries = 1;  // for two classes
    EXPECT_FALSE(adapt(request, base, plainSink, smallRecipe()));
}

TEST_F(Adaptation, TheInputRangeIsKeptInTheAdapterAndUsed) {
    CountingSink sink;
    TrainingRequest request = discRequest(1);
    request.settings.inputRange = "window:130,200";
    auto trained = adapt(request, base, sink, smallRecipe());
    ASSERT_TRUE(trained) << describe(trained.error());
    trained->model.reset();
    EXPECT_NE(configOf(trained->report.adapter).find("\"window:130,200\""), std::string::npos);
    const auto model = loadModel(trained->report.adapter, base, "test");
    ASSERT_TRUE(model) << describe(model.error());
    EXPECT_EQ((*model)->inputRange(), (InputRange{InputRange::Kind::Window, 130, 200}));
    const messages::LabelledImage image = disc("one", 40, 50);
    SilentMonitor monitor;
    const torch::Tensor fixed = (*model)->probabilities(image.pixels, Care::Quick, monitor).clone();
    (*model)->setInputRange({InputRange::Kind::Window, 130, 1000});
    EXPECT_FALSE(torch::allclose((*model)->probabilities(image.pixels, Care::Quick, monitor), fixed));
}

TEST_F(Adaptation, AnAdapterSaysNothingOfTheAutomaticInputRange) {
    CountingSink first, second;
    TrainingRequest request = discRequest(1);
    const auto one = adapt(request, base, first, smallRecipe());
    ASSERT_TRUE(one);
    const messages::AdapterFiles files = one->report.adapter;
    EXPECT_EQ(configOf(files).find("input_range"), std::string::npos);
    request.settings.inputRange = "auto";
    const auto other = adapt(request, base, second, smallRecipe());
    ASSERT_TRUE(other);
    EXPECT_EQ(files, other->report.adapter);
}

TEST(AdaptationOfSam, EightBitColoursStayAsTheyAreButNotForAdaptersOfBefore) {
    sam::SamDescription description = finebrush::testing::smallVitDescription();
    description.normalisation = sam::PixelNormalisation::ImageNet;
    const sam::Sam base = finebrush::testing::frozenNetwork(description);
    CountingSink sink;
    auto trained = adapt(discRequest(1), base, sink, smallRecipe());
    ASSERT_TRUE(trained) << describe(trained.error());
    EXPECT_EQ(trained->model->inputRange(), InputRange{InputRange::Kind::Bytes});
    trained->model.reset();
    messages::AdapterFiles files = trained->report.adapter;
    nlohmann::json config = nlohmann::json::parse(configOf(files));
    nlohmann::json& plan = config.at("finebrush").at("extras").at("view_plan");
    EXPECT_EQ(plan.at("input_range"), "bytes");
    EXPECT_EQ(plan.at("tile_side"), 64) << "the square of the ViT";

    const messages::LabelledImage image = disc("one", 40, 50);
    SilentMonitor monitor;
    auto model = loadModel(files, base, "test");
    ASSERT_TRUE(model) << describe(model.error());
    const torch::Tensor asTheyAre = (*model)->probabilities(image.pixels, Care::Quick, monitor).clone();
    (*model)->setInputRange({});
    EXPECT_TRUE(torch::equal((*model)->probabilities(image.pixels, Care::Quick, monitor), asTheyAre));
    model->reset();

    plan.erase("input_range");
    const std::string text = config.dump();
    files["adapter_config.json"].assign(text.begin(), text.end());
    model = loadModel(files, base, "test");
    ASSERT_TRUE(model) << describe(model.error());
    EXPECT_EQ((*model)->inputRange(), InputRange());
    EXPECT_FALSE(
        torch::allclose((*model)->probabilities(image.pixels, Care::Quick, monitor), asTheyAre, 1e-3, 1e-3));
}

TEST(AdaptationOfMobileSam, LooksAtItsOwnScaleInWholeTokens) {
    sam::SamDescription description = finebrush::testing::smallMobileSamDescription();
    description.encoder.inputSize = 512;
    description.decoder.embeddingSize = 32;
    const sam::Sam base = finebrush::testing::frozenNetwork(description);
    CountingSink sink;
    auto trained = adapt(discRequest(1), base, sink, smallRecipe());
    ASSERT_TRUE(trained) << describe(trained.error());
    trained->model.reset();
    const nlohmann::json plan =
        nlohmann::json::parse(configOf(trained->report.adapter)).at("finebrush").at("extras").at("view_plan");
    EXPECT_EQ(plan.at("views")[0].at("long_side"), 4 * smallRecipe().coarseSide);
    EXPECT_EQ(plan.at("views")[1].at("long_side"), 8 * smallRecipe().coarseSide);
    EXPECT_EQ(plan.at("side_multiple"), 16);
    EXPECT_EQ(plan.at("tile_side"), 4 * 768);

    const auto model = loadModel(trained->report.adapter, base, "test");
    ASSERT_TRUE(model) << describe(model.error());
    SilentMonitor monitor;
    const ClassPrediction prediction = (*model)->predict(disc("three", 50, 60).pixels, Care::Quick, monitor);
    EXPECT_EQ(prediction.mask.at(50, 60), 3);
    EXPECT_EQ(prediction.mask.at(5, 5), 0);
}

TEST_F(Adaptation, StoppingEarlyKeepsWhatWasLearned) {
    CountingSink sink;
    sink.stopAfter = 1;
    const auto trained = adapt(discRequest(50), base, sink, smallRecipe());
    ASSERT_TRUE(trained);
    EXPECT_TRUE(trained->report.stopped);
    EXPECT_EQ(trained->report.steps, 1);
    EXPECT_FALSE(trained->report.adapter.empty());
}

TEST(CheckRequest, AnInputSizeFitsEveryPatch) {
    TrainingRequest request = discRequest(1);
    for (const int side : {8, 100, 4096, -16}) {
        request.settings.inputSize = side;
        const auto checked = checkRequest(request);
        ASSERT_FALSE(checked) << side;
        EXPECT_EQ(checked.error().code, ErrorCode::OptionInvalid);
    }
    request.settings.inputSize = 512;
    EXPECT_TRUE(checkRequest(request));
}

TEST_F(Adaptation, TheAdapterLearnsAtTheRateThatIsAskedFor) {
    CountingSink usual, chosen;
    TrainingRequest request = discRequest(2);
    ASSERT_TRUE(adapt(request, base, usual, smallRecipe()));
    request.options.adapterRate = smallRecipe().adapterRate / 4;
    ASSERT_TRUE(adapt(request, base, chosen, smallRecipe()));
    EXPECT_DOUBLE_EQ(chosen.steps[1].learningRate, usual.steps[1].learningRate / 4);
}

TEST_F(Adaptation, TheInputSizeIsWhatTheModelSeesFirst) {
    TrainingRequest request = discRequest(1);
    request.settings.inputSize = 64;
    CountingSink sink;
    const auto trained = adapt(request, base, sink, smallRecipe());
    ASSERT_TRUE(trained) << describe(trained.error());
    const auto& bytes = trained->report.adapter.at("adapter_config.json");
    EXPECT_NE(std::string(bytes.begin(), bytes.end()).find("\"long_side\": 64"), std::string::npos);
}

TEST(CheckRequest, SaysWhatIsMissing) {
    TrainingRequest nothing = discRequest(1);
    for (auto& image : nothing.images)
        std::fill(image.labels.values.begin(), image.labels.values.end(), kUnlabelled);
    EXPECT_EQ(checkRequest(nothing).error().code, ErrorCode::NoStrokes);

    TrainingRequest oneClass = discRequest(1);
    for (auto& image : oneClass.images) {
        std::replace(image.labels.values.begin(), image.labels.values.end(), uint8_t{3}, kUnlabelled);
    }
    EXPECT_EQ(checkRequest(oneClass).error(), (Error{ErrorCode::OneClassOnly, {"ground"}, {}}));

    TrainingRequest unknown = discRequest(1);
    unknown.classes.pop_back();
    EXPECT_EQ(checkRequest(unknown).error().code, ErrorCode::LabelsUnknownClass);
    TrainingRequest inSecond = discRequest(1);
    inSecond.images[1].labels.values[0] = 77;
    EXPECT_EQ(checkRequest(inSecond).error(),
              (Error{ErrorCode::LabelsUnknownClass, {inSecond.images[1].imageId, "77"}, {}}));

    TrainingRequest beyond = discRequest(1);
    beyond.images[0].labels.values[0] = kMaxClasses;
    beyond.classes.push_back({"beyond", "beyond", "#000000", kMaxClasses});
    EXPECT_EQ(checkRequest(beyond).error(),
              (Error{ErrorCode::LabelsValueOutOfRange, {beyond.images[0].imageId, "254"}, {}}));

    TrainingRequest oneImage = discRequest(1);
    oneImage.options.validationShare = 0.5;
    EXPECT_TRUE(checkRequest(oneImage));
    oneImage.images.pop_back();
    EXPECT_EQ(checkRequest(oneImage).error().code, ErrorCode::OptionInvalid);

    TrainingRequest oneEach = discRequest(1);
    oneEach.options.validationShare = 0.5;
    for (size_t i = 0; i < 2; ++i) {
        std::ranges::replace(oneEach.images[i].labels.values, i == 0 ? uint8_t{3} : uint8_t{0}, kUnlabelled);
    }
    EXPECT_EQ(checkRequest(oneEach).error().code, ErrorCode::OptionInvalid) << "a class is held out whole";

    TrainingRequest otherSize = discRequest(1);
    otherSize.images[0].labels.size = {kSide, kSide - 1};
    EXPECT_EQ(checkRequest(otherSize).error().code, ErrorCode::LabelsSizeMismatch);

    TrainingRequest range = discRequest(1);
    range.settings.inputRange = "window:40";
    EXPECT_EQ(checkRequest(range).error().code, ErrorCode::OptionInvalid);
}

}  // namespace
}  // namespace finebrush::training
