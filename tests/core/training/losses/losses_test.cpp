#include "core/training/losses/losses.h"

#include <gtest/gtest.h>

#include <cmath>

namespace finebrush::testing {

TEST(PartialCrossEntropy, SeesPaintedPixelsOnly) {
    torch::Tensor logits = torch::randn({1, 3, 4, 4}).requires_grad_();
    torch::Tensor labels = torch::full({1, 4, 4}, 255, torch::kUInt8);
    labels[0][1][2] = 2;
    const torch::Tensor loss = partialCrossEntropy(logits, labels);
    const torch::Tensor expected = -torch::log_softmax(logits, 1)[0][2][1][2];
    EXPECT_NEAR(loss.item<double>(), expected.item<double>(), 1e-6);
    loss.backward();
    const torch::Tensor touched = (logits.grad() != 0).any(1)[0];
    EXPECT_EQ(touched.sum().item<int64_t>(), 1);
    EXPECT_TRUE(touched[1][2].item<bool>());
}

TEST(PartialCrossEntropy, WeighsClasses) {
    const torch::Tensor logits = torch::zeros({1, 2, 1, 2});
    const torch::Tensor labels = torch::tensor({0, 1}, torch::kUInt8).view({1, 1, 2});
    torch::Tensor uneven = logits.clone();
    uneven[0][0][0][0] = 100;  // the pixel of class 0 is certain, that of class 1 is a coin
    const double loss = partialCrossEntropy(uneven, labels, torch::tensor({1.0F, 3.0F})).item<double>();
    EXPECT_NEAR(loss, 3 * std::log(2.0) / 4, 1e-6);
}

TEST(PartialCrossEntropy, IsZeroAndDifferentiableWhereNothingIsPainted) {
    torch::Tensor logits = torch::randn({1, 3, 4, 4}).requires_grad_();
    const torch::Tensor loss = partialCrossEntropy(logits, torch::full({1, 4, 4}, 255, torch::kUInt8));
    EXPECT_EQ(loss.item<float>(), 0);
    loss.backward();
    EXPECT_EQ(logits.grad().abs().max().item<float>(), 0);
}

TEST(StructureLoss, IsSmallForTheRightMaskAndLargeForTheWrongOne) {
    torch::Tensor target = torch::zeros({1, 1, 40, 40});
    target.slice(2, 10, 25).slice(3, 12, 30).fill_(1);
    const torch::Tensor right = (target * 2 - 1) * 20;
    EXPECT_LT(structureLoss(right, target).item<double>(), 0.01);
    EXPECT_GT(structureLoss(-right, target).item<double>(), 5);
}

TEST(DiceLoss, IsOneMinusTheOverlap) {
    const torch::Tensor target = torch::tensor({{1.0f, 1.0f, 0.0f, 0.0f}});
    const torch::Tensor half = torch::zeros({1, 4});  // each probability is a half
    EXPECT_NEAR(diceLoss(half, target).item<double>(), 1 - (2 * 1.0 + 1) / (2.0 + 2 + 1), 1e-6);
    EXPECT_LT(diceLoss((target * 2 - 1) * 30, target).item<double>(), 1e-6);
}

TEST(BalancedBinaryCrossEntropy, GivesBothSidesTheSameWeight) {
    const torch::Tensor target = torch::tensor({{1.0f, 0.0f, 0.0f, 0.0f}});
    const torch::Tensor wrongOnOne = torch::tensor({{-50.0f, -50.0f, -50.0f, -50.0f}});
    EXPECT_NEAR(balancedBinaryCrossEntropy(wrongOnOne, target).item<double>(), 50 / 2.0, 1e-4);
    const torch::Tensor wrongOnRest = torch::tensor({{50.0f, 50.0f, 50.0f, 50.0f}});
    EXPECT_NEAR(balancedBinaryCrossEntropy(wrongOnRest, target).item<double>(), 50 / 2.0, 1e-4);
    const torch::Tensor one = torch::ones({1, 4});
    EXPECT_NEAR(balancedBinaryCrossEntropy(torch::zeros({1, 4}), one).item<double>(), std::log(2.0), 1e-6)
        << "one side only";
}

}  // namespace finebrush::testing
