#include "core/training/checkpoint/trainer_state.h"

#include <memory>
#include <stdexcept>

namespace finebrush::training {

namespace {

constexpr char kSteps[] = "optimizer.step.";
constexpr char kFirst[] = "optimizer.exp_avg.";
constexpr char kSecond[] = "optimizer.exp_avg_sq.";

torch::Tensor valueLike(const torch::Tensor& weight, const NamedTensors& state, const std::string& name) {
    const torch::Tensor& value = tensorIn(state, name);
    if (value.sizes() != weight.sizes() || value.scalar_type() != weight.scalar_type()) {
        throw std::invalid_argument("the tensor " + name + " is of another shape");
    }
    return value.to(weight.device(), weight.scalar_type(), /*non_blocking=*/false, /*copy=*/true);
}

}  // namespace

const torch::Tensor& tensorIn(const NamedTensors& state, const std::string& name) {
    const torch::Tensor* value = state.tensors.find(name);
    if (!value) throw std::invalid_argument("the tensor " + name + " is missing");
    return *value;
}

void putValues(NamedTensors& state, const std::string& kind, const peft::NamedParameters& weights,
               const std::vector<torch::Tensor>& values) {
    for (size_t i = 0; i < values.size(); ++i) {
        state.tensors.insert(kind + "." + weights[i].key(), values[i].detach());
    }
}

std::vector<torch::Tensor> valuesIn(const NamedTensors& state, const std::string& kind,
                                    const peft::NamedParameters& weights) {
    std::vector<torch::Tensor> values;
    for (const auto& weight : weights) {
        values.push_back(valueLike(weight.value(), state, kind + "." + weight.key()));
    }
    return values;
}

void putMoments(NamedTensors& state, const torch::optim::AdamW& optimizer,
                const peft::NamedParameters& weights) {
    for (const auto& weight : weights) {
        const auto found = optimizer.state().find(weight.value().unsafeGetTensorImpl());
        if (found == optimizer.state().end()) continue;
        const auto& ofWeight = static_cast<const torch::optim::AdamWParamState&>(*found->second);
        state.tensors.insert(kSteps + weight.key(), torch::tensor({ofWeight.step()}, torch::kInt64));
        state.tensors.insert(kFirst + weight.key(), ofWeight.exp_avg());
        state.tensors.insert(kSecond + weight.key(), ofWeight.exp_avg_sq());
    }
}

void takeMoments(const NamedTensors& state, torch::optim::AdamW& optimizer,
                 const peft::NamedParameters& weights) {
    optimizer.state().clear();
    for (const auto& weight : weights) {
        const torch::Tensor* step = state.tensors.find(kSteps + weight.key());
        if (!step) continue;
        auto ofWeight = std::make_unique<torch::optim::AdamWParamState>();
        ofWeight->step(step->item<int64_t>());
        ofWeight->exp_avg(valueLike(weight.value(), state, kFirst + weight.key()));
        ofWeight->exp_avg_sq(valueLike(weight.value(), state, kSecond + weight.key()));
        optimizer.state()[weight.value().unsafeGetTensorImpl()] = std::move(ofWeight);
    }
}

}  // namespace finebrush::training
