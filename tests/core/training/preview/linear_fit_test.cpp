#include "core/training/preview/linear_fit.h"

#include <gtest/gtest.h>

namespace finebrush::training {
namespace {

TEST(LinearFit, SeparatesTwoClouds) {
    torch::manual_seed(1);
    const torch::Tensor features = torch::cat({torch::randn({200, 5}) + 2, torch::randn({50, 5}) - 2});
    const torch::Tensor labels =
        torch::cat({torch::zeros({200}, torch::kInt64), torch::ones({50}, torch::kInt64)});
    const LinearFit fit = fitLinear(features, labels, classBalancedWeights(labels, 2), 2, 1e-3);
    const torch::Tensor chosen = torch::addmm(fit.bias, features, fit.weight.t()).argmax(1);
    EXPECT_EQ(chosen.eq(labels).sum().item<int64_t>(), 250);
}

TEST(LinearFit, GradientVanishesAtTheSolution) {
    torch::manual_seed(2);
    const torch::Tensor features = torch::randn({300, 4});
    const torch::Tensor labels = torch::randint(3, {300}, torch::kInt64);
    const torch::Tensor weights = classBalancedWeights(labels, 3);
    const double penalty = 0.01;
    const LinearFit fit = fitLinear(features, labels, weights, 3, penalty, 200);
    const torch::Tensor probability = torch::softmax(torch::addmm(fit.bias, features, fit.weight.t()), 1);
    const torch::Tensor error = (probability - torch::one_hot(labels, 3)) * weights.unsqueeze(1) / 300;
    const torch::Tensor gradient = error.t().mm(features) + penalty * fit.weight;
    EXPECT_LT(gradient.abs().max().item<float>(), 5e-4);
}

TEST(LinearFit, AClassWithoutSamplesIsNeverChosen) {
    torch::manual_seed(3);
    const torch::Tensor features = torch::randn({100, 3});
    const torch::Tensor labels = torch::randint(2, {100}, torch::kInt64) * 2;  // 0 and 2 of 3 classes
    const LinearFit fit = fitLinear(features, labels, classBalancedWeights(labels, 3), 3, 0.01);
    const torch::Tensor chosen = torch::addmm(fit.bias, features, fit.weight.t()).argmax(1);
    EXPECT_EQ(chosen.eq(1).sum().item<int64_t>(), 0);
}

TEST(ClassBalancedWeights, GiveEveryClassTheSameSum) {
    const torch::Tensor labels = torch::tensor({0, 0, 0, 1}, torch::kInt64);
    const torch::Tensor weights = classBalancedWeights(labels, 2);
    EXPECT_FLOAT_EQ(weights.slice(0, 0, 3).sum().item<float>(), weights[3].item<float>());
    EXPECT_FLOAT_EQ(weights.mean().item<float>(), 1);
}

}  // namespace
}  // namespace finebrush::training
