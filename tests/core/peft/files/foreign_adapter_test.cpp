#include "core/peft/files/foreign_adapter.h"

#include "core/base/text.h"
#include "core/checkpoint/load_state.h"
#include "core/checkpoint/safetensors_file.h"
#include "core/messages/method_settings.h"
#include "core/peft/files/adapter_file.h"
#include "core/sam/key_map.h"
#include "tests/core/sam/network_fixtures.h"

#include <functional>
#include <limits>
#include <string>

namespace finebrush::testing {

using messages::AdapterFiles;
using nlohmann::json;
using peft::AdaptedSam;
using ::testing::HasSubstr;

namespace {

std::vector<uint8_t> bytesOf(const std::string& text) {
    return {text.begin(), text.end()};
}

const std::string kLayer = "vision_encoder.layers.1.attn.qkv.";

/// A network whose every trained value differs from a fresh one.
std::unique_ptr<AdaptedSam> trained(const sam::Sam& base, const messages::AdaptationSettings& settings) {
    auto network = std::move(*AdaptedSam::make(base, settings, 1));
    torch::manual_seed(21);
    const torch::NoGradGuard noGrad;
    for (const auto& parameter : network->trainableParameters()) {
        torch::Tensor(parameter.value()).add_(torch::randn_like(parameter.value()), 0.05);
    }
    return network;
}

messages::AdaptationSettings loraSettings() {
    messages::AdaptationSettings settings;
    settings.method = "lora";
    settings.rank = 3;
    settings.alpha = 6;
    return settings;
}

messages::AdaptationSettings convLoraSettings() {
    messages::AdaptationSettings settings;
    settings.gate = messages::GateMode::Paper;
    settings.rank = 3;
    settings.alpha = 32;
    settings.experts = 3;
    return settings;
}

NamedTensors tensorsOf(const AdaptedSam& network) {
    const AdapterFiles files = peft::writeAdapter(network, {{"a", "a", "#ff0000", 0}}, {});
    NamedTensors tensors = *readSafetensors(files.at(peft::kAdapterTensorsFile), "");
    if (!files.contains(peft::kHeadTensorsFile)) return tensors;
    const NamedTensors head = *readSafetensors(files.at(peft::kHeadTensorsFile), "");
    for (const auto& entry : head.tensors) tensors.tensors.insert(entry.key(), entry.value());
    return tensors;
}

const json kPeftConfig = json::parse(R"({"peft_type": "LORA", "r": 3, "lora_alpha": 6, "bias": "none",
    "use_dora": false, "rank_pattern": {}, "arrow_config": null, "base_model_name_or_path": "sam"})");

/// As PEFT writes a LoRA, and a mask decoder of SamModel's shape where it was trained too.
AdapterFiles peftFiles(const AdaptedSam& network, bool withDecoder,
                       const std::function<void(NamedTensors&)>& change = {}) {
    NamedTensors tensors;
    for (const auto& entry : tensorsOf(network).tensors) {
        const bool isOfDecoder = entry.key().starts_with(peft::kDecoderPrefix);
        if (!isOfDecoder) tensors.tensors.insert(entry.key(), entry.value());
        if (!isOfDecoder || !withDecoder) continue;
        if (entry.key() == peft::kClassTokens) {
            const torch::Tensor others = torch::ones({3, entry.value().size(1)});
            tensors.tensors.insert(std::string(peft::kMaskTokens), torch::cat({entry.value(), others}));
        } else {
            tensors.tensors.insert(entry.key(), entry.value());
        }
    }
    if (withDecoder) {
        const std::string decoder = peft::kDecoderPrefix;
        tensors.tensors.insert(decoder + "output_hypernetworks_mlps.2.proj_in.bias", torch::ones({32}));
        tensors.tensors.insert(decoder + "iou_prediction_head.proj_in.bias", torch::ones({32}));
    }
    if (change) change(tensors);
    return {{peft::kAdapterConfigFile, bytesOf(kPeftConfig.dump())},
            {peft::kAdapterTensorsFile, encodeSafetensors(tensors)}};
}

/// The same, of a base that the configuration calls so.
AdapterFiles peftFilesOf(const std::string& base, const AdaptedSam& network) {
    AdapterFiles files = peftFiles(network, false);
    json config = kPeftConfig;
    config["base_model_name_or_path"] = base;
    files[peft::kAdapterConfigFile] = bytesOf(config.dump());
    return files;
}

/// As AutoGluon names them; safetensors stand for its pickle, which `interop` tests with the real torch.
AdapterFiles autoGluonFiles(const AdaptedSam& network,
                            const std::function<void(NamedTensors&)>& change = {}) {
    NamedTensors tensors;
    const std::string peftPrefix = peft::kPeftPrefix;
    for (const auto& entry : tensorsOf(network).tensors) {
        const std::string key = entry.key() == peft::kClassTokens ? peft::kMaskTokens : entry.key();
        std::string name = "state_dict.model.model." + key.substr(peftPrefix.size());
        if (name.ends_with(".lora_A.weight") || name.ends_with(".lora_B.weight"))
            name.resize(name.size() - std::string(".weight").size());
        tensors.tensors.insert(name, entry.value());
        if (name.ends_with("w_gate"))
            tensors.tensors.insert(name.substr(0, name.size() - 6) + "mean", torch::zeros({1}));
    }
    if (change) change(tensors);
    return {{peft::kAutoGluonFile, encodeSafetensors(tensors)}};
}

/// With the configuration in which AutoGluon names the base.
AdapterFiles autoGluonFilesOf(const std::string& base, const AdaptedSam& network) {
    AdapterFiles files = autoGluonFiles(network);
    files[peft::kAutoGluonConfig] =
        bytesOf(formatted("model:\n  names:\n  - sam\n  sam:\n    checkpoint_name: %s\n    image_norm: "
                          "imagenet\noptim:\n  lora:\n    alpha: 32\n",
                          base.c_str()));
    return files;
}

/// A small network that goes by the name of a published one.
sam::Sam networkCalled(const std::string& name, sam::PixelNormalisation normalisation) {
    sam::SamDescription description = smallVitDescription();
    description.name = name;
    description.normalisation = normalisation;
    return frozenNetwork(description);
}

torch::Tensor embedding(const sam::Sam& base, const torch::Tensor& image) {
    const torch::NoGradGuard noGrad;
    return base->image_encoder->forward(image).embedding;
}

void expectRefused(const AdapterFiles& files, const sam::Sam& base, ErrorCode code, const std::string& says) {
    const torch::Tensor image = randomImage(base);
    const torch::Tensor before = embedding(base, image);
    const auto loaded = peft::loadAdapter(files, base, "theirs");
    ASSERT_FALSE(loaded) << says;
    EXPECT_EQ(loaded.error().code, code) << describe(loaded.error());
    EXPECT_THAT(describe(loaded.error()), HasSubstr(says));
    EXPECT_TRUE(torch::equal(embedding(base, image), before));
}

/// Expects that what `write` made of a trained network computes what that network does.
void expectSameNetwork(const messages::AdaptationSettings& settings,
                       const std::function<AdapterFiles(const AdaptedSam&)>& write) {
    const torch::NoGradGuard noGrad;
    const sam::Sam base = frozenNetwork(smallVitDescription());
    const torch::Tensor image = randomImage(base);
    auto network = trained(base, settings);
    const torch::Tensor logits = network->forward(network->frozenPart(image));
    const AdapterFiles files = write(*network);
    network.reset();
    const auto loaded = peft::loadAdapter(files, base, "theirs");
    ASSERT_TRUE(loaded) << describe(loaded.error());
    EXPECT_EQ(loaded->network->settings().alpha, settings.alpha);
    EXPECT_TRUE(loaded->classes.empty());
    EXPECT_TRUE(torch::equal(loaded->network->forward(loaded->network->frozenPart(image)), logits));
}

}  // namespace

