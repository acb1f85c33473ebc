#include "core/training/training_set.h"

#include "tests/core/sam/network_fixtures.h"

#include <gtest/gtest.h>

namespace finebrush::training {
namespace {

TEST(ViewCrop, PointsGoThereAndBack) {
    const ViewCrop crop{{}, 0.25, 0.5, 0.5, 0.25};
    const torch::Tensor points = torch::rand({20, 2});
    EXPECT_TRUE(torch::allclose(crop.toCrop(crop.toView(points)), points, 1e-5, 1e-5));
    EXPECT_TRUE(torch::allclose(crop.toView(torch::zeros({1, 2})), torch::tensor({{0.25f, 0.5f}})));
}

TEST(TrainingSet, ACropHoldsItsCentreAndBeginsOnTheCornerOfWindowsWhereItCan) {
    for (const int64_t window : {2, 30}) {  // the grid of the larger one is wider than the crop
        sam::SamDescription description = testing::smallMobileSamDescription();
        for (size_t i = 1; i < description.encoder.layers.size(); ++i)
            description.encoder.layers[i].windowSize = window;
        const sam::Sam base = testing::frozenNetwork(description);
        const auto network = peft::AdaptedSam::make(base, {}, 2);
        ASSERT_TRUE(network) << describe(network.error());
        ViewPlan plan{{{512, 2}}};
        plan.sideMultiple = 16;
        const TrainingSet images({{torch::rand({3, 64, 64}), {64, 64}, {}}}, plan);
        for (const double centre : {0.1, 0.37, 0.61, 0.95}) {
            const ViewCrop crop = images.crop(0, 0, {}, centre, 1 - centre, 128, **network);
            EXPECT_EQ(crop.prepared.size, (PixelSize{128, 128}));
            EXPECT_LE(crop.left, centre);
            EXPECT_GE(crop.left + crop.width, centre);
            EXPECT_LE(crop.top, 1 - centre);
            EXPECT_GE(crop.top + crop.height, 1 - centre);
            if (window == 2) {
                EXPECT_EQ(static_cast<int>(crop.left * 512) % 32, 0) << crop.left;
            }
        }
    }
}

TEST(TrainingSet, WhatIsKeptOfAnImageIsSeenByTheStemAsItIsNow) {
    const sam::Sam base = testing::frozenNetwork(testing::smallTinyVitDescription());
    messages::AdaptationSettings settings;
    settings.method = "full";
    const auto network = peft::AdaptedSam::make(base, settings, 2);
    ASSERT_TRUE(network) << describe(network.error());
    const ViewPlan plan{{{32}}, 40};
    TrainingSet images({{torch::rand({3, 40, 40}), {40, 40}, {}}}, plan);
    const torch::NoGradGuard noGradient;
    const auto shallowest = [&] {
        return mapsOf(plan.views[0], images.prepared(0, 0, {}, **network), **network).used.front();
    };
    const torch::Tensor before = shallowest();
    EXPECT_TRUE(torch::equal(shallowest(), before));
    for (const auto& parameter : (*network)->trainableParameters()) {
        if (parameter.key().starts_with("image_encoder.patch_embed."))
            torch::Tensor(parameter.value()).add_(0.1);
    }
    EXPECT_FALSE(torch::equal(shallowest(), before));
}

}  // namespace
}  // namespace finebrush::training
