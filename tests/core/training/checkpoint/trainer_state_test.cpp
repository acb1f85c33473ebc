#include "core/training/checkpoint/trainer_state.h"

#include <gtest/gtest.h>

namespace finebrush::training {
namespace {

peft::NamedParameters twoWeights() {
    peft::NamedParameters weights;
    weights.insert("a", torch::ones({3}).requires_grad_());
    weights.insert("b", torch::ones({2, 2}).requires_grad_());
    return weights;
}

/// A step in which only "a" has a gradient.
void stepOn(const peft::NamedParameters& weights, torch::optim::AdamW& optimizer) {
    optimizer.zero_grad();
    (weights["a"] * torch::tensor({1.0f, 2.0f, 3.0f})).square().sum().backward();
    optimizer.step();
}

TEST(TrainerState, AnOptimiserGoesOnWithItsMoments) {
    const peft::NamedParameters weights = twoWeights();
    torch::optim::AdamW optimizer(weights.values(), torch::optim::AdamWOptions(0.1));
    stepOn(weights, optimizer);
    NamedTensors state;
    putValues(state, "weight", weights, weights.values());
    putMoments(state, optimizer, weights);
    EXPECT_FALSE(state.tensors.contains("optimizer.exp_avg.b")) << "it has had no gradient";

    const peft::NamedParameters others = twoWeights();
    torch::optim::AdamW other(others.values(), torch::optim::AdamWOptions(0.1));
    const std::vector<torch::Tensor> values = valuesIn(state, "weight", others);
    for (size_t i = 0; i < values.size(); ++i) others[i].value().detach().copy_(values[i]);
    takeMoments(state, other, others);
    stepOn(weights, optimizer);
    stepOn(others, other);
    EXPECT_TRUE(torch::equal(weights["a"], others["a"]));

    torch::optim::AdamW forgetful(others.values(), torch::optim::AdamWOptions(0.1));
    stepOn(weights, optimizer);
    stepOn(others, forgetful);
    EXPECT_FALSE(torch::equal(weights["a"], others["a"])) << "the moments matter";
}

TEST(TrainerState, AValueUnlikeItsWeightIsRefused) {
    const peft::NamedParameters weights = twoWeights();
    NamedTensors state;
    putValues(state, "weight", weights, {torch::ones({3}), torch::ones({4})});
    EXPECT_THROW(valuesIn(state, "weight", weights), std::invalid_argument);
    EXPECT_THROW(valuesIn(state, "mean", weights), std::invalid_argument);
    EXPECT_THROW(tensorIn(state, "order"), std::invalid_argument);
}

}  // namespace
}  // namespace finebrush::training
