#include "core/base/text.h"
#include "core/training/adaptation.h"
#include "tests/core/sam/network_fixtures.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>

namespace finebrush::training {
namespace {

constexpr int kSide = 64;   // px, of an image and of the network's input
constexpr int kToken = 4;   // px
constexpr int kWindow = 4;  // tokens
constexpr int kImages = 4;
constexpr int kSteps = 120;
constexpr int kLastSteps = 40;           // of which the usage is looked at
constexpr double kAdapterRate = 1e-2;    // at the recipe's the gates hardly move in so few steps
constexpr double kBalanceWeight = 1e-3;  // more of it evens the usage out once the images are learned
constexpr uint64_t kSeeds = 3;

// Of the mean log2 of the used experts' scales, between two kinds of images.
constexpr double kLeastDifference = 0.15;  // is .27, seeds from .04 to .57
constexpr double kLargestChance = 0.06;    // is .002 where the task does not teach the gate

/// A chequerboard whose fields are `width` px wide on one half, of class 0, and twice as wide on the other,
/// of class 1: both of the same brightness and contrast. Strokes on both.
messages::LabelledImage chequered(int width, int number) {
    messages::LabelledImage image{
        formatted("%d", number), {{kSide, kSide}, 1, PixelType::UInt8, {}, {}}, {{kSide, kSide}, {}}};
    std::mt19937 random(static_cast<uint32_t>(number));
    const int phase = static_cast<int>(random() % 2);
    const bool isUpright = number % 2 == 0, isWideFirst = number % 4 < 2;
    for (int y = 0; y < kSide; ++y) {
        for (int x = 0; x < kSide; ++x) {
            const int along = isUpright ? x : y, across = isUpright ? y : x;
            const bool isWide = (along < kSide / 2) == isWideFirst;
            const int field = isWide ? 2 * width : width;
            const bool isBright = (x / field + y / field + phase) % 2 == 0;
            const int noise = static_cast<int>(random() % 29) - 14;
            image.pixels.bytes.push_back(static_cast<uint8_t>((isBright ? 168 : 88) + noise));
            const int inHalf = along % (kSide / 2);
            const bool isPainted =
                across % 16 >= 4 && across % 16 < 12 && inHalf >= 2 && inHalf < kSide / 2 - 2;
            image.labels.values.push_back(!isPainted ? kUnlabelled : isWide ? 1 : 0);
        }
    }
    return image;
}

/// A network whose attention sees windows of kWindow × kWindow tokens and nothing beyond.
sam::Sam windowedNetwork() {
    sam::SamDescription description = finebrush::testing::smallVitDescription();
    description.encoder.inputSize = kSide;
    description.encoder.patchSize = kToken;
    description.encoder.windowSize = kWindow;
    description.encoder.globalBlocks.clear();
    description.decoder.embeddingSize = kSide / kToken;
    return finebrush::testing::frozenNetwork(description);
}

/// Takes the mean of the usage that the last steps report, over their layers.
class UsageSink : public TrainingSink {
  public:
    void progressed(messages::Stage, double) override {}
    bool shouldStop() override { return false; }
    void modelUpdated(SegmentationModel&, int) override {}
    void stepDone(const messages::StepMetrics& metrics) override {
        if (metrics.step <= kSteps - kLastSteps) return;
        for (const messages::ExpertUsage& usage : metrics.usage) {
            for (size_t i = 0; i < usage.shares.size(); ++i) sum_ += usage.shares[i] * std::log2(i + 1.0);
            ++count_;
        }
    }

    /// The mean log2 of the used experts' scales.
    double logScale() const { return sum_ / count_; }

  private:
    double sum_ = 0;
    int count_ = 0;
};

double logScaleAfterAdapting(const sam::Sam& base, int width, messages::GateMode gate, uint64_t seed) {
    TrainingRequest request;
    request.settings.gate = gate;
    request.settings.balanceWeight = kBalanceWeight;
    request.settings.steps = kSteps;
    request.settings.seed = seed;
    request.options.adapterRate = kAdapterRate;
    request.classes = {{"n", "narrow", "#000000", 0}, {"w", "wide", "#ff0000", 1}};
    for (int i = 0; i < kImages; ++i) request.images.push_back(chequered(width, i));
    Recipe recipe;
    recipe.relitLooks = 0;
    UsageSink sink;
    const auto trained = adapt(request, base, sink, recipe);
    EXPECT_TRUE(trained) << describe(trained.error());
    return sink.logScale();
}

/// How much larger the scales are on images with fields of two and four tokens than on images that are the
/// same but for their fields of one and two, in the mean of some seeds.
double coarseAboveFine(messages::GateMode gate, uint64_t seeds, std::string& measured) {
    torch::set_num_threads(1);
    const sam::Sam base = windowedNetwork();
    double sum = 0;
    for (uint64_t seed = 0; seed < seeds; ++seed) {
        const double fine = logScaleAfterAdapting(base, kToken, gate, seed);
        const double coarse = logScaleAfterAdapting(base, 2 * kToken, gate, seed);
        measured += formatted("seed %d: fine %.3f, coarse %.3f\n", static_cast<int>(seed), fine, coarse);
        sum += coarse - fine;
    }
    return sum / static_cast<double>(seeds);
}

// Fields of one token are told from wider ones by a token's neighbours, of which an expert sees the less the
// larger its scale is; coarser fields are learned whichever expert is chosen. Nothing but the scale of the
// images differs, and the gates' noise is the same for both.
TEST(LearnedScale, TheUsageThatAnAdaptationReportsFollowsTheScaleOfItsImages) {
    std::string measured;
    EXPECT_GT(coarseAboveFine(messages::GateMode::Informative, kSeeds, measured), kLeastDifference)
        << measured;
}

TEST(LearnedScale, AGateThatTheTaskDoesNotTeachIsUsedAlikeOnAllScales) {
    std::string measured;
    EXPECT_LT(std::abs(coarseAboveFine(messages::GateMode::Paper, 1, measured)), kLargestChance) << measured;
}

}  // namespace
}  // namespace finebrush::training
