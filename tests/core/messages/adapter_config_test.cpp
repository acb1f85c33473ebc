#include "core/messages/adapter_config.h"

#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

namespace finebrush::messages {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

const json kPeftsConfig = json::parse(R"({"peft_type": "LORA", "r": 3, "lora_alpha": 6, "bias": "none",
    "base_model_name_or_path": "facebook/sam-vit-base", "use_dora": false, "rank_pattern": {}})");

const json kOurConfig = json::parse(R"({"r": 5, "lora_alpha": 0.125, "conv_lora_expert_num": 2,
    "conv_lora_top_experts": 2, "conv_lora_gate": "paper",
    "finebrush": {"format": 1, "method": "conv_lora", "seed": 3, "base": {"name": "MedSAM", "sha256": "ab"},
                  "scales": "1,4", "balance_weight": 0.5, "projections": "q,v", "blocks": 2,
                  "classes": [{"id": "a", "name": "axon", "colour": "#ff0000", "value": 7}], "extras": {}}})");

AdapterFiles filesOf(const std::string& config) {
    return {{kAdapterConfigFile, {config.begin(), config.end()}}};
}

AdapterConfig configOf(const json& config) {
    const Result<AdapterConfig> read = readAdapterConfig(filesOf(config.dump()), "mine");
    EXPECT_TRUE(read) << describe(read.error());
    return read.value_or(AdapterConfig());
}

std::string refusal(const std::string& config) {
    const Result<AdapterConfig> read = readAdapterConfig(filesOf(config), "mine");
    if (read) return "accepted";
    EXPECT_EQ(read.error().code, ErrorCode::AdapterMalformed);
    return describe(read.error());
}

TEST(AdapterConfig, OptionsOfPeftThatChangeTheOutcomeAreRefusedByName) {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {R"({"use_dora": true})", "use_dora"},
        {R"({"use_rslora": true})", "use_rslora"},
        {R"({"rank_pattern": {"qkv": 8}})", "rank_pattern"},
        {R"({"bias": "all"})", "biases"},
        {R"({"peft_type": "CONV_LORA"})", "CONV_LORA"},
    };
    EXPECT_EQ(configOf(kPeftsConfig).settings.rank, 3);
    for (const auto& [change, says] : cases) {
        json config = kPeftsConfig;
        config.update(json::parse(change));
        EXPECT_THAT(refusal(config.dump()), HasSubstr(says));
    }
}

TEST(AdapterConfig, WhatIsNoneIsRefusedAndDeepNestingIsLeftOut) {
    EXPECT_THAT(refusal("[3]"), HasSubstr("not as it should be"));
    EXPECT_THAT(refusal(R"({"r": )"), HasSubstr("not as it should be"));
    EXPECT_FALSE(readAdapterConfig({}, "mine"));
    const size_t depth = 1 << 20;
    json deep = kOurConfig;
    deep["finebrush"]["extras"]["deep"] = "HERE";
    std::string text = deep.dump();
    text.replace(text.find("\"HERE\""), 6, std::string(depth, '[') + std::string(depth, ']'));
    EXPECT_EQ(refusal(text), "accepted");
}

TEST(AdapterConfig, AnAdapterOfOursTellsAllThatAnAdaptationGoesOnWith) {
    const AdapterConfig ours = configOf(kOurConfig);
    EXPECT_EQ(ours.baseName, "MedSAM");
    AdaptationSettings asked;
    asked.method = "vpt";
    asked.steps = 70;
    asked.balanceWeight = 0.25;
    AdaptationSettings expected = asked;
    expected.method = "conv_lora";
    expected.gate = GateMode::Paper;
    expected.rank = 5;
    expected.alpha = 0.125;
    expected.experts = 2;
    expected.scales = "1,4";
    expected.topExperts = 2;
    expected.projections = "q,v";
    expected.blocks = 2;
    EXPECT_EQ(settingsToGoOnFrom(ours, asked), expected);
    EXPECT_FALSE(tells(ours, MethodSetting::BalanceWeight)) << "it is of the training";
}

TEST(AdapterConfig, WhereThoseOfOthersAreTheirTensorsAloneTell) {
    AdaptationSettings asked;
    asked.projections = "q,k,v,o";
    asked.blocks = 3;
    const AdaptationSettings goesOn = settingsToGoOnFrom(configOf(kPeftsConfig), asked);
    EXPECT_EQ(goesOn.method, "lora");
    EXPECT_EQ(goesOn.rank, 3);
    EXPECT_EQ(goesOn.alpha, 6);
    EXPECT_EQ(goesOn.projections, "q,k,v,o");
    EXPECT_EQ(goesOn.blocks, 3);
    AdapterConfig autoGluons;
    autoGluons.origin = AdapterOrigin::AutoGluon;
    asked.method = "lora";
    asked.rank = 9;
    EXPECT_EQ(settingsToGoOnFrom(autoGluons, asked), asked);
}

}  // namespace
}  // namespace finebrush::messages
