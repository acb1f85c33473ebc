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
        (*network)->encode((*network)->stem(image));
        EXPECT_EQ(!(*network)->traces().empty(), method.hasGate) << method.name;
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

}  // namespace finebrush::testing
