#include "core/inference/published_model.h"

#include "core/base/uuid.h"
#include "core/checkpoint/safetensors_file.h"
#include "core/inference/model_file.h"
#include "core/inference/network_input.h"
#include "core/peft/files/foreign_adapter.h"
#include "tests/core/sam/network_fixtures.h"

#include <set>

namespace finebrush::testing {

using messages::AdapterFiles;

namespace {

constexpr PixelSize kSize{50, 30};

/// As AutoGluon saves a network whose tensors differ from the base's; without classes it has one mask.
AdapterFiles autoGluonFiles(const sam::Sam& base, int64_t classes, int64_t queries) {
    const torch::NoGradGuard noGrad;
    messages::AdaptationSettings settings;
    settings.gate = messages::GateMode::Paper;
    settings.experts = 3;
    const auto network = std::move(*peft::AdaptedSam::make(base, settings, 1));
    torch::manual_seed(5);
    for (const auto& parameter : network->trainableParameters())
        torch::Tensor(parameter.value()).add_(torch::randn_like(parameter.value()), 0.2);
    const AdapterFiles ours = peft::writeAdapter(*network, {{"a", "a", "#ff0000", 0}}, {});
    const NamedTensors written = *readSafetensors(ours.at(peft::kAdapterTensorsFile), "");
    const std::string decoder = "state_dict.model.model.mask_decoder.";
    NamedTensors theirs;
    for (const auto& entry : written.tensors) {
        if (entry.key() == peft::kClassTokens) continue;
        std::string name =
            "state_dict.model.model." + entry.key().substr(std::string(peft::kPeftPrefix).size());
        if (name.ends_with(".lora_A.weight") || name.ends_with(".lora_B.weight"))
            name.resize(name.size() - std::string(".weight").size());
        theirs.tensors.insert(name, entry.value());
    }
    theirs.tensors.insert(decoder + "mask_tokens.weight", torch::randn({queries, 32}));
    if (classes > 0) {
        theirs.tensors.insert(decoder + "output_classifier_mlps.weight", torch::randn({classes + 1, 32}));
        theirs.tensors.insert(decoder + "output_classifier_mlps.bias", torch::randn({classes + 1}));
    }
    return {{peft::kAutoGluonFile, encodeSafetensors(theirs)}};
}

PixelBuffer colouredPixels() {
    torch::manual_seed(11);
    const torch::Tensor bytes =
        torch::randint(256, {kSize.height, kSize.width, 3}, torch::TensorOptions(torch::kUInt8));
    const uint8_t* first = bytes.const_data_ptr<uint8_t>();
    return {kSize, 3, PixelType::UInt8, std::vector<uint8_t>(first, first + bytes.numel()), {}};
}

std::unique_ptr<SegmentationModel> loaded(const AdapterFiles& files, const sam::Sam& base) {
    auto model = loadModel(files, base, "theirs");
    EXPECT_TRUE(model) << describe(model.error());
    return model ? std::move(*model) : nullptr;
}

}  // namespace

TEST(PublishedModel, IsNotMadeOfAnAdapterThatTellsNoClasses) {
    const sam::Sam base = frozenNetwork(smallVitDescription());
    messages::AdaptationSettings settings;
    settings.method = "lora";
    const auto network = std::move(*peft::AdaptedSam::make(base, settings, 1));
    AdapterFiles files = peft::writeAdapter(*network, {{"a", "a", "#ff0000", 0}}, {});
    const std::string config = R"({"peft_type": "LORA", "r": 4, "lora_alpha": 8})";
    files[peft::kAdapterConfigFile] = {config.begin(), config.end()};
    const auto model = loadModel(files, base, "theirs");
    ASSERT_FALSE(model);
    EXPECT_EQ(model.error().code, ErrorCode::AdapterMismatch);
    EXPECT_THAT(describe(model.error()), ::testing::HasSubstr("segment” answers prompts with it"));
}

TEST(PublishedModel, ComputesTheSemanticInferenceOfItsQueries) {
    const torch::NoGradGuard noGrad;
    const sam::Sam base = frozenNetwork(smallVitDescription());
    const AdapterFiles files = autoGluonFiles(base, 3, 6);
    const PixelBuffer pixels = colouredPixels();

    torch::Tensor expected;
    {
        const auto adapter = peft::loadAdapter(files, base, "theirs");
        ASSERT_TRUE(adapter) << describe(adapter.error());
        peft::AdaptedSam& network = *adapter->network;
        const torch::Tensor square = resized(rawColours(pixels), {64, 64}).unsqueeze(0) / 255;
        sam::MultiClassDecoder decoder = network.decoder();
        const sam::ClassQueries queries =
            decoder->queries(network.encode(network.frozenPart(base->normalised(square))).embedding);
        const torch::Tensor masks =
            torch::upsample_bilinear2d(queries.masks, {64, 64}, false).sigmoid()[0];  // [Q, S, S]
        const torch::Tensor classes = queries.classes.softmax(-1)[0].slice(1, 0, 3);  // [Q, K]
        torch::Tensor sum = torch::zeros({3, 64, 64});
        for (int64_t q = 0; q < 6; ++q) sum += classes[q].view({3, 1, 1}) * masks[q];
        expected = torch::upsample_bilinear2d(sum.unsqueeze(0), {kSize.height, kSize.width}, false)[0];
        expected = expected / expected.sum(0, true);
    }
    const auto model = loaded(files, base);
    ASSERT_TRUE(model);
    SilentMonitor monitor;
    const torch::Tensor found = model->probabilities(pixels, Care::Quick, monitor);
    // On processors that multiply in bfloat16 that is what the difference comes from.
    EXPECT_THAT(found, IsCloseTo(expected, 0.02));
    EXPECT_GT((found.amax(0) - found.amin(0)).max().item<float>(), 0.1);
    EXPECT_THAT(model->probabilities(pixels, Care::Thorough, monitor).sum(0),
                IsCloseTo(torch::ones({kSize.height, kSize.width}), 1e-5));
}

TEST(PublishedModel, NumbersItsClassesTheSameWayEachTime) {
    const sam::Sam base = frozenNetwork(smallVitDescription());
    const AdapterFiles files = autoGluonFiles(base, 3, 6);
    const auto first = loaded(files, base)->classes();
    ASSERT_EQ(first.size(), 3U);
    std::set<std::string> identities;
    for (uint8_t value = 0; value < 3; ++value) {
        EXPECT_EQ(first[value].name, "Class " + std::to_string(value));
        EXPECT_EQ(first[value].value, value);
        EXPECT_TRUE(isUuid(first[value].id)) << first[value].id;
        identities.insert(first[value].id);
    }
    EXPECT_EQ(identities.size(), 3U);
    EXPECT_EQ(loaded(files, base)->classes(), first);
    EXPECT_NE(loaded(autoGluonFiles(base, 3, 7), base)->classes(), first);
}

TEST(PublishedModel, OneMaskIsTheForeground) {
    const sam::Sam base = frozenNetwork(smallVitDescription());
    const auto model = loaded(autoGluonFiles(base, 0, 1), base);
    ASSERT_TRUE(model);
    ASSERT_EQ(model->classes().size(), 2U);
    EXPECT_EQ(model->classes()[1].name, "Foreground");
    SilentMonitor monitor;
    const torch::Tensor found = model->probabilities(colouredPixels(), Care::Quick, monitor);
    EXPECT_EQ(found.sizes(), (torch::IntArrayRef{2, kSize.height, kSize.width}));
    EXPECT_THAT(found.sum(0), IsCloseTo(torch::ones({kSize.height, kSize.width}), 1e-5));
}

TEST(PublishedModel, GivesTheFilesThatItCameFrom) {
    const sam::Sam base = frozenNetwork(smallVitDescription());
    const AdapterFiles files = autoGluonFiles(base, 2, 4);
    EXPECT_EQ(loaded(files, base)->toFiles(), files);
}

}  // namespace finebrush::testing
