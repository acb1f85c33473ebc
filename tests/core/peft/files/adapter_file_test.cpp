#include "core/peft/files/adapter_file.h"

#include "core/checkpoint/load_state.h"
#include "core/checkpoint/safetensors_file.h"
#include "core/messages/method_settings.h"
#include "core/peft/files/python_loader.h"
#include "core/sam/key_map.h"
#include "tests/core/sam/network_fixtures.h"

#include <cmath>
#include <fstream>
#include <functional>
#include <iterator>
#include <limits>

namespace finebrush::testing {

using messages::AdapterFiles;
using peft::AdaptedSam;
using ::testing::HasSubstr;

namespace {

const std::vector<messages::ClassInfo> kClasses = {{"a-1", "Kern", "#ff8800", 0},
                                                   {"a-2", "세포질", "#0088ff", 4}};

/// A network whose every trained value differs from a fresh one.
std::unique_ptr<AdaptedSam> trained(const sam::Sam& base, const messages::AdaptationSettings& settings) {
    auto network = std::move(*AdaptedSam::make(base, settings, 2));
    torch::manual_seed(21);
    const torch::NoGradGuard noGrad;
    for (const auto& parameter : network->trainableParameters()) {
        torch::Tensor(parameter.value()).add_(torch::randn_like(parameter.value()), 0.05);
    }
    return network;
}

peft::AdapterExtras someExtras() {
    return {{{"read_out.weight", torch::tensor({1.5F, -2.0F})}}, {{"working_scale", 0.25}}};
}

AdapterFiles convLoraFiles(const sam::Sam& base) {
    return peft::writeAdapter(*trained(base, {}), kClasses, someExtras());
}

AdapterFiles withTensors(AdapterFiles files, const std::function<void(NamedTensors&)>& change) {
    auto& bytes = files.at(peft::kAdapterTensorsFile);
    NamedTensors tensors = *readSafetensors(bytes, "test");
    change(tensors);
    bytes = encodeSafetensors(tensors);
    return files;
}

AdapterFiles withConfig(AdapterFiles files, const std::function<void(nlohmann::json&)>& change) {
    auto& bytes = files.at(peft::kAdapterConfigFile);
    nlohmann::json json = nlohmann::json::parse(bytes);
    change(json);
    const std::string text = json.dump();
    bytes.assign(text.begin(), text.end());
    return files;
}

torch::Tensor embedding(const sam::Sam& base, const torch::Tensor& image) {
    const torch::NoGradGuard noGrad;
    return base->image_encoder->forward(image).embedding;
}

/// Expects a refusal that leaves the base as it is, also with another adapter at work in it.
void expectRefused(const AdapterFiles& files, const sam::Sam& base, ErrorCode code, const std::string& says) {
    const torch::Tensor image = randomImage(base);
    const auto atWork = trained(base, {});
    const torch::Tensor before = embedding(base, image);
    const auto loaded = peft::loadAdapter(files, base, "mine");
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, code) << describe(loaded.error());
    EXPECT_THAT(describe(loaded.error()), HasSubstr(says));
    EXPECT_TRUE(torch::equal(embedding(base, image), before));
}

/// Expects that all parameters of two networks whose names start so are the same, or that some are not.
void expectParameters(const AdaptedSam& one, const AdaptedSam& other, const std::string& prefix, bool same) {
    const auto others = other.trainableParameters();
    bool isSame = true;
    for (const auto& parameter : one.trainableParameters()) {
        if (parameter.key().starts_with(prefix))
            isSame = isSame && torch::equal(parameter.value(), others[parameter.key()]);
    }
    EXPECT_EQ(isSame, same) << prefix;
}

const char* const kFirstA = "base_model.model.image_encoder.layers.1.blocks.0.attn.qkv.lora_A.weight";

}  // namespace

