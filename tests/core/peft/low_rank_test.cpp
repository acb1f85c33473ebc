#include "core/peft/low_rank.h"

#include "core/peft/adapted_sam.h"
#include "tests/core/sam/network_fixtures.h"

#include <gmock/gmock.h>

#include <set>

namespace finebrush::testing {

using messages::AdaptationSettings;

namespace {

std::set<std::string> layersOf(const sam::Sam& base, const AdaptationSettings& settings) {
    std::set<std::string> layers;
    for (const auto& place : peft::lowRankPlaces(base->image_encoder, settings))
        layers.insert(place.layer.name);
    return layers;
}

/// How an attention's q, k and v change when all that an adapter adds to is changed: their largest
/// differences.
std::array<double, 3> changes(const sam::Sam& base, const AdaptationSettings& settings) {
    const torch::NoGradGuard noGradient;
    sam::AdaptableLayer layer = base->image_encoder->adaptableLayers().front();
    const torch::Tensor x = torch::randn({2, 49, layer.linear->inFeatures()});
    const torch::Tensor before = layer.linear->forward(x);
    const auto network = *peft::AdaptedSam::make(base, settings, 2);
    for (const auto& parameter : network->trainableParameters()) {
        if (parameter.key().find("lora_") != std::string::npos) torch::Tensor(parameter.value()).normal_();
    }
    const torch::Tensor difference = (layer.linear->forward(x) - before).abs();  // [2, 49, 3·C]
    const torch::Tensor parts = difference.unflatten(-1, torch::IntArrayRef{-1, 3, layer.run});
    std::array<double, 3> largest{};
    for (int64_t part = 0; part < 3; ++part)
        largest[static_cast<size_t>(part)] = parts.select(-2, part).max().item<double>();
    return largest;
}

}  // namespace

TEST(LowRank, SettingsChooseTheLayers) {
    const sam::Sam base = frozenNetwork(smallTinyVitDescription());
    AdaptationSettings settings;
    const std::set<std::string> every = layersOf(base, settings);
    for (const std::string& layer : every) EXPECT_TRUE(layer.ends_with(".attn.qkv")) << layer;
    settings.projections = "o,mlp";
    EXPECT_EQ(layersOf(base, settings).size(), 3 * every.size());
    settings.projections = "v,o";
    settings.blocks = 1;
    EXPECT_EQ(layersOf(base, settings).size(), 2U);
    EXPECT_TRUE(layersOf(base, settings).contains(*every.rbegin()));
}

TEST(LowRank, OnlyTheChosenProjectionsChange) {
    for (const bool vit : {false, true}) {
        const sam::Sam base = frozenNetwork(vit ? smallVitDescription() : smallTinyVitDescription());
        for (const char* method : {"lora", "conv_lora", "multi_scale_lora"}) {
            AdaptationSettings settings;
            settings.method = method;
            const int64_t whole = (*peft::AdaptedSam::make(base, settings, 2))->trainableParameterCount();
            settings.projections = "q,v";
            const auto [query, key, value] = changes(base, settings);
            EXPECT_GT(query, 0.1) << method;
            EXPECT_EQ(key, 0) << method;
            EXPECT_GT(value, 0.1) << method;

            const auto network = *peft::AdaptedSam::make(base, settings, 2);
            int64_t keys = 0;
            for (const auto& place : peft::lowRankPlaces(base->image_encoder, settings))
                keys += place.shape.outFeatures / 3 * settings.rank;
            EXPECT_EQ(network->trainableParameterCount(), whole - keys) << method;
        }
    }
}

TEST(LowRank, WhatIsNotChosenGetsNoGradient) {
    const sam::Sam base = frozenNetwork(smallVitDescription());
    AdaptationSettings settings;
    settings.projections = "k";
    const auto network = *peft::AdaptedSam::make(base, settings, 2);
    network->forward(network->frozenPart(randomImage(base))).square().mean().backward();
    bool hasLearned = false;
    for (const auto& parameter : network->trainableParameters()) {
        if (!parameter.key().ends_with("lora_B")) continue;
        const auto thirds = parameter.value().grad().chunk(3);
        EXPECT_EQ(thirds[0].abs().max().item<double>(), 0);
        EXPECT_EQ(thirds[2].abs().max().item<double>(), 0);
        hasLearned |= thirds[1].abs().max().item<double>() > 0;
    }
    EXPECT_TRUE(hasLearned);
}

TEST(LowRank, ScalesMayBeChosen) {
    AdaptationSettings settings;
    EXPECT_EQ(peft::expertScales(settings), (std::vector{1, 2, 3, 4}));
    settings.scales = "1,8";
    EXPECT_EQ(peft::expertScales(settings), (std::vector{1, 8}));
    EXPECT_EQ(peft::expertCount(settings), 2);
}

TEST(LowRank, ChoicesThatAreNoneAreRefused) {
    const sam::Sam base = frozenNetwork(smallTinyVitDescription());
    const auto refusal = [&](auto change) {
        AdaptationSettings settings;
        change(settings);
        const auto made = peft::AdaptedSam::make(base, settings, 2);
        return made ? std::string() : describe(made.error());
    };
    using ::testing::HasSubstr;
    EXPECT_THAT(refusal([](auto& settings) { settings.projections = "q,x"; }), HasSubstr("q,k,v,o,mlp"));
    EXPECT_THAT(refusal([](auto& settings) { settings.blocks = 99; }), HasSubstr("0 means all"));
    EXPECT_THAT(refusal([](auto& settings) { settings.scales = "1,x"; }), HasSubstr("whole numbers"));
    EXPECT_THAT(refusal([](auto& settings) { settings.scales = "1,2"; }), HasSubstr("4 experts"));
    EXPECT_THAT(refusal([](auto& settings) { settings.balanceWeight = -1; }), HasSubstr("balance weight"));
}

}  // namespace finebrush::testing
