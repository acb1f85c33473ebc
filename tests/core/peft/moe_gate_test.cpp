#include "core/peft/moe_gate.h"

#include "tests/core/sam/network_fixtures.h"

namespace finebrush::testing {

using messages::GateMode;

namespace {

peft::MoeGate gateOf(GateMode mode, int64_t topExperts = 1) {
    peft::MoeGate gate(4, 5, topExperts, mode);
    const torch::NoGradGuard noGrad;
    gate->w_gate.normal_();
    return gate;
}

/// The gradient of what a task would send through the gates, without the balance loss.
torch::Tensor taskGradient(GateMode mode) {
    peft::MoeGate gate = gateOf(mode);
    gate(torch::rand({7, 4, 3, 3}), torch::Tensor()).gates.square().sum().backward();
    const torch::Tensor gradient = gate->w_gate.grad();
    return gradient.defined() ? gradient : torch::zeros_like(gate->w_gate);
}

}  // namespace

TEST(MoeGate, KeepsTheWishedNumberOfExperts) {
    for (const GateMode mode : {GateMode::Paper, GateMode::Informative}) {
        for (int64_t k = 1; k <= 5; ++k) {
            const auto decision = gateOf(mode, k)(torch::rand({9, 4, 6, 6}), torch::Tensor());
            EXPECT_TRUE(((decision.gates > 0).sum(1) == k).all().item<bool>());
            EXPECT_TRUE((decision.gates.gather(1, decision.chosen) > 0).all().item<bool>());
        }
    }
}

TEST(MoeGate, PaperGatesSumToOneAndInformativeOnesAreTheProbabilitiesKept) {
    const torch::Tensor features = torch::rand({9, 4, 6, 6});
    const torch::Tensor paper = gateOf(GateMode::Paper, 2)(features, torch::Tensor()).gates.sum(1);
    EXPECT_THAT(paper, IsCloseTo(torch::ones({9}), 1e-6));

    peft::MoeGate gate = gateOf(GateMode::Informative, 2);
    const auto decision = gate(features, torch::Tensor());
    const torch::Tensor probabilities = torch::softmax(torch::matmul(features.mean({2, 3}), gate->w_gate), 1);
    EXPECT_THAT(decision.gates.gather(1, decision.chosen),
                IsCloseTo(probabilities.gather(1, decision.chosen), 1e-6));
    EXPECT_LT(decision.gates.sum(1).max().item<float>(), 1);
}

TEST(MoeGate, TheTaskTeachesTheInformativeGateOnly) {
    EXPECT_EQ(taskGradient(GateMode::Paper).abs().max().item<float>(), 0);
    EXPECT_GT(taskGradient(GateMode::Informative).abs().max().item<float>(), 1e-4);
}

TEST(MoeGate, BalanceLossFallsAsTheLoadEvensOut) {
    // One expert dominates; a few steps on the balance loss alone must spread the choices.
    for (const GateMode mode : {GateMode::Paper, GateMode::Informative}) {
        torch::manual_seed(3);
        peft::MoeGate gate(4, 4, 1, mode);
        {
            const torch::NoGradGuard noGrad;
            gate->w_gate.select(1, 2).fill_(0.4);
        }
        gate->train();
        const torch::Tensor features = torch::rand({64, 4, 3, 3}) + 0.5;
        torch::optim::Adam optimizer(gate->parameters(), 0.05);
        const auto loss = [&] { return gate(features, gate->drawNoise(64)).balanceLoss; };
        const double before = loss().item<double>();
        for (int step = 0; step < 60; ++step) {
            optimizer.zero_grad();
            loss().backward();
            optimizer.step();
        }
        EXPECT_LT(loss().item<double>(), 0.3 * before);
    }
}

TEST(MoeGate, DrawsNoiseInTrainingOnly) {
    peft::MoeGate gate = gateOf(GateMode::Paper);
    gate->train();
    EXPECT_EQ(gate->drawNoise(6).sizes(), (torch::IntArrayRef{6, 5}));
    gate->eval();
    EXPECT_FALSE(gate->drawNoise(6).defined());
}

TEST(MoeGate, ASingleExpertHasNothingToBalance) {
    peft::MoeGate gate(3, 1, 1, GateMode::Informative);
    const auto decision = gate(torch::rand({4, 3, 2, 2}), torch::randn({4, 1}));
    EXPECT_EQ(decision.balanceLoss.item<float>(), 0);
    EXPECT_TRUE(decision.gates.eq(1).all().item<bool>());
}

}  // namespace finebrush::testing