TEST(AdapterFile, ComesBackAsItWasForEveryMethod) {
    const torch::NoGradGuard noGrad;
    for (const bool vit : {false, true}) {
        const sam::Sam base = frozenNetwork(vit ? smallVitDescription() : smallTinyVitDescription());
        const torch::Tensor image = randomImage(base);
        for (const std::string& method : peft::adapterMethodNames()) {
            messages::AdaptationSettings settings;
            settings.method = method;
            settings.gate = messages::GateMode::Paper;
            settings.rank = 3;
            settings.alpha = 5;
            settings.experts = 3;
            settings.scales = "1,2,5";
            settings.topExperts = 2;
            settings.balanceWeight = 0.5;
            settings.projections = "k,v,o,mlp";
            settings.blocks = 1;
            settings.seed = 99;
            auto network = trained(base, settings);
            const torch::Tensor logits = network->forward(network->frozenPart(image));
            const AdapterFiles files = peft::writeAdapter(*network, kClasses, someExtras());
            network.reset();

            const auto loaded = peft::loadAdapter(files, base, "mine");
            ASSERT_TRUE(loaded) << method << ": " << describe(loaded.error());
            EXPECT_EQ(loaded->network->settings(), messages::settingsThatCount(settings));
            EXPECT_EQ(loaded->classes, kClasses);
            EXPECT_EQ(loaded->extras.json, someExtras().json);
            EXPECT_TRUE(
                torch::equal(loaded->extras.tensors.at("read_out.weight"), torch::tensor({1.5F, -2.0F})));
            EXPECT_TRUE(torch::equal(loaded->network->forward(loaded->network->frozenPart(image)), logits))
                << method;
        }
    }
}

TEST(AdapterFile, WritesTheSameBytesForTheSameAdapter) {
    const sam::Sam base = frozenNetwork(smallTinyVitDescription());
    EXPECT_EQ(convLoraFiles(base), convLoraFiles(base));
}

TEST(AdapterFile, IsNamedAsPeftAndAutoGluonNameIt) {
    const NamedTensors tiny = *readSafetensors(
        convLoraFiles(frozenNetwork(smallTinyVitDescription())).at(peft::kAdapterTensorsFile), "");
    EXPECT_TRUE(tiny.tensors.contains(kFirstA));
    EXPECT_EQ(tiny.metadata.at("format"), "pt");
    const NamedTensors vit = *readSafetensors(
        convLoraFiles(frozenNetwork(smallVitDescription())).at(peft::kAdapterTensorsFile), "");
    const std::string layer = "base_model.model.vision_encoder.layers.1.attn.qkv.";
    for (const char* name :
         {"lora_A.weight", "lora_B.weight", "lora_moe_gating.w_gate", "lora_moe_gating.w_noise",
          "lora_moe_experts.0.0.weight", "lora_moe_experts.3.0.bias"}) {
        EXPECT_TRUE(vit.tensors.contains(layer + name)) << name;
    }
}

TEST(AdapterFile, OnlyPlainLoraCallsItselfLora) {
    const sam::Sam base = frozenNetwork(smallVitDescription());
    for (const std::string& method : peft::adapterMethodNames()) {
        messages::AdaptationSettings settings;
        settings.method = method;
        const AdapterFiles files = peft::writeAdapter(*trained(base, settings), kClasses, {});
        const auto json = nlohmann::json::parse(files.at(peft::kAdapterConfigFile));
        EXPECT_EQ(json.at("peft_type") == "LORA", method == "lora") << method;
    }
}

TEST(AdapterFile, SaysOnlyWhatTheMethodLooksAt) {
    const sam::Sam base = frozenNetwork(smallVitDescription());
    const auto configOf = [&](const std::string& method) {
        messages::AdaptationSettings settings;
        settings.method = method;
        const AdapterFiles files = peft::writeAdapter(*trained(base, settings), kClasses, {});
        return nlohmann::json::parse(files.at(peft::kAdapterConfigFile));
    };
    const nlohmann::json conv = configOf("conv_lora"), lora = configOf("lora"), vpt = configOf("vpt"),
                         bitfit = configOf("bitfit");
    EXPECT_EQ(conv.at("conv_lora_scales"), (std::vector<int>{1, 2, 3, 4}));
    EXPECT_EQ(conv.at("conv_lora_gate"), "informative");
    EXPECT_EQ(lora.at("r"), 4);
    EXPECT_EQ(lora.at("lora_alpha"), 8);
    EXPECT_TRUE(lora.contains("target_modules"));
    EXPECT_FALSE(lora.contains("conv_lora_expert_num"));
    EXPECT_FALSE(lora.at("finebrush").contains("balance_weight"));
    EXPECT_EQ(vpt.at("r"), 4);
    for (const char* name : {"lora_alpha", "target_modules", "conv_lora_gate"})
        EXPECT_FALSE(vpt.contains(name)) << name;
    EXPECT_FALSE(bitfit.contains("r"));
    for (const char* name : {"projections", "blocks", "scales"})
        EXPECT_FALSE(bitfit.at("finebrush").contains(name)) << name;
}

