#include "core/training/weight_average.h"

#include <gtest/gtest.h>

namespace finebrush::training {
namespace {

TEST(WeightAverage, SwapsTheMeanInAndBack) {
    torch::Tensor weight = torch::zeros({1});
    WeightAverage average({weight}, 0.5);
    weight.fill_(10);
    for (int i = 0; i < 100; ++i) average.update();
    weight.fill_(3);
    {
        const WeightAverage::Swapped averaged(average);
        EXPECT_NEAR(weight.item<float>(), 10, 1e-3);
    }
    EXPECT_EQ(weight.item<float>(), 3);
}

TEST(WeightAverage, ForgetsTheStartSoon) {
    torch::Tensor weight = torch::zeros({1});
    WeightAverage average({weight}, 0.99);
    weight.fill_(1);
    for (int i = 0; i < 20; ++i) average.update();
    average.adopt();
    EXPECT_GT(weight.item<float>(), 0.8);
}

}  // namespace
}  // namespace finebrush::training