TEST(ForeignAdapter, PeftsLoraComputesTheSame) {
    expectSameNetwork(loraSettings(), [](const AdaptedSam& network) { return peftFiles(network, true); });
}

TEST(ForeignAdapter, PeftsLoraLeavesTheDecoderAsTheBaseHasIt) {
    const sam::Sam base = frozenNetwork(smallVitDescription());
    const auto loaded = peft::loadAdapter(peftFiles(*trained(base, loraSettings()), false), base, "theirs");
    ASSERT_TRUE(loaded) << describe(loaded.error());
    const auto parameters = loaded->network->trainableParameters();
    EXPECT_TRUE(
        torch::equal(parameters["mask_decoder.iou_token.weight"], base->mask_decoder->iou_token->weight));
}

TEST(ForeignAdapter, AnAdaptationStartsFromTheEncoderOfAForeignAdapter) {
    const sam::Sam base = frozenNetwork(smallVitDescription());
    const std::vector<messages::ClassInfo> classes = {{"a", "a", "#ff0000", 0}, {"b", "b", "#00ff00", 1}};
    messages::AdaptationSettings published = loraSettings(), larger = loraSettings();
    published.alpha = messages::kPublishedAlpha;
    larger.rank = 4;
    const auto plain = trained(base, loraSettings()), recipe = trained(base, published),
               gated = trained(base, convLoraSettings());
    const auto expectStart = [&](const AdapterFiles& files, const AdaptedSam& from) {
        const auto start = peft::startFrom(files, base, from.settings(), classes, "theirs");
        ASSERT_TRUE(start) << describe(start.error());
        const auto fresh = std::move(*AdaptedSam::make(base, from.settings(), 2))->trainableParameters();
        const auto given = from.trainableParameters();
        for (const auto& parameter : (*start)->trainableParameters()) {
            const bool isOfEncoder = parameter.key().starts_with("image_encoder.");
            EXPECT_TRUE(torch::equal(parameter.value(), (isOfEncoder ? given : fresh)[parameter.key()]))
                << parameter.key();
        }
    };
    expectStart(peftFiles(*plain, false), *plain);
    expectStart(peftFiles(*plain, true), *plain);
    expectStart(autoGluonFiles(*recipe), *recipe);
    expectStart(autoGluonFiles(*gated), *gated);

    const auto refused = peft::startFrom(peftFiles(*plain, false), base, larger, classes, "theirs");
    ASSERT_FALSE(refused);
    EXPECT_THAT(describe(refused.error()), HasSubstr("its rank is 3 and not 4."));
}

