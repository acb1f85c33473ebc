#include "core/peft/conv_lora.h"
#include "core/peft/moe_gate.h"
#include "core/selftest/golden_kinds.h"

#include <string>

namespace finebrush {

namespace {

void setValues(torch::Tensor parameter, const torch::Tensor& values) {
    const torch::NoGradGuard noGrad;
    TORCH_CHECK(parameter.sizes() == values.sizes(), "a parameter of the file has another shape");
    parameter.copy_(values);
}

torch::nn::Conv2d expertOf(peft::ConvLora layer, int64_t expert) {
    return torch::nn::Conv2d(
        layer->lora_moe_experts->at<torch::nn::SequentialImpl>(static_cast<size_t>(expert))
            .ptr<torch::nn::Conv2dImpl>(0));
}

std::string expertName(int64_t expert) {
    return "experts." + std::to_string(expert);
}

peft::ConvLora layerOf(const GoldenFile& golden) {
    const peft::LowRankShape shape{.inFeatures = golden.tensor("weight").size(1),
                                   .outFeatures = golden.tensor("weight").size(0),
                                   .rank = golden.integer("rank"),
                                   .alpha = golden.number("alpha")};
    const int64_t experts = golden.integer("experts");
    peft::ExpertOptions options{
        .scales = {}, .topExperts = golden.integer("top_k"), .gate = messages::GateMode::Paper};
    for (int scale = 1; scale <= experts; ++scale) options.scales.push_back(scale);
    peft::ConvLora layer(shape, options);
    setValues(layer->lora_A, golden.tensor("lora_A"));
    setValues(layer->lora_B, golden.tensor("lora_B"));
    setValues(layer->lora_moe_gating->w_gate, golden.tensor("w_gate"));
    setValues(layer->lora_moe_gating->w_noise, golden.tensor("w_noise"));
    for (int64_t i = 0; i < experts; ++i) {
        setValues(expertOf(layer, i)->weight, golden.tensor(expertName(i) + ".weight"));
        setValues(expertOf(layer, i)->bias, golden.tensor(expertName(i) + ".bias"));
    }
    return layer;
}

/// x through the frozen linear layer and the adapter, in the shape of the layer's output.
torch::Tensor outputOf(peft::ConvLora layer, const GoldenFile& golden, const torch::Tensor& x,
                       const torch::Tensor& noise) {
    const torch::Tensor y = torch::nn::functional::linear(x, golden.tensor("weight"), golden.tensor("bias"));
    return layer->adaptWithNoise(x, y.reshape({-1, y.size(-1)}), noise).view(y.sizes());
}

}  // namespace

std::vector<TensorVerdict> checkConvLora(const GoldenFile& golden) {
    Comparison comparison(golden);
    peft::ConvLora layer = layerOf(golden);
    {
        const torch::NoGradGuard noGrad;
        comparison.forward("eval.output", outputOf(layer, golden, golden.tensor("x"), {}));
        comparison.forward("eval.gates", layer->lastDecision().gates);
        comparison.forward("eval.moe_loss", layer->lastDecision().balanceLoss);
    }

    const torch::Tensor x = golden.tensor("x").clone().requires_grad_();
    const torch::Tensor output = outputOf(layer, golden, x, golden.tensor("train.noise"));
    const torch::Tensor balanceLoss = layer->lastDecision().balanceLoss;
    comparison.forward("train.output", output);
    comparison.forward("train.moe_loss", balanceLoss);

    ((output * golden.tensor("train.cotangent")).sum() + balanceLoss).backward();
    comparison.gradient("grad.x", x.grad());
    comparison.gradient("grad.lora_A", layer->lora_A.grad());
    comparison.gradient("grad.lora_B", layer->lora_B.grad());
    comparison.gradient("grad.w_gate", layer->lora_moe_gating->w_gate.grad());
    comparison.gradient("grad.w_noise", layer->lora_moe_gating->w_noise.grad());
    for (int64_t i = 0; i < golden.integer("experts"); ++i) {
        comparison.gradient("grad." + expertName(i) + ".weight", expertOf(layer, i)->weight.grad());
        comparison.gradient("grad." + expertName(i) + ".bias", expertOf(layer, i)->bias.grad());
    }
    return std::move(comparison).verdicts();
}

std::vector<TensorVerdict> checkMoeGate(const GoldenFile& golden) {
    const torch::NoGradGuard noGrad;
    Comparison comparison(golden);
    const torch::Tensor x = golden.tensor("x");
    peft::MoeGate gate(x.size(1), golden.tensor("w_gate").size(1), golden.integer("top_k"),
                       messages::GateMode::Paper);
    setValues(gate->w_gate, golden.tensor("w_gate"));
    setValues(gate->w_noise, golden.tensor("w_noise"));

    const peft::GateDecision evaluated = gate(x, torch::Tensor());
    comparison.forward("eval.gates", evaluated.gates);
    comparison.forward("eval.loss", evaluated.balanceLoss);
    const peft::GateDecision trained = gate(x, golden.tensor("train.noise"));
    comparison.forward("train.gates", trained.gates);
    comparison.forward("train.loss", trained.balanceLoss);
    return std::move(comparison).verdicts();
}

}  // namespace finebrush
