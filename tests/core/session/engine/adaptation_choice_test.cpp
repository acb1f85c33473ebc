#include "core/session/engine/adaptation_choice.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using messages::AdaptationSettings;

TEST(AdaptationChoice, EveryChoiceSurvivesButThoseOfTheMachine) {
    AdaptationSettings chosen{.method = "multi_scale_lora",
                              .gate = messages::GateMode::Paper,
                              .rank = 3,
                              .alpha = 2.1,
                              .experts = 3,
                              .scales = "1,2,4",
                              .topExperts = 2,
                              .balanceWeight = 0.5,
                              .projections = "q,v,mlp",
                              .blocks = 4,
                              .inputSize = 512,
                              .queries = 7,
                              .loss = messages::PaintedLoss::Dice,
                              .keep = messages::Keep::Adapted,
                              .steps = 70,
                              .minutes = 2.5,
                              .seed = 0xfedcba9876543210,
                              .threads = 2,
                              .device = "cuda",
                              .workingScale = 0.4,
                              .inputRange = "window:40,400",
                              .start = "/adapters/axons"};
    const AdaptationSettings read = decodeAdaptationChoice(encodeAdaptationChoice(chosen));
    chosen.threads = 0;
    chosen.device = "auto";
    EXPECT_EQ(read, chosen);
}

TEST(AdaptationChoice, WhatMakesNoSenseIsAsTheRecipeHasIt) {
    for (const char* text : {"", "words", "[3]", "null", R"({"method": "magic", "rank": "three"})",
                             R"({"rank": 1e99, "gate": 7, "steps": 99999999999, "experts": 2.5})",
                             R"({"projections": "q,w", "scales": "0"})",
                             R"({"alpha": "much", "seed": -1, "threads": 64, "device": "cuda"})"}) {
        EXPECT_EQ(decodeAdaptationChoice(text), AdaptationSettings()) << text;
    }
    EXPECT_EQ(decodeAdaptationChoice(R"({"rank": 5, "method": 1})").rank, 5);
    EXPECT_EQ(decodeAdaptationChoice(R"({"input_range": "window:40"})").inputRange, std::nullopt);
}

}  // namespace
}  // namespace finebrush