TEST(ForeignAdapter, PeftsLoraOfTheLastBlocksComputesTheSame) {
    messages::AdaptationSettings settings = loraSettings();
    settings.blocks = 1;
    settings.projections = "o,mlp";
    expectSameNetwork(settings, [](const AdaptedSam& network) { return peftFiles(network, true); });
}

TEST(ForeignAdapter, PeftsLoraOfOtherBlocksThanTheLastIsRefusedWithTheList) {
    const sam::Sam base = frozenNetwork(smallVitDescription());
    const AdapterFiles files = peftFiles(*trained(base, loraSettings()), false, [](NamedTensors& tensors) {
        for (const char* matrix : {"lora_A.weight", "lora_B.weight"})
            tensors.tensors.erase(peft::kPeftPrefix + kLayer + matrix);
    });
    expectRefused(files, base, ErrorCode::AdapterMismatch, "layers.1.attn.qkv.lora_A.weight");
    expectRefused(files, base, ErrorCode::AdapterMismatch, "2 tensors are unexpected");
}

TEST(ForeignAdapter, AutoGluonsConvLoraComputesTheSame) {
    expectSameNetwork(convLoraSettings(), [](const AdaptedSam& network) { return autoGluonFiles(network); });
}

TEST(ForeignAdapter, AutoGluonsConfigurationTellsAlpha) {
    messages::AdaptationSettings settings = convLoraSettings();
    settings.alpha = 8;
    expectSameNetwork(settings, [](const AdaptedSam& network) {
        AdapterFiles files = autoGluonFiles(network);
        files[peft::kAutoGluonConfig] = bytesOf(
            "optim:\n  focal_loss:\n    alpha: 5\n  lora:\n    r: 3\n    alpha: 8\n  mixup:\n    alpha: "
            "0.5\n");
        return files;
    });
}

TEST(ForeignAdapter, AutoGluonsWholeNetworkIsHeldAgainstTheBase) {
    const auto wholeNetwork = [](const AdaptedSam& network, double difference) {
        return autoGluonFiles(network, [&](NamedTensors& tensors) {
            const std::string prefix = "state_dict.model.model.";
            for (const auto& entry : stateOf(*network.base()).tensors) {
                const std::string name = prefix + sam::huggingFaceName(entry.key());
                if (tensors.tensors.contains(name)) continue;
                const bool isChanged = name.ends_with("vision_encoder.pos_embed");
                tensors.tensors.insert(name, isChanged ? entry.value() + difference : entry.value());
            }
            tensors.tensors.insert(prefix + "prompt_encoder.shared_embedding.positional_embedding",
                                   torch::rand({2, 16}));
        });
    };
    expectSameNetwork(convLoraSettings(),
                      [&](const AdaptedSam& network) { return wholeNetwork(network, 1e-7); });
    const sam::Sam base = frozenNetwork(smallVitDescription());
    const auto network = trained(base, convLoraSettings());
    expectRefused(wholeNetwork(*network, 0.01), base, ErrorCode::AdapterMismatch,
                  "vision_encoder.pos_embed differs");
}