TEST(AdapterFile, WhatPeftWouldLeaveOutOfALoraLiesBesideIt) {
    const torch::NoGradGuard noGrad;
    const sam::Sam base = frozenNetwork(smallVitDescription());
    messages::AdaptationSettings settings;
    settings.method = "lora";
    const AdapterFiles files = peft::writeAdapter(*trained(base, settings), kClasses, someExtras());
    const NamedTensors ofPeft = *readSafetensors(files.at(peft::kAdapterTensorsFile), "");
    const NamedTensors head = *readSafetensors(files.at(peft::kHeadTensorsFile), "");
    for (const auto& entry : ofPeft.tensors) EXPECT_THAT(entry.key(), HasSubstr(".lora_"));
    EXPECT_TRUE(head.tensors.contains(peft::kClassTokens));
    EXPECT_TRUE(head.tensors.contains("extra.read_out.weight"));
    EXPECT_FALSE(convLoraFiles(base).contains(peft::kHeadTensorsFile)) << "PEFT refuses it anyway";

    // The first adapters had all in one file.
    AdapterFiles former = withTensors(files, [&](NamedTensors& tensors) {
        for (const auto& entry : head.tensors) tensors.tensors.insert(entry.key(), entry.value());
    });
    for (const bool withStrayHead : {true, false}) {
        if (!withStrayHead) former.erase(peft::kHeadTensorsFile);
        const auto loaded = peft::loadAdapter(former, base, "mine");
        ASSERT_TRUE(loaded) << describe(loaded.error());
        EXPECT_EQ(peft::writeAdapter(*loaded->network, kClasses, loaded->extras), files);
    }
    AdapterFiles headless = files;
    headless.erase(peft::kHeadTensorsFile);
    expectRefused(headless, base, ErrorCode::AdapterMismatch, "are missing");
    const AdapterFiles twice = withTensors(files, [](NamedTensors& tensors) {
        tensors.tensors.insert("extra.read_out.weight", torch::ones({2}));
    });
    expectRefused(twice, base, ErrorCode::AdapterMalformed, "two tensors have the name");
}

TEST(AdapterFile, ClassTokensAreReadUnderTheirFormerNameToo) {
    const sam::Sam base = frozenNetwork(smallVitDescription());
    const AdapterFiles files = convLoraFiles(base);
    const AdapterFiles former = withTensors(files, [](NamedTensors& tensors) {
        tensors.tensors.insert(std::string(peft::kMaskTokens), tensors.tensors[peft::kClassTokens]);
        tensors.tensors.erase(peft::kClassTokens);
    });
    const auto loaded = peft::loadAdapter(former, base, "mine");
    ASSERT_TRUE(loaded) << describe(loaded.error());
    EXPECT_EQ(peft::writeAdapter(*loaded->network, kClasses, someExtras()), files);
}

