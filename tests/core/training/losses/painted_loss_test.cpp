#include "core/training/losses/painted_loss.h"

#include "core/messages/fields.h"
#include "core/training/losses/losses.h"

#include <gtest/gtest.h>

#include <cmath>

namespace finebrush::training {
namespace {

const torch::Tensor kLabels = torch::tensor({0, 0, 0, 1, 1, 2}, torch::kInt64);

torch::Tensor logitsFor(const torch::Tensor& labels, double certainty) {
    return torch::one_hot(labels, 3).to(torch::kFloat32) * certainty;
}

TEST(PaintedLoss, EachIsSmallForTheRightClassesAndLargeForWrongOnes) {
    const torch::Tensor weights = torch::ones({6, 3});
    for (const auto& [loss, name] : messages::kEnumNames<messages::PaintedLoss>) {
        const torch::Tensor wrong = (kLabels + 1) % 3;
        const double good = paintedLoss(loss, logitsFor(kLabels, 20), kLabels, weights).item<double>();
        const double bad = paintedLoss(loss, logitsFor(wrong, 20), kLabels, weights).item<double>();
        EXPECT_LT(good, 1e-3) << name;
        EXPECT_GT(bad, 0.5) << name;
    }
}

TEST(PaintedLoss, EachLeadsToTheRightClasses) {
    const torch::Tensor weights = torch::ones({6, 3});
    for (const auto& [loss, name] : messages::kEnumNames<messages::PaintedLoss>) {
        torch::manual_seed(1);
        torch::Tensor logits = torch::randn({6, 3}).requires_grad_();
        torch::optim::SGD optimizer({logits}, torch::optim::SGDOptions(1));
        for (int i = 0; i < 300; ++i) {
            optimizer.zero_grad();
            paintedLoss(loss, logits, kLabels, weights).backward();
            optimizer.step();
        }
        EXPECT_TRUE(torch::equal(logits.argmax(1), kLabels)) << name;
        EXPECT_TRUE(torch::isfinite(logits).all().item<bool>()) << name;
    }
}

TEST(PaintedLoss, OfNoPointIsZeroAndDifferentiable) {
    for (const auto& [loss, name] : messages::kEnumNames<messages::PaintedLoss>) {
        torch::Tensor logits = torch::zeros({0, 3}).requires_grad_();
        const torch::Tensor value = paintedLoss(loss, logits, torch::empty({0}, torch::kInt64));
        value.backward();
        EXPECT_EQ(value.item<double>(), 0) << name;
    }
}

TEST(PaintedLoss, FocalIsCrossEntropyWithStressOnWhatIsUnsure) {
    const torch::Tensor labels = torch::tensor({0, 1}, torch::kInt64);
    const torch::Tensor logits = torch::tensor({{0.0f, 0.0f}, {-2.0f, 1.0f}});
    const double p = 1 / (1 + std::exp(-3.0));
    const double expected = (0.25 * std::log(2.0) - (1 - p) * (1 - p) * std::log(p)) / 2;
    EXPECT_NEAR(paintedLoss(messages::PaintedLoss::Focal, logits, labels).item<double>(), expected, 1e-6);
}

/// A class 1 of columns 20 to 39 in 60 × 40, all of it painted.
struct Halves {
    Halves() {
        strokes = {{0, {}}, {1, {}}};
        std::vector<float> coordinates;
        std::vector<int64_t> values;
        for (int y = 0; y < size.height; ++y) {
            for (int x = 0; x < size.width; ++x) {
                const int64_t value = x >= 20 && x < 40 ? 1 : 0;
                strokes[static_cast<size_t>(value)].pixels.push_back(int64_t{y} * size.width + x);
                coordinates.push_back((static_cast<float>(x) + 0.5f) / 60);
                coordinates.push_back((static_cast<float>(y) + 0.5f) / 40);
                values.push_back(value);
            }
        }
        points = torch::tensor(coordinates).view({-1, 2});
        labels = torch::tensor(values, torch::kInt64);
    }
    PixelSize size{60, 40};
    std::vector<Stroke> strokes;
    torch::Tensor points, labels;
};

TEST(StructureWeights, StressWhatLiesNearABorderOfPaintedPixels) {
    const Halves halves;
    const torch::Tensor weights =
        structureWeights(halves.strokes, halves.size, halves.points, halves.labels, 2)
            .view({halves.size.height, halves.size.width, 2});
    EXPECT_NEAR(weights[20][0][1].item<double>(), 1, 1e-6) << "far from the border";
    EXPECT_NEAR(weights[20][20][1].item<double>(), 1 + 5 * 15 / 31.0, 1e-5) << "16 of 31 columns are its own";
    // Inside, where all is painted, it is the weight of the published loss.
    const torch::Tensor target = halves.labels.view({1, 1, 40, 60}).to(torch::kFloat32);
    const torch::Tensor published = 1 + 5 * (torch::avg_pool2d(target, 31, 1, 15) - target).abs();
    EXPECT_TRUE(torch::allclose(weights.select(2, 1).slice(0, 15, 25).slice(1, 15, 45),
                                published[0][0].slice(0, 15, 25).slice(1, 15, 45), 1e-5, 1e-5));
    EXPECT_NEAR(weights[0][20][1].item<double>(), 1 + 5 * 15 / 31.0, 1e-5)
        << "what lies outside of the image does not count";

    Halves sparse;
    std::erase_if(sparse.strokes[0].pixels, [](int64_t pixel) { return pixel % 60 < 40; });
    const torch::Tensor alone =
        structureWeights(sparse.strokes, sparse.size, sparse.points, sparse.labels, 2).view({40, 60, 2});
    EXPECT_NEAR(alone[20][20][1].item<double>(), 1, 1e-6) << "unpainted pixels do not count";
}

TEST(PaintedLoss, StructureIsThePublishedLossWhereAllIsPainted) {
    const Halves halves;
    torch::manual_seed(2);
    const torch::Tensor logits = torch::randn({2400, 2});
    const torch::Tensor weights = torch::rand({2400, 2}) + 1;
    const torch::Tensor binary = (logits.select(1, 1) - logits.select(1, 0)).unsqueeze(0);
    const torch::Tensor target = halves.labels.to(torch::kFloat32).unsqueeze(0);
    const double ofOne =
        weightedStructureLoss(binary, target, weights.select(1, 1).unsqueeze(0)).item<double>();
    const double ofZero =
        weightedStructureLoss(-binary, 1 - target, weights.select(1, 0).unsqueeze(0)).item<double>();
    EXPECT_NEAR(paintedLoss(messages::PaintedLoss::Structure, logits, halves.labels, weights).item<double>(),
                (ofOne + ofZero) / 2, 1e-5);
}

}  // namespace
}  // namespace finebrush::training