TEST(ForeignAdapter, AutoGluonsQueriesKeepTheirTokensAndClasses) {
    const torch::NoGradGuard noGrad;
    const sam::Sam base = frozenNetwork(smallVitDescription());
    const auto network = trained(base, convLoraSettings());
    const std::string decoder = "state_dict.model.model.mask_decoder.";
    const torch::Tensor tokens = torch::rand({10, 32});
    const torch::Tensor head = torch::rand({4, 32});
    const torch::Tensor bias = torch::rand({4});
    const auto withHead = [&](bool withBias) {
        return autoGluonFiles(*network, [&](NamedTensors& tensors) {
            tensors.tensors[decoder + "mask_tokens.weight"] = tokens;
            tensors.tensors.insert(decoder + "output_classifier_mlps.weight", head);
            if (withBias) tensors.tensors.insert(decoder + "output_classifier_mlps.bias", bias);
        });
    };
    const auto loaded = peft::loadAdapter(withHead(true), base, "theirs");
    ASSERT_TRUE(loaded) << describe(loaded.error());
    EXPECT_EQ(loaded->origin, peft::AdapterOrigin::AutoGluon);
    EXPECT_TRUE(loaded->hasDecoder);
    EXPECT_EQ(loaded->network->classCount(), 3);
    const sam::MultiClassDecoder read = loaded->network->decoder();
    EXPECT_TRUE(torch::equal(read->mask_tokens->weight, tokens));
    EXPECT_TRUE(torch::equal(read->output_classifier_mlps->weight, head));
    EXPECT_TRUE(torch::equal(read->output_classifier_mlps->bias, bias));

    // The base has no class head that a missing part could be taken from.
    const auto refused = peft::loadAdapter(withHead(false), base, "theirs");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::AdapterMismatch);
    EXPECT_THAT(describe(refused.error()), HasSubstr("output_classifier_mlps.bias"));
}

TEST(ForeignAdapter, WhatDoesNotFitIsListedAndChangesNothing) {
    const sam::Sam base = frozenNetwork(smallVitDescription());
    const std::string first = peft::kPeftPrefix + kLayer + "lora_A.weight";
    const auto refused = [&](const std::function<void(NamedTensors&)>& change, const std::string& says) {
        expectRefused(peftFiles(*trained(base, loraSettings()), false, change), base,
                      ErrorCode::AdapterMismatch, says);
    };
    refused([&](NamedTensors& tensors) { tensors.tensors.erase(first); }, "1 tensor is missing (" + first);
    refused(
        [&](NamedTensors& tensors) {
            tensors.tensors[first] = torch::ones({4, 24});
        },
        "[4, 24] instead of [3, 24]");
    const std::string other = "base_model.model.vision_encoder.layers.0.attn.other.lora_A.weight";
    refused(
        [&](NamedTensors& tensors) {
            tensors.tensors.insert(other, torch::ones({3, 24}));
        },
        "1 tensor is unexpected (" + other);
    refused(
        [&](NamedTensors& tensors) {
            NamedTensors decoder;
            for (const auto& entry : tensors.tensors) {
                if (entry.key().find("lora_") == std::string::npos)
                    decoder.tensors.insert(entry.key(), entry.value());
            }
            tensors = decoder;
        },
        "lora_A.weight");

    const AdapterFiles files = autoGluonFiles(*trained(base, convLoraSettings()), [](NamedTensors& tensors) {
        tensors.tensors.insert("state_dict.model.model.vision_encoder.pos_embed", torch::ones({1}));
    });
    expectRefused(files, base, ErrorCode::AdapterMismatch, "vision_encoder.pos_embed");
}

TEST(ForeignAdapter, AnotherKindOfBaseIsRefused) {
    const sam::Sam vit = frozenNetwork(smallVitDescription());
    const AdapterFiles peftLora = peftFiles(*trained(vit, loraSettings()), false);
    const AdapterFiles autoGluon = autoGluonFiles(*trained(vit, convLoraSettings()));
    const sam::Sam tiny = frozenNetwork(smallTinyVitDescription());
    expectRefused(peftLora, tiny, ErrorCode::AdapterMismatch, "tensors are missing");
    expectRefused(autoGluon, tiny, ErrorCode::AdapterMismatch, "tensors are missing");
    sam::SamDescription deeper = smallVitDescription();
    deeper.encoder.depth = 3;
    expectRefused(peftLora, frozenNetwork(deeper), ErrorCode::AdapterMismatch, "layers.2.attn.qkv.lora_A");
}

