#include "core/inference/read_out.h"

#include <gtest/gtest.h>

#include <cmath>

namespace finebrush {
namespace {

std::vector<torch::Tensor> twoMaps() {
    torch::manual_seed(4);
    return {torch::randn({1, 6, 16, 24}) * 3 + 1, torch::randn({1, 4, 8, 12})};
}

ReadOut readOutFor(const std::vector<torch::Tensor>& maps, int64_t classes) {
    std::vector<ChannelStatistics> statistics;
    for (const torch::Tensor& map : maps) {
        StatisticsCollector collector;
        collector.add(map.flatten(2).squeeze(0).t());
        statistics.push_back(collector.result());
    }
    return ReadOut(statistics, classes);
}

TEST(ReadOut, SampledFeaturesTimesWeightsAreTheLogitsOfTheMap) {
    const auto maps = twoMaps();
    ReadOut readOut = readOutFor(maps, 3);
    readOut->setWeights(torch::randn({3, 10}), torch::randn({3}));
    const PixelSize size{48, 32};
    const torch::Tensor logits = readOut->forward(maps, size);  // [1, 3, 32, 48]

    const int x = 17;
    const int y = 5;
    const torch::Tensor point = torch::tensor({{(x + 0.5f) / size.width, (y + 0.5f) / size.height}});
    const torch::Tensor sampled = readOut->sample(maps, point);
    const torch::Tensor expected = torch::addmm(readOut->bias, sampled, readOut->weight.t())[0];
    EXPECT_TRUE(torch::allclose(logits[0].select(1, y).select(1, x), expected, 1e-4, 1e-5));
}

TEST(ReadOut, GroupsWeighAlikeWhateverTheirChannels) {
    const auto maps = twoMaps();
    const ReadOut readOut = readOutFor(maps, 2);
    torch::manual_seed(5);
    const torch::Tensor features = readOut->sample(maps, torch::rand({4000, 2}));
    const double first = features.slice(1, 0, 6).square().sum(1).mean().item<double>();
    const double second = features.slice(1, 6).square().sum(1).mean().item<double>();
    EXPECT_NEAR(first / second, 1, 0.2);
}

TEST(ReadOut, AnOutlierIsClipped) {
    auto maps = twoMaps();
    const ReadOut readOut = readOutFor(maps, 2);
    maps[0][0][2] = 1e6;
    const torch::Tensor features = readOut->sample(maps, torch::tensor({{0.5f, 0.5f}}));
    EXPECT_NEAR(features[0][2].item<float>(), 5 / std::sqrt(6), 1e-4);
}

TEST(SampledAt, HitsPixelCentres) {
    const torch::Tensor map = torch::arange(12, torch::kFloat32).view({1, 1, 3, 4});
    const torch::Tensor points = torch::tensor({{0.5f / 4, 0.5f / 3}, {3.5f / 4, 2.5f / 3}});
    EXPECT_TRUE(torch::allclose(sampledAt(map, points).squeeze(1), torch::tensor({0.f, 11.f}), 1e-5, 1e-4));
}

}  // namespace
}  // namespace finebrush