TEST(AdapterFile, TheStemIsTheBasesWhereTheAdapterIsFromBeforeItTrained) {
    const sam::Sam base = frozenNetwork(smallTinyVitDescription());
    for (const char* method : {"full", "bitfit"}) {
        messages::AdaptationSettings settings;
        settings.method = method;
        const auto fresh = AdaptedSam::prepare(base, settings, 2);
        ASSERT_TRUE(fresh) << describe(fresh.error());
        const AdapterFiles files = peft::writeAdapter(*trained(base, settings), kClasses, {});
        const AdapterFiles former = withTensors(files, [](NamedTensors& tensors) {
            for (const std::string& name : tensors.tensors.keys()) {
                if (name.starts_with("base_model.model.image_encoder.patch_embed.") ||
                    name.starts_with("base_model.model.image_encoder.layers.0."))
                    tensors.tensors.erase(name);
            }
        });
        ASSERT_NE(former, files) << method;
        {
            const auto loaded = peft::loadAdapter(former, base, "mine");
            ASSERT_TRUE(loaded) << method << ": " << describe(loaded.error());
            expectParameters(*loaded->network, **fresh, "image_encoder.patch_embed.", true);
            expectParameters(*loaded->network, **fresh, "image_encoder.layers.0.", true);
            expectParameters(*loaded->network, **fresh, "image_encoder.layers.1.", false);
        }
        EXPECT_TRUE(peft::startFrom(former, base, settings, kClasses, "mine")) << method;
        const auto damaged = withTensors(files, [](NamedTensors& tensors) {
            tensors.tensors.erase("base_model.model.image_encoder.patch_embed.seq.0.bn.bias");
        });
        expectRefused(damaged, base, ErrorCode::AdapterMismatch, "1 tensor is missing");
    }
}

TEST(AdapterFile, ThePythonLoaderShipsWithConvLora) {
    const sam::Sam base = frozenNetwork(smallVitDescription());
    std::ifstream stream(FINEBRUSH_SOURCE_DIR "/resources/python/load_conv_lora.py", std::ios::binary);
    const std::vector<uint8_t> script{std::istreambuf_iterator<char>(stream), {}};
    ASSERT_FALSE(script.empty());
    EXPECT_EQ(convLoraFiles(base).at(peft::kPythonLoaderFile), script);
    messages::AdaptationSettings settings;
    settings.method = "lora";
    EXPECT_FALSE(
        peft::writeAdapter(*trained(base, settings), kClasses, {}).contains(peft::kPythonLoaderFile));
    EXPECT_FALSE(convLoraFiles(frozenNetwork(smallTinyVitDescription())).contains(peft::kPythonLoaderFile))
        << "SamModel has no such encoder";
}

TEST(AdapterFile, TellsThePythonLoaderItsBase) {
    sam::Sam base = frozenNetwork(smallVitDescription());
    const auto checkOf = [](const AdapterFiles& files) {
        const auto json = nlohmann::json::parse(files.at(peft::kAdapterConfigFile));
        return json.at("finebrush").at("base").value("check", nlohmann::json());
    };
    const AdapterFiles files = convLoraFiles(base);
    const nlohmann::json check = checkOf(files);
    EXPECT_EQ(check.size(), stateOf(*base->image_encoder).tensors.size()) << "nothing of the adapter";
    for (const auto& parameter : base->image_encoder->named_parameters()) {
        const std::string name = sam::huggingFaceName("image_encoder." + parameter.key());
        ASSERT_TRUE(check.contains(name)) << name;
        const torch::Tensor& values = parameter.value();
        const auto middle = values.reshape({-1})[values.numel() / 2].item<double>();
        EXPECT_NEAR(check.at(name).get<double>(), middle, 1e-5 * std::abs(middle)) << name;
    }
    EXPECT_TRUE(check.contains("vision_encoder.layers.1.layer_norm2.weight"));
    EXPECT_NE(checkOf(convLoraFiles(frozenNetwork(smallVitDescription(), 8))), check);
    EXPECT_TRUE(checkOf(convLoraFiles(frozenNetwork(smallTinyVitDescription()))).is_null());

    const AdapterFiles former =
        withConfig(files, [](nlohmann::json& json) { json["finebrush"]["base"].erase("check"); });
    EXPECT_TRUE(peft::loadAdapter(former, base, "mine"));
}

TEST(AdapterFile, RefusesTheWeightsOfAnotherBase) {
    sam::Sam base = frozenNetwork(smallTinyVitDescription());
    const AdapterFiles files = convLoraFiles(base);
    base->checkpointSha256 = "ffff";
    expectRefused(files, base, ErrorCode::AdapterMismatch, "0123abcd");
}