TEST(ForeignAdapter, AnAdapterOfAKnownBaseIsRefusedByAnyOtherWithTheDifferences) {
    const sam::Sam vitB = networkCalled("SAM ViT-B", sam::PixelNormalisation::ImageNet);
    const sam::Sam medSam = networkCalled("MedSAM", sam::PixelNormalisation::UnitRange);
    const auto expectOnly = [](const AdapterFiles& files, const sam::Sam& right, const sam::Sam& wrong,
                               const std::string& says) {
        EXPECT_TRUE(peft::loadAdapter(files, right, "theirs"));
        expectRefused(files, wrong, ErrorCode::AdapterMismatch, says);
    };
    const auto lora = trained(vitB, loraSettings()), gated = trained(vitB, convLoraSettings());
    const std::string ofVitB =
        "trained on the weights of SAM ViT-B (facebook/sam-vit-base), these are of MedSAM; it takes pixels "
        "normalised by ImageNet's mean and deviation, these from 0 to 1.";
    expectOnly(peftFilesOf("facebook/sam-vit-base", *lora), vitB, medSam, ofVitB);
    expectOnly(autoGluonFilesOf("facebook/sam-vit-base", *gated), vitB, medSam, ofVitB);
    expectOnly(peftFilesOf("wanglab/MedSAM-vit-base", *lora), medSam, vitB, "these are of SAM ViT-B");
    expectRefused(peftFilesOf("facebook/sam-vit-huge", *lora), vitB, ErrorCode::AdapterMismatch,
                  "trained on the weights of SAM ViT-H (facebook/sam-vit-huge), these are of SAM ViT-B.");
    const auto start = peft::startFrom(peftFilesOf("facebook/sam-vit-base", *lora), medSam, loraSettings(),
                                       {{"a", "a", "#ff0000", 0}}, "theirs");
    ASSERT_FALSE(start);
    EXPECT_EQ(start.error().code, ErrorCode::AdapterMismatch);
}

TEST(ForeignAdapter, ABaseOfAnUnknownNameIsTakenForThisOne) {
    const sam::Sam medSam = networkCalled("MedSAM", sam::PixelNormalisation::UnitRange);
    const auto lora = trained(medSam, loraSettings()), gated = trained(medSam, convLoraSettings());
    for (const std::string base : {"/models/facebook/sam-vit-base", "me/my-sam", "local://sam", ""}) {
        EXPECT_TRUE(peft::loadAdapter(peftFilesOf(base, *lora), medSam, "theirs")) << base;
        EXPECT_TRUE(peft::loadAdapter(autoGluonFilesOf(base, *gated), medSam, "theirs")) << base;
    }
}

TEST(ForeignAdapter, ValuesThatAreNoNumbersAreRefused) {
    const sam::Sam base = frozenNetwork(smallVitDescription());
    const auto spoil = [](const std::string& name) {
        return [name](NamedTensors& tensors) {
            tensors.tensors[name].view(-1)[1] = std::numeric_limits<float>::quiet_NaN();
        };
    };
    const std::string ofPeft = peft::kPeftPrefix + kLayer + "lora_A.weight";
    expectRefused(peftFiles(*trained(base, loraSettings()), false, spoil(ofPeft)), base,
                  ErrorCode::AdapterMalformed, ofPeft);
    const std::string ofAutoGluon = "state_dict.model.model." + kLayer + "lora_A";
    expectRefused(autoGluonFiles(*trained(base, convLoraSettings()), spoil(ofAutoGluon)), base,
                  ErrorCode::AdapterMalformed, kLayer);
}

TEST(ForeignAdapter, ANameThatTwoTensorsWouldHaveIsRefused) {
    const sam::Sam base = frozenNetwork(smallVitDescription());
    const AdapterFiles files = autoGluonFiles(*trained(base, convLoraSettings()), [](NamedTensors& tensors) {
        tensors.tensors.insert("state_dict.model.model." + kLayer + "lora_A.weight", torch::ones({1}));
    });
    expectRefused(files, base, ErrorCode::AdapterMalformed, "two tensors have the name");
}

}  // namespace finebrush::testing
