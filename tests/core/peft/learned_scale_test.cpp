#include "core/peft/adapted_sam.h"
#include "core/peft/initialisation.h"
#include "tests/core/sam/network_fixtures.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace finebrush::testing {

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

/// A layer of an adapted network, the qkv of its last block, that is given grains in place of what the
/// network would give it. Its experts' weights depend on their scales alone.
class Layer {
  public:
    Layer(const std::vector<int>& scales, int topExperts) : base_(frozenNetwork(smallVitDescription())) {
        messages::AdaptationSettings settings;
        settings.rank = kFeatures;
        settings.alpha = kFeatures;
        settings.experts = static_cast<int>(scales.size());
        settings.topExperts = topExperts;
        settings.blocks = 1;
        for (const int scale : scales) {
            if (!settings.scales.empty()) settings.scales += ',';
            settings.scales += std::to_string(scale);
        }
        network_ = std::move(*peft::AdaptedSam::make(base_, settings, 1));
        const torch::NoGradGuard noGradient;
        for (const char* name : {"lora_A", "lora_B"}) {
            parameter(name).zero_();
            parameter(name).narrow(0, 0, kFeatures).narrow(1, 0, kFeatures).copy_(torch::eye(kFeatures));
        }
        for (size_t i = 0; i < scales.size(); ++i) {
            at::Generator generator = peft::generatorOf(static_cast<uint64_t>(scales[i]));
            const std::string expert = "lora_moe_experts." + std::to_string(i) + ".0.";
            parameter(expert + "weight").normal_(0, 0.5, generator);
            parameter(expert + "bias").normal_(0, 0.5, generator);
        }
    }

    torch::Tensor parameter(const std::string& name) {
        return network_->trainableParameters()["image_encoder.blocks.1.attn.qkv." + name];
    }
    peft::AdaptedSam& network() { return *network_; }

    /// grains → what becomes of their features.
    torch::Tensor output(const torch::Tensor& x) {
        const std::vector<sam::AdaptableLayer> layers = base_->image_encoder->adaptableLayers();
        const auto layer = std::ranges::find(layers, "blocks.1.attn.qkv", &sam::AdaptableLayer::name);
        sam::AdaptableLinear linear = layer->linear;
        const torch::Tensor channels = torch::constant_pad_nd(x, {0, linear->inFeatures() - kFeatures});
        return linear(channels).narrow(-1, 0, kFeatures);
    }

    /// How much the first expert is used for images, as it is reported.
    double shareOfFirst(const torch::Tensor& x) {
        const torch::NoGradGuard noGradient;
        output(x);
        return network_->expertUsage().at(0).shares.at(0);
    }

  private:
    sam::Sam base_;
    std::unique_ptr<peft::AdaptedSam> network_;
};

/// What a layer gives whose only expert works at a scale.
torch::Tensor taught(int scale, const torch::Tensor& x) {
    const torch::NoGradGuard noGradient;
    return Layer({scale}, 1).output(x);
}

}  // namespace

// Fine grains are to be seen by the expert of scale 1 and coarse ones by that of scale 4, which is what a
// gate is for. It begins without a preference and learns from the outputs alone; the usage that is reported
// must show what it has learned, on images that it has not seen: also where all experts are kept, and only
// their weights can tell.
TEST(LearnedScale, TheReportedUsageFollowsTheScaleOfWhatIsInTheImage) {
    for (const int topExperts : {1, 2}) {
        Layer layer({1, 4}, topExperts);
        torch::manual_seed(1);
        const torch::Tensor fine = grains(1), coarse = grains(8);
        const torch::Tensor x = torch::cat({fine, coarse});
        const torch::Tensor wanted = torch::cat({taught(1, fine), taught(4, coarse)});

        torch::optim::Adam optimizer(
            {layer.parameter("lora_moe_gating.w_gate"), layer.parameter("lora_moe_gating.w_noise")},
            torch::optim::AdamOptions(0.1));
        layer.network().setTraining(true);
        for (int step = 0; step < kSteps; ++step) {
            optimizer.zero_grad();
            const torch::Tensor loss = (layer.output(x) - wanted).square().mean();
            (loss + layer.network().balanceLoss()).backward();
            optimizer.step();
        }
        layer.network().setTraining(false);
        EXPECT_GT(layer.shareOfFirst(grains(1)), 0.8) << topExperts;
        EXPECT_LT(layer.shareOfFirst(grains(8)), 0.2) << topExperts;
    }
}

}  // namespace finebrush::testing
