#include "core/peft/adapted_sam.h"

#include "core/checkpoint/load_state.h"
#include "tests/core/sam/network_fixtures.h"

#include <algorithm>
#include <set>

namespace finebrush::testing {

using messages::AdaptationSettings;
using peft::AdaptedSam;

namespace {

std::unique_ptr<AdaptedSam> adapted(const sam::Sam& base, const AdaptationSettings& settings,
                                    int64_t classes = 3) {
    auto network = AdaptedSam::make(base, settings, classes);
    if (!network) throw std::runtime_error(describe(network.error()));
    return std::move(*network);
}

AdaptationSettings methodNamed(const std::string& name) {
    AdaptationSettings settings;
    settings.method = name;
    settings.seed = 11;
    return settings;
}

std::map<std::string, torch::Tensor> copiesOf(const torch::nn::Module& module) {
    std::map<std::string, torch::Tensor> copies;
    for (const auto& entry : stateOf(module).tensors) copies[entry.key()] = entry.value().clone();
    return copies;
}

}  // namespace

/// What holds for every method, in both kinds of encoder.
class Method : public ::testing::TestWithParam<std::tuple<std::string, bool>> {
  protected:
    sam::Sam base =
        frozenNetwork(std::get<1>(GetParam()) ? smallVitDescription() : smallTinyVitDescription());
    AdaptationSettings settings = methodNamed(std::get<0>(GetParam()));
    torch::Tensor image = randomImage(base, 2);
};

TEST_P(Method, AFreshOneChangesNothing) {
    if (settings.method == "vpt") GTEST_SKIP() << "its tokens are seen from the start";
    const torch::NoGradGuard noGrad;
    const torch::Tensor before = base->image_encoder->forward(image).embedding;
    const auto network = adapted(base, settings);
    EXPECT_THAT(network->encode(network->frozenPart(image)).embedding, IsCloseTo(before, 2e-5));
}

TEST_P(Method, TrainsAllThatItListsAndNothingElse) {
    const auto network = adapted(base, settings);
    network->setTraining(true);
    std::set<std::string> names;
    // B of LoRA and its like starts at zero and hides what lies before it: one step opens the way for all
    // gradients.
    torch::optim::SGD optimizer(network->trainableParameters().values(), 0.1);
    for (int step = 0; step < 8; ++step) {
        optimizer.zero_grad();
        const torch::Tensor logits = network->forward(network->frozenPart(image));
        (logits.square().mean() + network->balanceLoss()).backward();
        for (const auto& parameter : network->trainableParameters()) {
            const torch::Tensor gradient = parameter.value().grad();
            if (gradient.defined() && gradient.abs().max().item<float>() > 0) names.insert(parameter.key());
        }
        optimizer.step();
    }
    for (const auto& parameter : network->trainableParameters()) {
        EXPECT_TRUE(names.contains(parameter.key())) << parameter.key() << " never gets a gradient";
        EXPECT_TRUE(parameter.value().is_leaf()) << parameter.key();
    }
    for (const auto& parameter : base->mask_decoder->named_parameters()) {
        EXPECT_FALSE(parameter.value().requires_grad()) << parameter.key();
    }
}

TEST_P(Method, LearnsThroughTheEncoder) {
    if (settings.method == "decoder_only") GTEST_SKIP() << "it has nothing in the encoder";
    const auto network = adapted(base, settings);
    network->setTraining(true);
    const torch::Tensor frozen = network->frozenPart(image);
    const torch::Tensor before = network->encode(frozen).embedding.detach();
    torch::optim::SGD optimizer(network->trainableParameters().values(), 0.5);
    for (int step = 0; step < 3; ++step) {
        optimizer.zero_grad();
        network->encode(frozen).embedding.square().mean().backward();
        optimizer.step();
    }
    network->setTraining(false);
    EXPECT_FALSE(torch::allclose(network->encode(frozen).embedding, before, 0, 1e-6));
}

TEST_P(Method, TheStemTrainsWithFullAndItsBiasesWithBitFitAlone) {
    const sam::ImageEncoderImpl& encoder = *base->image_encoder;
    const auto before = copiesOf(encoder);
    const auto network = adapted(base, settings);
    network->setTraining(true);
    torch::optim::Adam optimizer(network->trainableParameters().values(), torch::optim::AdamOptions(1e-3));
    for (int step = 0; step < 3; ++step) {
        optimizer.zero_grad();
        network->forward(network->frozenPart(image)).square().mean().backward();
        optimizer.step();
    }
    const auto parameters = encoder.named_parameters();
    for (const auto& entry : stateOf(encoder).tensors) {
        if (!encoder.isOfStem(entry.key())) continue;
        const bool isChosen =
            settings.method == "full" || (settings.method == "bitfit" && entry.key().ends_with(".bias"));
        const bool trains = isChosen && parameters.contains(entry.key());  // statistics never do
        EXPECT_EQ(entry.value().grad().defined(), trains) << entry.key();
        EXPECT_EQ(!torch::equal(entry.value(), before.at(entry.key())), trains) << entry.key();
    }
}

TEST_P(Method, TheBaseIsAsItWasAfterwards) {
    const auto weights = copiesOf(*base);
    torch::Tensor before, after;
    {
        const torch::NoGradGuard noGrad;
        before = base->image_encoder->forward(image).embedding;
    }
    {
        const auto network = adapted(base, settings);
        torch::optim::SGD optimizer(network->trainableParameters().values(), 0.5);
        network->forward(network->frozenPart(image)).square().mean().backward();
        optimizer.step();
    }
    for (const auto& entry : stateOf(*base).tensors) {
        EXPECT_TRUE(torch::equal(entry.value(), weights.at(entry.key()))) << entry.key();
        EXPECT_FALSE(entry.value().requires_grad()) << entry.key();
    }
    const torch::NoGradGuard noGrad;
    EXPECT_TRUE(torch::equal(base->image_encoder->forward(image).embedding, before));
}

TEST_P(Method, TheSameSeedGivesTheSameParameters) {
    const auto first = adapted(base, settings);
    const auto firstParameters = first->trainableParameters();
    AdaptationSettings other = settings;
    const auto second = adapted(base, other);
    for (const auto& parameter : second->trainableParameters()) {
        EXPECT_TRUE(torch::equal(parameter.value(), firstParameters[parameter.key()])) << parameter.key();
    }
    EXPECT_EQ(first->trainableParameterCount(), second->trainableParameterCount());
}

INSTANTIATE_TEST_SUITE_P(
    All, Method, ::testing::Combine(::testing::ValuesIn(peft::adapterMethodNames()), ::testing::Bool()),
    [](const auto& info) {
        return std::get<0>(info.param) + (std::get<1>(info.param) ? "InVit" : "InTinyVit");
    });

TEST(AdaptedSam, NamesParametersAsTheReferenceDoes) {
    const auto network = adapted(frozenNetwork(smallTinyVitDescription()), methodNamed("conv_lora"));
    const auto parameters = network->trainableParameters();
    for (const char* name :
         {"image_encoder.layers.1.blocks.0.attn.qkv.lora_A",
          "image_encoder.layers.2.blocks.1.attn.qkv.lora_moe_gating.w_noise",
          "image_encoder.layers.3.blocks.0.attn.qkv.lora_moe_experts.3.0.weight",
          "mask_decoder.mask_tokens.weight", "mask_decoder.output_hypernetworks_mlps.0.layers.2.bias"}) {
        EXPECT_TRUE(parameters.contains(name)) << name;
    }
}

TEST(AdaptedSam, TracesEveryGateOfTheLastPass) {
    const sam::Sam base = frozenNetwork(smallTinyVitDescription());
    const auto network = adapted(base, methodNamed("conv_lora"));
    EXPECT_TRUE(network->traces().empty());
    EXPECT_EQ(network->balanceLoss().item<float>(), 0);
    network->setTraining(true);
    network->forward(network->frozenPart(randomImage(base, 2)));
    const auto traces = network->traces();
    ASSERT_EQ(traces.size(), 4U);
    EXPECT_EQ(traces[0].layer, "layers.1.blocks.0");
    EXPECT_EQ(traces[0].weights.sizes(), (torch::IntArrayRef{2 * 4 * 4, 4}))
        << "16 × 16 tokens, windows of 5";
    EXPECT_TRUE(network->balanceLoss().requires_grad());
    for (const messages::ExpertUsage& usage : network->expertUsage()) {
        float sum = 0;
        for (const float share : usage.shares) sum += share;
        EXPECT_NEAR(sum, 1, 1e-6) << usage.layer;
    }
}

TEST(AdaptedSam, UsageTellsTheWeightOfTheExpertsAndOfOneThatIsKeptHowOftenItIs) {
    const torch::NoGradGuard noGrad;
    const sam::Sam base = frozenNetwork(smallTinyVitDescription());
    for (const messages::GateMode gate : {messages::GateMode::Informative, messages::GateMode::Paper}) {
        for (const int kept : {1, 4}) {
            AdaptationSettings settings;
            settings.gate = gate;
            settings.topExperts = kept;
            const auto network = adapted(base, settings);
            for (const auto& parameter : network->trainableParameters()) {
                if (parameter.key().ends_with(".w_gate")) torch::Tensor(parameter.value()).normal_(0, 5);
            }
            network->forward(network->frozenPart(randomImage(base)));
            const std::vector<float> shares = network->expertUsage()[0].shares;
            const torch::Tensor weights = network->traces()[0].weights;
            const float first = kept == 1 ? (weights > 0).to(torch::kFloat32).mean(0)[0].item<float>()
                                          : weights.mean(0)[0].item<float>();
            const bool addsAllAlike = gate == messages::GateMode::Paper && kept == 4;
            EXPECT_NEAR(shares[0], addsAllAlike ? 0.25F : first, 1e-5);
            const auto [least, most] = std::ranges::minmax(shares);
            EXPECT_EQ(most - least > 1e-3F, !addsAllAlike) << kept;
        }
    }
}

TEST(AdaptedSam, ANewerAdapterReplacesAnOlderOneAndComesOffAlone) {
    const torch::NoGradGuard noGrad;
    const sam::Sam base = frozenNetwork(smallTinyVitDescription());
    const torch::Tensor image = randomImage(base);
    const auto strengthen = [](AdaptedSam& network) {
        for (const auto& parameter : network.trainableParameters())
            torch::Tensor(parameter.value()).add_(0.1);
    };
    auto older = adapted(base, methodNamed("lora"));
    strengthen(*older);
    const torch::Tensor ofOlder = older->encode(older->frozenPart(image)).embedding;
    {
        const auto newer = adapted(base, methodNamed("lora"));
        EXPECT_FALSE(torch::equal(newer->encode(newer->frozenPart(image)).embedding, ofOlder));
    }
    EXPECT_TRUE(torch::equal(older->encode(older->frozenPart(image)).embedding, ofOlder));

    const auto newer = adapted(base, methodNamed("lora"));
    const torch::Tensor ofNewer = newer->encode(newer->frozenPart(image)).embedding;
    older.reset();
    EXPECT_TRUE(torch::equal(newer->encode(newer->frozenPart(image)).embedding, ofNewer));
}

TEST(AdaptedSam, RefusesSettingsThatMakeNoSense) {
    const sam::Sam base = frozenNetwork(smallTinyVitDescription());
    const auto refuses = [&base](const AdaptationSettings& settings, int64_t classes = 2) {
        const auto network = AdaptedSam::make(base, settings, classes);
        return !network && network.error().code == ErrorCode::OptionInvalid;
    };
    AdaptationSettings settings;
    EXPECT_FALSE(refuses(settings));
    EXPECT_TRUE(refuses(settings, 0));
    EXPECT_TRUE(refuses(settings, kMaxClasses + 1));
    EXPECT_TRUE(refuses(methodNamed("magic")));
    settings.rank = 0;
    EXPECT_TRUE(refuses(settings));
    settings = {};
    settings.experts = 0;
    EXPECT_TRUE(refuses(settings));
    settings = {};
    settings.topExperts = settings.experts + 1;
    EXPECT_TRUE(refuses(settings));
}

}  // namespace finebrush::testing