TEST(AdapterFile, KnowsTheNetworkThatItWasTrainedOnWhereItsFileWasRenamed) {
    sam::Sam medSam = frozenNetwork(smallVitDescription());
    medSam->description.name = "MedSAM";
    medSam->description.normalisation = sam::PixelNormalisation::UnitRange;
    const AdapterFiles files = convLoraFiles(medSam);
    medSam->description.name = "SAM ViT-B";
    medSam->description.normalisation = sam::PixelNormalisation::ImageNet;
    const auto loaded = peft::loadAdapter(files, medSam, "mine");
    ASSERT_TRUE(loaded) << describe(loaded.error());
    EXPECT_EQ(loaded->network->base()->description.name, "MedSAM");
    EXPECT_EQ(loaded->network->base()->description.normalisation, sam::PixelNormalisation::UnitRange);
    EXPECT_EQ(medSam->description.name, "SAM ViT-B") << "the base that others use is as it was";
    EXPECT_EQ(medSam->description.normalisation, sam::PixelNormalisation::ImageNet);
}

TEST(AdapterFile, ReadsHalfPrecision) {
    const sam::Sam base = frozenNetwork(smallTinyVitDescription());
    const AdapterFiles half = withTensors(convLoraFiles(base), [](NamedTensors& tensors) {
        for (auto& entry : tensors.tensors) entry.value() = entry.value().to(torch::kBFloat16);
    });
    const auto loaded = peft::loadAdapter(half, base, "mine");
    ASSERT_TRUE(loaded) << describe(loaded.error());
    EXPECT_TRUE(torch::equal(loaded->extras.tensors.at("read_out.weight"), torch::tensor({1.5F, -2.0F})));
}

TEST(AdapterFile, ListsWhatIsMissingUnexpectedOrOfAnotherShape) {
    const sam::Sam base = frozenNetwork(smallTinyVitDescription());
    const AdapterFiles files = convLoraFiles(base);
    expectRefused(withTensors(files, [](NamedTensors& tensors) { tensors.tensors.erase(kFirstA); }), base,
                  ErrorCode::AdapterMismatch, "1 tensor is missing (" + std::string(kFirstA));
    expectRefused(
        withTensors(files, [](NamedTensors& tensors) { tensors.tensors.insert("stray", torch::ones({2})); }),
        base, ErrorCode::AdapterMismatch, "stray");
    expectRefused(withConfig(files, [](nlohmann::json& json) { json["r"] = 6; }), base,
                  ErrorCode::AdapterMismatch, "[4, 16] instead of [6, 16]");
    expectRefused(withConfig(files, [](nlohmann::json& json) { json["conv_lora_expert_num"] = 8; }), base,
                  ErrorCode::AdapterMismatch, "lora_moe_experts.4.0.weight");
    expectRefused(withTensors(files,
                              [](NamedTensors& tensors) {
                                  for (int i = 0; i < 9; ++i)
                                      tensors.tensors.insert("stray" + std::to_string(i), torch::ones({2}));
                              }),
                  base, ErrorCode::AdapterMismatch, "\n  stray8\n");
}

