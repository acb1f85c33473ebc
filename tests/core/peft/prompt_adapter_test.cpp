#include "core/peft/prompt_adapter.h"

#include "core/checkpoint/load_state.h"
#include "core/checkpoint/safetensors_file.h"
#include "core/peft/files/adapter_file.h"
#include "core/sam/key_map.h"
#include "tests/core/sam/network_fixtures.h"

namespace finebrush::testing {

using messages::AdapterFiles;
using ::testing::HasSubstr;

namespace {

std::vector<uint8_t> bytesOf(const std::string& text) {
    return {text.begin(), text.end()};
}

/// An adapter with values of its own, at work in the base while it lives.
std::unique_ptr<peft::AdaptedSam> trained(const sam::Sam& base, const std::string& method) {
    messages::AdaptationSettings settings;
    settings.method = method;
    auto network = std::move(*peft::AdaptedSam::make(base, settings, 1));
    torch::manual_seed(21);
    const torch::NoGradGuard noGrad;
    for (const auto& parameter : network->trainableParameters())
        torch::Tensor(parameter.value()).add_(torch::randn_like(parameter.value()), 0.1);
    return network;
}

/// As PEFT writes a LoRA, with these tensors of SamModel's decoder.
AdapterFiles peftFiles(const peft::AdaptedSam& network, const NamedTensors& decoder = {}) {
    const AdapterFiles ours = peft::writeAdapter(network, {{"a", "a", "#ff0000", 0}}, {});
    NamedTensors tensors = *readSafetensors(ours.at(peft::kAdapterTensorsFile), "");
    for (const auto& entry : decoder.tensors) {
        tensors.tensors.insert(peft::kPeftPrefix + sam::huggingFaceName("mask_decoder." + entry.key()),
                               entry.value());
    }
    return {{peft::kAdapterConfigFile, bytesOf(R"({"peft_type": "LORA", "r": 4, "lora_alpha": 8})")},
            {peft::kAdapterTensorsFile, encodeSafetensors(tensors)}};
}

torch::Tensor embedding(const sam::Sam& base, const torch::Tensor& image) {
    const torch::NoGradGuard noGrad;
    return base->image_encoder->forward(image).embedding;
}

}  // namespace

TEST(PromptAdapter, PeftsLoraIsAtWorkInTheEncoderWhileItLives) {
    const sam::Sam base = frozenNetwork(smallVitDescription());
    const torch::Tensor image = randomImage(base);
    const torch::Tensor before = embedding(base, image);
    auto network = trained(base, "lora");
    const torch::Tensor adapted = embedding(base, image);
    const AdapterFiles files = peftFiles(*network);
    network.reset();
    {
        const auto loaded = peft::adaptForPrompts(files, base, "theirs");
        ASSERT_TRUE(loaded) << describe(loaded.error());
        EXPECT_THAT(embedding(base, image), IsCloseTo(adapted, 1e-5));
    }
    EXPECT_TRUE(torch::equal(embedding(base, image), before));
}

TEST(PromptAdapter, ADecoderThatWasTrainedWholeAnswersThePrompts) {
    const sam::Sam base = frozenNetwork(smallVitDescription());
    const auto network = trained(base, "lora");
    const sam::Sam other = frozenNetwork(smallVitDescription(), 8);
    const NamedTensors decoder = stateOf(*other->mask_decoder);
    const auto loaded = peft::adaptForPrompts(peftFiles(*network, decoder), base, "theirs");
    ASSERT_TRUE(loaded) << describe(loaded.error());
    for (const auto& entry : stateOf(*base->mask_decoder).tensors)
        EXPECT_TRUE(torch::equal(entry.value(), decoder.tensors[entry.key()])) << entry.key();
}

TEST(PromptAdapter, RefusesWhatKnowsNothingOfPromptsOrDoesNotFit) {
    const sam::Sam base = frozenNetwork(smallVitDescription());
    const AdapterFiles ours = peft::writeAdapter(*trained(base, "conv_lora"), {{"a", "a", "#ff0000", 0}}, {});
    const auto ofClasses = peft::adaptForPrompts(ours, base, "mine");
    ASSERT_FALSE(ofClasses);
    EXPECT_EQ(ofClasses.error().code, ErrorCode::AdapterMismatch);
    EXPECT_THAT(describe(ofClasses.error()), HasSubstr("knows nothing of prompts"));

    NamedTensors decoder;
    decoder.tensors.insert("iou_prediction_head.layers.0.bias", torch::ones({3}));
    const torch::Tensor former = base->mask_decoder->iou_token->weight.clone();
    const auto unfit = peft::adaptForPrompts(peftFiles(*trained(base, "lora"), decoder), base, "theirs");
    ASSERT_FALSE(unfit);
    EXPECT_EQ(unfit.error().code, ErrorCode::AdapterMismatch);
    EXPECT_THAT(describe(unfit.error()), HasSubstr("iou_prediction_head.layers.0.bias"));
    EXPECT_TRUE(torch::equal(base->mask_decoder->iou_token->weight, former));
}

}  // namespace finebrush::testing
