#include "core/training/adaptation.h"

#include "core/inference/model_file.h"
#include "core/sam/build_sam.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace finebrush::training {
namespace {

const std::filesystem::path kCheckpoint =
    std::filesystem::path(FINEBRUSH_SOURCE_DIR) / ".deps/models/lite_medsam.pth";
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

/// Looks so coarse that a step takes a fraction of a second; all else is the product's recipe.
Recipe smallRecipe() {
    Recipe recipe;
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

class Adaptation : public testing::Test {
  protected:
    void SetUp() override {
        if (!std::filesystem::exists(kCheckpoint))
            GTEST_SKIP() << "no checkpoint: run packaging/setup.sh first";
        torch::set_num_threads(2);
        auto loaded = sam::loadSam(kCheckpoint);
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
    EXPECT_EQ(sink.steps[0].usage.size(), 10u) << "LiteMedSAM has ten attention blocks";

    const messages::LabelledImage unseen = disc("three", 50, 60);
    SilentMonitor monitor;
    const ClassPrediction prediction = trained->model->predict(unseen.pixels, monitor);
    EXPECT_EQ(prediction.mask.at(50, 60), 3);
    EXPECT_EQ(prediction.mask.at(5, 5), 0);
    EXPECT_EQ(prediction.mask.at(90, 90), 0);
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

TEST_F(Adaptation, FilesMakeTheSameModelAgain) {
    CountingSink sink;
    auto trained = adapt(discRequest(2), base, sink, smallRecipe());
    ASSERT_TRUE(trained);
    const messages::LabelledImage image = disc("one", 40, 50);
    SilentMonitor monitor;
    const torch::Tensor before = trained->model->probabilities(image.pixels, monitor).clone();
    trained->model.reset();
    const auto model = loadModel(trained->report.adapter, base, "test");
    ASSERT_TRUE(model) << describe(model.error());
    EXPECT_TRUE(torch::equal((*model)->probabilities(image.pixels, monitor), before));
}

std::string configOf(const messages::AdapterFiles& files) {
    const std::vector<uint8_t>& text = files.at("adapter_config.json");
    return {text.begin(), text.end()};
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
    const torch::Tensor fixed = (*model)->probabilities(image.pixels, monitor).clone();
    (*model)->setInputRange({InputRange::Kind::Window, 130, 1000});
    EXPECT_FALSE(torch::allclose((*model)->probabilities(image.pixels, monitor), fixed));
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

TEST_F(Adaptation, StoppingEarlyKeepsWhatWasLearned) {
    CountingSink sink;
    sink.stopAfter = 1;
    const auto trained = adapt(discRequest(50), base, sink, smallRecipe());
    ASSERT_TRUE(trained);
    EXPECT_TRUE(trained->report.stopped);
    EXPECT_EQ(trained->report.steps, 1);
    EXPECT_FALSE(trained->report.adapter.empty());
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

    TrainingRequest otherSize = discRequest(1);
    otherSize.images[0].labels.size = {kSide, kSide - 1};
    EXPECT_EQ(checkRequest(otherSize).error().code, ErrorCode::LabelsSizeMismatch);

    TrainingRequest range = discRequest(1);
    range.settings.inputRange = "window:40";
    EXPECT_EQ(checkRequest(range).error().code, ErrorCode::OptionInvalid);
}

}  // namespace
}  // namespace finebrush::training
