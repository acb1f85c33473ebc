#include "core/training/preview/view_maps_cache.h"

#include "tests/core/sam/network_fixtures.h"

#include <gtest/gtest.h>

namespace finebrush::training {
namespace {

class ViewMapsCacheTest : public ::testing::Test {
  protected:
    void SetUp() override {
        messages::AdaptationSettings settings;
        auto made = peft::AdaptedSam::make(base, settings, 2);
        ASSERT_TRUE(made) << describe(made.error());
        network = std::move(*made);
    }

    ViewMaps computed(size_t image, size_t view) {
        const torch::NoGradGuard noGradient;
        return mapsOf(plan.views[view], images.prepared(image, view, {}, *network), *network);
    }

    sam::Sam base = testing::frozenNetwork(testing::smallTinyVitDescription());
    std::unique_ptr<peft::AdaptedSam> network;
    ViewPlan plan{{{32}, {64, 2}}, 40, 0, {}};
    TrainingSet images{{{torch::rand({3, 40, 24}), {24, 40}, {}}, {torch::rand({3, 40, 40}), {40, 40}, {}}},
                       plan};
};

TEST_F(ViewMapsCacheTest, GivesWhatTheNetworkMakesOfEachViewOfEachImage) {
    ViewMapsCache cache(*network, images, plan);
    for (size_t image : {1, 0}) {
        for (size_t view : {0, 1}) {
            const ViewMaps expected = computed(image, view);
            const ViewMaps maps = cache.at(image, view);
            ASSERT_EQ(maps.used.size(), expected.used.size());
            for (size_t i = 0; i < maps.used.size(); ++i)
                EXPECT_TRUE(torch::equal(maps.used[i], expected.used[i])) << image << ' ' << view << ' ' << i;
        }
    }
}

TEST_F(ViewMapsCacheTest, ComputesThemOnceAndWithoutAGradient) {
    ViewMapsCache cache(*network, images, plan);
    const ViewMaps first = cache.at(1, 0);
    EXPECT_EQ(cache.at(1, 0).used.front().data_ptr(), first.used.front().data_ptr());
    EXPECT_FALSE(first.embedding.requires_grad());
}

TEST_F(ViewMapsCacheTest, ShowsAVariationAndKeepsWhatItMadeOfTheImageAsItIs) {
    ViewMapsCache cache(*network, images, plan);
    const ViewMaps upright = cache.at(1, 0);
    const ViewMaps turned = cache.at(1, 0, {2, false});  // by half a turn
    EXPECT_FALSE(torch::equal(turned.used.front(), upright.used.front()));
    EXPECT_EQ(cache.at(1, 0).used.front().data_ptr(), upright.used.front().data_ptr());
}

}  // namespace
}  // namespace finebrush::training
