#include "core/peft/adapter_method.h"

#include "core/messages/adaptation_methods.h"
#include "core/peft/adapted_sam.h"
#include "tests/core/sam/network_fixtures.h"

#include <gmock/gmock.h>

namespace finebrush::testing {

using messages::AdaptationMethod;
using messages::AdaptationSettings;
using messages::RankMeaning;

namespace {

int64_t weightsThatTrain(const sam::Sam& base, const AdaptationSettings& settings) {
    auto network = peft::AdaptedSam::make(base, settings, 2);
    if (!network) throw std::runtime_error(describe(network.error()));
    return (*network)->trainableParameterCount();
}

}  // namespace

TEST(AdapterMethods, AreThoseThatTheWindowOffers) {
    std::vector<std::string> offered;
    for (const AdaptationMethod& method : messages::kAdaptationMethods) offered.emplace_back(method.name);
    EXPECT_EQ(peft::adapterMethodNames(), offered);
    EXPECT_EQ(offered.front(), AdaptationSettings().method);
}

TEST(AdapterMethods, LookAtTheSettingsThatTheWindowOffersForThem) {
    const sam::Sam base = frozenNetwork(smallTinyVitDescription());
    const torch::Tensor image = randomImage(base, 1);
    for (const AdaptationMethod& method : messages::kAdaptationMethods) {
        AdaptationSettings settings;
        settings.method = method.name;
        const int64_t weights = weightsThatTrain(base, settings);
        AdaptationSettings wider = settings;
        wider.rank *= 2;
        EXPECT_EQ(weightsThatTrain(base, wider) != weights, method.rank != RankMeaning::None) << method.name;
        AdaptationSettings moreScales = settings;
        ++moreScales.experts;
        EXPECT_EQ(weightsThatTrain(base, moreScales) != weights, method.hasExperts) << method.name;

        const torch::NoGradGuard noGrad;
        const auto network = peft::AdaptedSam::make(base, settings, 2);
        (*network)->encode((*network)->frozenPart(image));
        EXPECT_EQ(!(*network)->traces().empty(), method.hasGate) << method.name;
    }
}

TEST(AdapterMethods, RefuseAnEncoderThatTheyFindNothingIn) {
    sam::SamDescription description = smallTinyVitDescription();
    for (size_t i = 1; i < description.encoder.layers.size(); ++i) description.encoder.layers[i].depth = 0;
    const sam::Sam base = frozenNetwork(description);
    for (const char* method : {"conv_lora", "lora", "adapter", "sam_adapter", "vpt", "ssf"}) {
        AdaptationSettings settings;
        settings.method = method;
        const auto network = peft::AdaptedSam::make(base, settings, 2);
        ASSERT_FALSE(network) << method;
        EXPECT_EQ(network.error().code, ErrorCode::OptionInvalid);
        EXPECT_THAT(describe(network.error()),
                    ::testing::HasSubstr(std::string(method) + "” is not allowed"));
        EXPECT_THAT(describe(network.error()), ::testing::HasSubstr("no attention to adapt"));
    }
    for (const char* method : {"decoder_only", "bitfit", "lst", "full"}) {
        AdaptationSettings settings;
        settings.method = method;
        EXPECT_TRUE(peft::AdaptedSam::make(base, settings, 2)) << method;
    }
}

TEST(AdapterMethods, AreNotConcernedByWhatTheyDoNotLookAt) {
    const sam::Sam base = frozenNetwork(smallTinyVitDescription());
    AdaptationSettings settings;
    settings.method = "bitfit";
    settings.blocks = 99;
    settings.projections = "x";
    settings.scales = "1,2";
    settings.rank = -1;
    const auto network = peft::AdaptedSam::make(base, settings, 2);
    EXPECT_TRUE(network) << describe(network.error());
}

TEST(AdapterMethods, MergeIntoTheWeightsWhereTheyAreAChangeOfThem) {
    const torch::NoGradGuard noGrad;
    for (const bool vit : {false, true}) {
        const sam::Sam base = frozenNetwork(vit ? smallVitDescription() : smallTinyVitDescription());
        const torch::Tensor image = randomImage(base, 2);
        const torch::Tensor before = base->image_encoder->forward(image).embedding;
        for (const std::string& method : peft::adapterMethodNames()) {
            AdaptationSettings settings;
            settings.method = method;
            settings.projections = "q,v,mlp";
            {
                const auto network = std::move(*peft::AdaptedSam::make(base, settings, 2));
                torch::manual_seed(3);
                for (const auto& parameter : network->trainableParameters())
                    torch::Tensor(parameter.value()).add_(torch::randn_like(parameter.value()), 0.1);
                const torch::Tensor adapted = network->encode(network->frozenPart(image)).embedding;
                const auto parameters = network->trainableParameters();
                const bool isMerged = network->merge();
                EXPECT_EQ(isMerged, method == "ssf" || method == "lora") << method;
                EXPECT_THAT(network->encode(network->frozenPart(image)).embedding, IsCloseTo(adapted, 1e-5))
                    << method;
                if (!isMerged) continue;
                EXPECT_FALSE(torch::allclose(adapted, before, 0, 1e-3)) << method;
                for (const sam::AdaptableLayer& layer : base->image_encoder->adaptableLayers())
                    EXPECT_EQ(layer.linear->adapter, nullptr) << method << ": " << layer.name;
                for (const auto& parameter : network->trainableParameters())
                    EXPECT_TRUE(torch::equal(parameter.value(), parameters[parameter.key()])) << method;
            }
            EXPECT_TRUE(torch::equal(base->image_encoder->forward(image).embedding, before)) << method;
            for (const auto& parameter : base->image_encoder->parameters())
                EXPECT_FALSE(parameter.requires_grad()) << method;
        }
    }
}

}  // namespace finebrush::testing
