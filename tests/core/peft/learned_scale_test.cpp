#include "core/peft/conv_lora.h"
#include "core/peft/initialisation.h"

#include <gmock/gmock.h>

namespace finebrush::testing {

using messages::GateMode;

namespace {

constexpr int64_t kImages = 24;
constexpr int64_t kSide = 16;
constexpr int64_t kFeatures = 4;
constexpr int kSteps = 200;

/// Features [images, kSide, kSide, kFeatures] of noise whose grains are so many px wide: brightness, how much
/// it differs from its neighbours, and a constant, since a gate has no bias. Mean and contrast are the same
/// for every width.
torch::Tensor grains(int64_t width) {
    torch::Tensor image = torch::randn({kImages, 1, kSide / width, kSide / width});
    image = torch::upsample_bilinear2d(image, {kSide, kSide}, false);
    const torch::Tensor mean = image.mean({2, 3}, true);
    image = (image - mean) / (image - mean).square().mean({2, 3}, true).sqrt();
    const torch::Tensor right = (image - image.roll(1, 3)).abs(), below = (image - image.roll(1, 2)).abs();
    return torch::cat({image, right, below, torch::ones_like(image)}, 1).permute({0, 2, 3, 1}).contiguous();
}

/// A layer of these experts, whose weights depend on their scales alone.
peft::ConvLora layerWith(const std::vector<int>& scales, GateMode gate) {
    peft::ConvLora layer(
        peft::LowRankShape{
            .inFeatures = kFeatures, .outFeatures = kFeatures, .rank = kFeatures, .alpha = kFeatures},
        peft::ExpertOptions{.scales = scales, .topExperts = 1, .gate = gate});
    const torch::NoGradGuard noGradient;
    layer->lora_A.copy_(torch::eye(kFeatures));
    layer->lora_B.copy_(torch::eye(kFeatures));
    for (size_t i = 0; i < scales.size(); ++i) {
        at::Generator generator = peft::generatorOf(static_cast<uint64_t>(scales[i]));
        auto& expert =
            *layer->lora_moe_experts->at<torch::nn::SequentialImpl>(i).ptr<torch::nn::Conv2dImpl>(0);
        expert.weight.normal_(0, 0.5, generator);
        expert.bias.normal_(0, 0.5, generator);
    }
    layer->eval();
    return layer;
}

torch::Tensor outputOf(peft::ConvLora layer, const torch::Tensor& x) {
    return layer->adapt(x, torch::zeros({x.size(0) * kSide * kSide, kFeatures}));
}

/// What a layer gives whose only expert works at a scale.
torch::Tensor taught(int scale, const torch::Tensor& x) {
    const torch::NoGradGuard noGradient;
    return outputOf(layerWith({scale}, GateMode::Informative), x);
}

/// How many of the images the first expert is used for, as it is reported.
double shareOfFirst(peft::ConvLora layer, const torch::Tensor& x) {
    const torch::NoGradGuard noGradient;
    outputOf(layer, x);
    return (layer->lastDecision().gates.select(1, 0) > 0).to(torch::kFloat32).mean().item<double>();
}

}  // namespace

// Fine grains are to be seen by the expert of scale 1 and coarse ones by that of scale 4, which is what a
// gate is for. It begins without a preference and learns from the outputs alone; the usage that is reported
// must show what it has learned, on images that it has not seen.
TEST(LearnedScale, TheReportedUsageFollowsTheScaleOfWhatIsInTheImage) {
    torch::manual_seed(1);
    const torch::Tensor fine = grains(1), coarse = grains(8);
    const torch::Tensor x = torch::cat({fine, coarse});
    const torch::Tensor wanted = torch::cat({taught(1, fine), taught(4, coarse)});

    peft::ConvLora layer = layerWith({1, 4}, GateMode::Informative);
    torch::optim::Adam optimizer({layer->lora_moe_gating->w_gate, layer->lora_moe_gating->w_noise},
                                 torch::optim::AdamOptions(0.1));
    layer->train();
    for (int step = 0; step < kSteps; ++step) {
        optimizer.zero_grad();
        const torch::Tensor loss = (outputOf(layer, x) - wanted).square().mean();
        (loss + layer->lastDecision().balanceLoss).backward();
        optimizer.step();
    }
    layer->eval();
    EXPECT_GT(shareOfFirst(layer, grains(1)), 0.9);
    EXPECT_LT(shareOfFirst(layer, grains(8)), 0.1);
}

}  // namespace finebrush::testing