TEST(AdapterFile, TakesNoMemoryForWhatTheFileCannotHold) {
    const sam::Sam base = frozenNetwork(smallTinyVitDescription());
    messages::AdaptationSettings settings;
    settings.queries = 2;
    settings.projections = "q,k,v,o,mlp";
    const AdapterFiles files = peft::writeAdapter(*trained(base, settings), kClasses, {});
    const auto withTokens = [&files](std::vector<int64_t> shape) {
        return withTensors(files, [&shape](NamedTensors& tensors) {
            tensors.tensors[peft::kClassTokens] = torch::zeros(shape);
        });
    };
    expectRefused(withTokens({100'000'000, 0}), base, ErrorCode::AdapterMalformed, "1 tensor is empty");
    expectRefused(withTokens({100'000, 1}), base, ErrorCode::AdapterMismatch, "100000 mask queries");
    const auto large = withConfig(files, [](nlohmann::json& json) {
        json["r"] = 256;
        json["conv_lora_expert_num"] = 16;
    });
    expectRefused(large, base, ErrorCode::AdapterMismatch, "far more values than it holds");
}

TEST(AdapterFile, RefusesValuesThatAreNoNumbers) {
    const sam::Sam base = frozenNetwork(smallTinyVitDescription());
    for (const float bad :
         {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
        const auto spoilt = withTensors(convLoraFiles(base), [bad](NamedTensors& tensors) {
            tensors.tensors[kFirstA].view(-1)[3] = bad;
        });
        expectRefused(spoilt, base, ErrorCode::AdapterMalformed, kFirstA);
    }
}

TEST(AdapterFile, AnAdaptationStartsFromAnAdapterOfEveryMethod) {
    const sam::Sam base = frozenNetwork(smallVitDescription());
    for (const std::string& method : peft::adapterMethodNames()) {
        messages::AdaptationSettings settings;
        settings.method = method;
        settings.projections = "q,v";
        const AdapterFiles files = peft::writeAdapter(*trained(base, settings), kClasses, someExtras());
        settings.projections = "v,q";  // the same ones
        settings.seed = 5;
        const auto start = peft::startFrom(files, base, settings, kClasses, "mine");
        ASSERT_TRUE(start) << method << ": " << describe(start.error());
        AdapterFiles again = peft::writeAdapter(**start, kClasses, someExtras());
        again[peft::kAdapterConfigFile] = files.at(peft::kAdapterConfigFile);
        EXPECT_EQ(again, files) << method;
        EXPECT_EQ((*start)->settings().seed, 5u);
    }
}

TEST(AdapterFile, TheDecoderOfOtherClassesOrQueriesIsNotStartedFrom) {
    const sam::Sam base = frozenNetwork(smallVitDescription());
    const auto from = trained(base, {});
    const AdapterFiles files = peft::writeAdapter(*from, kClasses, someExtras());
    std::vector<messages::ClassInfo> renamed = kClasses, more = kClasses, elsewhere = kClasses;
    renamed[1].name = "other";
    more.push_back({"a-3", "third", "#00ff00", 5});
    elsewhere[0].id = "of another project";
    messages::AdaptationSettings queries;
    queries.queries = 4;
    for (const auto& [settings, classes] :
         {std::pair{messages::AdaptationSettings(), renamed}, std::pair{messages::AdaptationSettings(), more},
          std::pair{queries, kClasses}}) {
        torch::manual_seed(1);  // a class head for queries is drawn from the generator of all
        const auto start = peft::startFrom(files, base, settings, classes, "mine");
        ASSERT_TRUE(start) << describe(start.error());
        expectParameters(**start, *from, "image_encoder.", true);
        torch::manual_seed(1);
        const auto fresh = AdaptedSam::make(base, settings, static_cast<int64_t>(classes.size()));
        expectParameters(**start, **fresh, "mask_decoder.", true);
        expectParameters(**start, **fresh, "image_encoder.", false);
    }
    const auto same = peft::startFrom(files, base, {}, elsewhere, "mine");
    ASSERT_TRUE(same) << describe(same.error());
    expectParameters(**same, *from, "mask_decoder.", true);
}

TEST(AdapterFile, AStartOfAnotherKindIsRefusedWithTheDifferences) {
    sam::Sam base = frozenNetwork(smallVitDescription());
    const torch::Tensor image = randomImage(base);
    const torch::Tensor before = embedding(base, image);
    const AdapterFiles files = convLoraFiles(base);
    const auto refusal = [&](const std::function<void(messages::AdaptationSettings&)>& change) {
        messages::AdaptationSettings settings;
        change(settings);
        const auto start = peft::startFrom(files, base, settings, kClasses, "mine");
        EXPECT_FALSE(start);
        EXPECT_TRUE(torch::equal(embedding(base, image), before));
        return start ? std::string() : describe(start.error());
    };
    EXPECT_THAT(refusal([](auto& settings) { settings.method = "lora"; }),
                HasSubstr("mine: this adapter does not fit: its method is conv_lora and not lora."));
    EXPECT_THAT(refusal([](auto& settings) {
                    settings.rank = 16;
                    settings.alpha = 32;
                }),
                HasSubstr("its rank is 4 and not 16; its alpha is 8 and not 32."));
    EXPECT_THAT(refusal([](auto& settings) { settings.scales = "1,2,3,6"; }),
                HasSubstr("its list of experts' scales is 1,2,3,4 and not 1,2,3,6."));
    EXPECT_THAT(refusal([](auto& settings) { settings.topExperts = 2; }), HasSubstr("kept experts"));
    EXPECT_THAT(refusal([](auto& settings) { settings.gate = messages::GateMode::Paper; }),
                HasSubstr("its gate is informative and not paper."));
    EXPECT_THAT(refusal([](auto& settings) { settings.projections = "q,v"; }),
                HasSubstr("its list of projections is q,k,v and not q,v."));
    EXPECT_THAT(refusal([](auto& settings) { settings.blocks = 1; }), HasSubstr("number of blocks"));

    messages::AdaptationSettings usual;
    usual.scales = "1,2,3,4";  // which they are without a list too
    EXPECT_TRUE(peft::startFrom(files, base, usual, kClasses, "mine"));
    const auto missing = peft::startFrom(
        withTensors(files,
                    [](NamedTensors& tensors) {
                        tensors.tensors.erase(
                            "base_model.model.vision_encoder.layers.1.attn.qkv.lora_A.weight");
                    }),
        base, {}, kClasses, "mine");
    ASSERT_FALSE(missing);
    EXPECT_THAT(describe(missing.error()), HasSubstr("1 tensor is missing"));
    base->checkpointSha256 = "ffff";
    const auto ofAnother = peft::startFrom(files, base, {}, kClasses, "mine");
    ASSERT_FALSE(ofAnother);
    EXPECT_EQ(ofAnother.error().code, ErrorCode::AdapterMismatch);
}

TEST(AdapterFile, RefusesConfigurationsThatAreNotAsTheyShouldBe) {
    const sam::Sam base = frozenNetwork(smallTinyVitDescription());
    const AdapterFiles files = convLoraFiles(base);
    const std::vector<std::function<void(nlohmann::json&)>> changes = {
        [](nlohmann::json& json) { json.erase("r"); },
        [](nlohmann::json& json) { json["r"] = "four"; },
        [](nlohmann::json& json) { json["r"] = -1; },
        [](nlohmann::json& json) { json["conv_lora_gate"] = "open"; },
        [](nlohmann::json& json) { json["finebrush"]["format"] = 2; },
        [](nlohmann::json& json) { json["finebrush"]["method"] = "magic"; },
        [](nlohmann::json& json) { json["finebrush"]["classes"] = nlohmann::json::array(); },
        [](nlohmann::json& json) { json["finebrush"]["classes"][0]["value"] = kMaxClasses; },
        [](nlohmann::json& json) { json["finebrush"]["classes"][0]["value"] = 4; },
        [](nlohmann::json& json) { json["finebrush"].erase("base"); },
        [](nlohmann::json& json) { json["finebrush"]["scales"] = "one,two"; },
        [](nlohmann::json& json) { json = nlohmann::json::array(); },
    };
    for (size_t i = 0; i < changes.size(); ++i) {
        const auto loaded = peft::loadAdapter(withConfig(files, changes[i]), base, "mine");
        ASSERT_FALSE(loaded) << i;
        EXPECT_EQ(loaded.error().code, ErrorCode::AdapterMalformed) << i << ": " << describe(loaded.error());
    }
    AdapterFiles noJson = files;
    noJson[peft::kAdapterConfigFile] = {'{', '"'};
    expectRefused(noJson, base, ErrorCode::AdapterMalformed, "adapter_config.json");
    for (const char* name : {peft::kAdapterConfigFile, peft::kAdapterTensorsFile}) {
        AdapterFiles one = files;
        one.erase(name);
        expectRefused(one, base, ErrorCode::AdapterMalformed, name);
    }
    AdapterFiles cut = files;
    cut[peft::kAdapterTensorsFile].resize(cut[peft::kAdapterTensorsFile].size() / 2);
    expectRefused(cut, base, ErrorCode::AdapterMalformed, "mine");
}

}  // namespace finebrush::testing
