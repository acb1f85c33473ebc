#include "core/messages/method_settings.h"

#include <gmock/gmock.h>

namespace finebrush::messages {
namespace {

AdaptationSettings unusual(std::string_view method) {
    return {.method = std::string(method),
            .gate = GateMode::Paper,
            .rank = 6,
            .alpha = 3.5,
            .experts = 2,
            .scales = "1,4",
            .topExperts = 2,
            .balanceWeight = 0.25,
            .projections = "q,v",
            .blocks = 3,
            .steps = 70,
            .seed = 17};
}

}  // namespace

TEST(MethodSettings, ThePapersAreThoseOfTheCodePublishedWithIt) {
    const AdaptationSettings paper = paperSettings(unusual("vpt"));
    EXPECT_EQ(paper.method, "conv_lora");
    EXPECT_EQ(paper.gate, GateMode::Paper);
    EXPECT_EQ(paper.rank, 3);
    EXPECT_EQ(paper.alpha, 32);
    EXPECT_EQ(paper.experts, 8);
    EXPECT_EQ(paper.scales, "");
    EXPECT_EQ(paper.topExperts, 1);
    EXPECT_EQ(paper.balanceWeight, 0.01);
    EXPECT_EQ(paper.projections, "q,k,v");
    EXPECT_EQ(paper.blocks, 0);
    EXPECT_EQ(paper.steps, 70) << "it is of the training, not of the method";
    EXPECT_EQ(paper.seed, 17U);
}

TEST(MethodSettings, WhatAMethodDoesNotLookAtDoesNotCount) {
    EXPECT_EQ(settingsThatCount(unusual("conv_lora")), unusual("conv_lora"));
    EXPECT_EQ(settingsThatCount(unusual("no method")), unusual("no method"));
    EXPECT_EQ(settingsThatCount(unusual("bitfit")),
              (AdaptationSettings{.method = "bitfit", .steps = 70, .seed = 17}));
    EXPECT_EQ(settingsThatCount(unusual("vpt")),
              (AdaptationSettings{.method = "vpt", .rank = 6, .steps = 70, .seed = 17}));
    AdaptationSettings lora = unusual("lora");
    lora.gate = GateMode::Informative;
    lora.experts = AdaptationSettings().experts;
    lora.scales.clear();
    lora.topExperts = AdaptationSettings().topExperts;
    lora.balanceWeight = AdaptationSettings().balanceWeight;
    EXPECT_EQ(settingsThatCount(unusual("lora")), lora);
}

TEST(MethodSettings, NameTheMethodsThatReadThem) {
    EXPECT_EQ(methodsThatRead(MethodSetting::Gate), "conv_lora");
    EXPECT_EQ(methodsThatRead(MethodSetting::Scales), "conv_lora, multi_scale_lora");
    EXPECT_EQ(methodsThatRead(MethodSetting::Blocks), "conv_lora, lora, multi_scale_lora");
}

}  // namespace finebrush::messages
