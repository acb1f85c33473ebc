#include "core/peft/conv_lora.h"
#include "core/sam/build_sam.h"
#include "core/selftest/golden_kinds.h"
#include "core/training/losses/losses.h"

#include <stdexcept>
#include <string>

namespace finebrush {

namespace {

constexpr double kLossTolerance = 1e-3;
constexpr int64_t kDecoderHeads = 4;

sam::Sam networkOf(const GoldenFile& golden) {
    NamedTensors state;
    for (const auto& entry : golden.below("before").tensors) {
        const bool ofAdapter = entry.key().find(".lora_") != std::string::npos;
        if (!ofAdapter) state.tensors.insert(entry.key(), entry.value());
    }
    auto description = sam::describeNetwork(state, "golden");
    if (!description) throw std::runtime_error(describe(description.error()));
    description->decoder.heads = kDecoderHeads;
    auto network = sam::buildSam(*description, state, "golden");
    if (!network) throw std::runtime_error(describe(network.error()));
    return *network;
}

/// A network with Conv-LoRA in every qkv, in paper mode; its gates draw no noise.
class Subject {
  public:
    explicit Subject(const GoldenFile& golden) : network(networkOf(golden)) {
        messages::AdaptationSettings settings;
        settings.gate = messages::GateMode::Paper;
        settings.rank = static_cast<int>(golden.integer("rank"));
        settings.alpha = golden.number("alpha");
        settings.experts = static_cast<int>(golden.integer("experts"));
        method = peft::makeConvLora(network->image_encoder, settings);
        method->attach();

        const torch::NoGradGuard noGrad;
        for (const auto& parameter : method->parameters()) {
            const std::string name = "image_encoder." + parameter.key();
            torch::Tensor values = parameter.value();
            values.copy_(golden.tensor("before." + name));
            trained.insert(name, values);
        }
        for (const auto& parameter : network->mask_decoder->named_parameters()) {
            if (parameter.key().starts_with("iou_prediction_head.")) continue;
            trained.insert("mask_decoder." + parameter.key(), parameter.value().requires_grad_(true));
        }
    }

    /// The decoder's single mask without prompts: [B, 1, 4h, 4w].
    torch::Tensor masks(const torch::Tensor& images) {
        const torch::Tensor embedding = network->image_encoder->forward(images).embedding;
        const int64_t batch = images.size(0);
        const sam::PromptEmbeddings none = network->prompt_encoder(sam::Prompts{});
        const sam::PromptEmbeddings prompts{none.sparse.expand({batch, -1, -1}), none.dense};
        return network->mask_decoder(embedding, network->prompt_encoder->densePositions(), prompts)
            .logits.slice(1, 0, 1);
    }

    torch::Tensor balanceLoss() const {
        torch::Tensor sum = torch::zeros({});
        for (const peft::AdapterTrace& trace : method->traces()) sum = sum + trace.balanceLoss;
        return sum;
    }

    sam::Sam network;
    std::unique_ptr<peft::AdapterMethod> method;
    torch::OrderedDict<std::string, torch::Tensor> trained;
};

}  // namespace

std::vector<TensorVerdict> checkTrajectory(const GoldenFile& golden) {
    Comparison comparison(golden);
    Subject subject(golden);
    torch::optim::AdamW optimizer(
        subject.trained.values(),
        torch::optim::AdamWOptions(golden.number("lr")).weight_decay(golden.number("weight_decay")));

    const torch::Tensor images = golden.tensor("images"), targets = golden.tensor("targets");
    std::vector<torch::Tensor> losses;
    for (int64_t step = 0; step < images.size(0); ++step) {
        const torch::Tensor task = structureLoss(subject.masks(images[step]), targets[step]);
        const torch::Tensor balance = subject.balanceLoss();
        const torch::Tensor total = task + balance;
        optimizer.zero_grad();
        total.backward();
        torch::nn::utils::clip_grad_norm_(subject.trained.values(), golden.number("clip_norm"));
        optimizer.step();
        losses.push_back(torch::stack({task, balance, total}).detach());
    }
    comparison.compare("losses", torch::stack(losses), kLossTolerance);
    for (const auto& parameter : subject.trained) {
        const std::string name = "after." + parameter.key();
        if (golden.contains(name)) comparison.compare(name, parameter.value(), kLossTolerance);
    }
    return std::move(comparison).verdicts();
}

}  // namespace finebrush
