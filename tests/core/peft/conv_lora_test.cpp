#include "core/peft/conv_lora.h"

#include "core/peft/initialisation.h"
#include "tests/core/sam/network_fixtures.h"

namespace finebrush::testing {

using messages::GateMode;
namespace F = torch::nn::functional;

namespace {

torch::Tensor scaled(const torch::Tensor& map, int64_t height, int64_t width) {
    return F::interpolate(map, F::InterpolateFuncOptions()
                                   .size(std::vector<int64_t>{height, width})
                                   .mode(torch::kBicubic)
                                   .align_corners(false));
}

/// What an expert is by definition: enlarge, convolve, bring back.
torch::Tensor byDefinition(const torch::Tensor& map, int64_t ratio, const torch::Tensor& weight,
                           const torch::Tensor& bias) {
    const int64_t height = map.size(2), width = map.size(3);
    const torch::Tensor enlarged = scaled(map, ratio * height, ratio * width);
    return scaled(torch::gelu(torch::conv2d(enlarged, weight, bias, 1, 1)), height, width);
}

peft::ConvLora randomLayer(GateMode mode, int64_t topExperts = 1) {
    peft::ConvLora layer(peft::LowRankShape{.inFeatures = 12, .outFeatures = 20, .rank = 3, .alpha = 6},
                         peft::ExpertOptions{.scales = {1, 2, 3, 4}, .topExperts = topExperts, .gate = mode});
    layer->eval();
    const torch::NoGradGuard noGrad;
    for (torch::Tensor& parameter : layer->parameters()) parameter.normal_();
    return layer;
}

/// The formula of the paper with every expert computed for every sample.
torch::Tensor dense(peft::ConvLora layer, const torch::Tensor& x, const torch::Tensor& y, GateMode mode) {
    const int64_t side = 6;
    const torch::Tensor map =
        torch::matmul(x, layer->lora_A.t()).transpose(1, 2).reshape({x.size(0), 3, side, side});
    const auto decision = layer->lora_moe_gating(map, torch::Tensor());
    const torch::Tensor weights =
        mode == GateMode::Paper ? (decision.gates > 0).to(torch::kFloat32) : decision.gates;
    torch::Tensor sum = map;
    for (int64_t i = 0; i < 4; ++i) {
        const auto convolution =
            layer->lora_moe_experts->at<torch::nn::SequentialImpl>(static_cast<size_t>(i))
                .ptr<torch::nn::Conv2dImpl>(0);
        sum = sum + weights.select(1, i).view({-1, 1, 1, 1}) *
                        byDefinition(map, i + 1, convolution->weight, convolution->bias);
    }
    return y + 2 * torch::matmul(sum.flatten(2).transpose(1, 2), layer->lora_B.t()).reshape(y.sizes());
}

}  // namespace

class ScaledConvolution : public ::testing::TestWithParam<int64_t> {};

TEST_P(ScaledConvolution, IsEnlargingConvolvingAndBringingBack) {
    for (const auto& [height, width] : {std::pair{7, 7}, std::pair{5, 9}, std::pair{1, 4}}) {
        const torch::Tensor map = torch::randn({3, 2, height, width}).requires_grad_();
        const torch::Tensor weight = torch::randn({2, 2, 3, 3}).requires_grad_();
        const torch::Tensor bias = torch::randn({2}).requires_grad_();
        peft::ScaledConvolution convolution(GetParam());
        const torch::Tensor ours = convolution.forward(map, weight, bias);
        const torch::Tensor theirs = byDefinition(map, GetParam(), weight, bias);
        EXPECT_THAT(ours, IsCloseTo(theirs, 1e-5));

        const torch::Tensor cotangent = torch::randn_like(theirs);
        const auto gradients = torch::autograd::grad({ours}, {map, weight, bias}, {cotangent});
        const auto expected = torch::autograd::grad({theirs}, {map, weight, bias}, {cotangent});
        for (size_t i = 0; i < expected.size(); ++i) EXPECT_THAT(gradients[i], IsCloseTo(expected[i], 1e-4));
    }
}

INSTANTIATE_TEST_SUITE_P(Ratios, ScaledConvolution, ::testing::Range<int64_t>(1, 9));

TEST(ConvLora, ComputesOnlyTheChosenExpertsAndAgreesWithComputingAll) {
    const torch::NoGradGuard noGrad;
    for (const GateMode mode : {GateMode::Paper, GateMode::Informative}) {
        for (const int64_t k : {1, 2, 4}) {
            peft::ConvLora layer = randomLayer(mode, k);
            const torch::Tensor x = torch::randn({11, 36, 12}), y = torch::randn({11 * 36, 20});
            const torch::Tensor expected = dense(layer, x, y, mode);
            EXPECT_THAT(layer->adapt(x, y.clone()), IsCloseTo(expected, 1e-3));
        }
    }
}

TEST(ConvLora, AMapIsOneSampleAndAWindowIsAnother) {
    const torch::NoGradGuard noGrad;
    peft::ConvLora layer = randomLayer(GateMode::Paper);
    layer->adapt(torch::randn({2, 6, 4, 12}), torch::zeros({2 * 24, 20}));
    EXPECT_EQ(layer->lastDecision().gates.sizes(), (torch::IntArrayRef{2, 4}));
    layer->adapt(torch::randn({9, 16, 12}), torch::zeros({9 * 16, 20}));
    EXPECT_EQ(layer->lastDecision().gates.sizes(), (torch::IntArrayRef{9, 4}));
    EXPECT_ANY_THROW(layer->adapt(torch::randn({1, 15, 12}), torch::zeros({15, 20})))
        << "15 tokens are no square";
}

TEST(ConvLora, OnlyChosenExpertsGetAGradient) {
    peft::ConvLora layer = randomLayer(GateMode::Informative);
    const torch::Tensor output = layer->adapt(torch::randn({2, 36, 12}), torch::zeros({72, 20}));
    output.square().sum().backward();
    const torch::Tensor chosen = layer->lastDecision().chosen;
    for (int64_t i = 0; i < 4; ++i) {
        const auto convolution =
            layer->lora_moe_experts->at<torch::nn::SequentialImpl>(static_cast<size_t>(i))
                .ptr<torch::nn::Conv2dImpl>(0);
        EXPECT_EQ(convolution->weight.grad().defined(), chosen.eq(i).any().item<bool>()) << i;
    }
    EXPECT_GT(layer->lora_moe_gating->w_gate.grad().abs().max().item<float>(), 0);
}

TEST(Initialisation, DrawsTheSameForTheSameSeedWithinTheBound) {
    torch::Tensor a = torch::zeros({8, 25}), b = torch::zeros({8, 25});
    at::Generator first = peft::generatorOf(5), second = peft::generatorOf(5);
    peft::drawLikeLinear(a, first);
    peft::drawLikeLinear(b, second);
    EXPECT_TRUE(torch::equal(a, b));
    EXPECT_LE(a.abs().max().item<float>(), 0.2F);
    EXPECT_GT(a.std().item<float>(), 0.1F);
    peft::drawLikeLinear(b, second);
    EXPECT_FALSE(torch::equal(a, b));
}

}  // namespace finebrush::testing
