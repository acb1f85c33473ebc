#include "core/sam/image_encoder.h"

#include "core/sam/tiny_vit.h"
#include "core/sam/window_grid.h"
#include "tests/core/sam/network_fixtures.h"

#include <algorithm>
#include <set>

namespace finebrush::testing {

namespace {

struct TimesThree : sam::LinearAdapter {
    torch::Tensor adapt(const torch::Tensor&, torch::Tensor y) override { return y * 3; }
};

}  // namespace

TEST(AdaptableLinear, IsALinearLayerUntilAnAdapterIsPluggedIn) {
    const torch::NoGradGuard noGrad;
    sam::AdaptableLinear linear(6, 4);
    const torch::Tensor x = torch::rand({2, 9, 6});
    const torch::Tensor plain = torch::matmul(x, linear->weight.t()) + linear->bias;
    EXPECT_THAT(linear(x), IsCloseTo(plain, 1e-6));
    linear->adapter = std::make_shared<TimesThree>();
    EXPECT_THAT(linear(x), IsCloseTo(3 * plain, 1e-5));
    EXPECT_EQ(linear->parameters().size(), 2U);
    linear->adapter.reset();
    EXPECT_THAT(linear(x), IsCloseTo(plain, 1e-6));
}

TEST(WindowGrid, JoinsWhatItSplitsAndPadsWithZeros) {
    const torch::Tensor map = torch::rand({2, 7, 5, 3});
    const sam::WindowGrid grid(map, 4);
    const torch::Tensor windows = grid.split(map);
    ASSERT_EQ(windows.sizes(), (torch::IntArrayRef{2 * 2 * 2, 4, 4, 3}));
    EXPECT_TRUE(torch::equal(grid.join(windows), map));
    EXPECT_TRUE(torch::equal(windows[1].select(1, 0), map[0].slice(0, 0, 4).select(1, 4)));
    EXPECT_EQ(windows[1].slice(1, 1).abs().max().item<float>(), 0);
}

TEST(ConvBn, IsTheConvolutionFollowedByTheFrozenNormalisation) {
    const torch::NoGradGuard noGrad;
    sam::ConvBn both(4, 6, 3, 2, 1);
    both->bn->running_mean.normal_();
    both->bn->running_var.uniform_(0.5, 2);
    both->bn->weight.normal_();
    both->bn->bias.normal_();
    both->bn->eval();
    const torch::Tensor x = torch::rand({2, 8, 10, 4});
    const torch::Tensor expected = both->bn(both->c(x.permute({0, 3, 1, 2})));
    both->train();  // the statistics stay as they are in training too
    EXPECT_THAT(both(x), IsCloseTo(expected.permute({0, 2, 3, 1}), 1e-5));
}

class ImageEncoder : public ::testing::TestWithParam<sam::SamDescription> {
  protected:
    sam::Sam network = frozenNetwork(GetParam());
    sam::ImageEncoder encoder = network->image_encoder;
};

TEST_P(ImageEncoder, GivesTheEmbeddingAndAMapForEachStage) {
    const torch::NoGradGuard noGrad;
    const torch::Tensor stem = encoder->stem(randomImage(network, 2));
    const sam::EncoderOutput output = encoder->trunk(stem);
    EXPECT_EQ(output.embedding.sizes(), (torch::IntArrayRef{2, 32, 8, 8}));
    ASSERT_GE(output.stages.size(), 2U);
    EXPECT_TRUE(torch::equal(output.stages.front(), stem.permute({0, 3, 1, 2})));
    for (const torch::Tensor& stage : output.stages) EXPECT_EQ(stage.dim(), 4);
}

TEST(ImageEncoderVit, OfAnotherSideItIsTheNetworkWithStretchedPositions) {
    const torch::NoGradGuard noGrad;
    const sam::Sam network = frozenNetwork(smallVitDescription());
    sam::SamDescription smaller = smallVitDescription();
    smaller.encoder.inputSize = 40;
    smaller.decoder.embeddingSize = 5;
    const sam::Sam stretched = frozenNetwork(smaller);
    const auto from = network->image_encoder->named_parameters();
    for (auto& parameter : stretched->image_encoder->named_parameters()) {
        torch::Tensor value = from[parameter.key()];
        if (parameter.key() == "pos_embed") {
            value =
                torch::upsample_bilinear2d(value.permute({0, 3, 1, 2}), {5, 5}, false).permute({0, 2, 3, 1});
        } else if (value.sizes() != parameter.value().sizes()) {
            value = torch::upsample_linear1d(value.t().unsqueeze(0), {2 * 5 - 1}, false).squeeze(0).t();
        }
        parameter.value().copy_(value);
    }
    const torch::Tensor image = torch::rand({2, 3, 40, 40});
    EXPECT_THAT(network->image_encoder->forward(image).embedding,
                IsCloseTo(stretched->image_encoder->forward(image).embedding, 1e-5));
}

TEST_P(ImageEncoder, AnImageDoesNotDependOnItsBatch) {
    const torch::NoGradGuard noGrad;
    const torch::Tensor images = randomImage(network, 3);
    const torch::Tensor together = encoder->forward(images).embedding;
    const torch::Tensor alone = encoder->forward(images.slice(0, 1, 2)).embedding;
    EXPECT_THAT(together.slice(0, 1, 2), IsCloseTo(alone, 1e-4));
}

TEST_P(ImageEncoder, NamesItsAdaptableLayersAsItsParameters) {
    const auto parameters = encoder->named_parameters();
    std::set<std::string> names;
    for (const sam::AdaptableLayer& layer : encoder->adaptableLayers()) {
        ASSERT_TRUE(parameters.contains(layer.name + ".weight")) << layer.name;
        EXPECT_TRUE(parameters[layer.name + ".weight"].is_same(layer.linear->weight)) << layer.name;
        EXPECT_TRUE(layer.name.starts_with(layer.block + ".")) << layer.name;
        EXPECT_TRUE(names.insert(layer.name).second) << layer.name;
    }
    const auto attentions = std::ranges::count_if(
        encoder->adaptableLayers(), [](const auto& layer) { return layer.role == sam::LinearRole::Qkv; });
    EXPECT_EQ(names.size(), 4U * static_cast<size_t>(attentions));
    EXPECT_GE(attentions, 2);
}

TEST_P(ImageEncoder, NothingPlugsInBelowTheStem) {
    const torch::NoGradGuard noGrad;
    const torch::Tensor image = randomImage(network);
    const torch::Tensor stem = encoder->stem(image);
    const torch::Tensor embedding = encoder->trunk(stem).embedding;
    for (sam::AdaptableLayer& layer : encoder->adaptableLayers()) {
        layer.linear->adapter = std::make_shared<TimesThree>();
    }
    EXPECT_TRUE(torch::equal(encoder->stem(image), stem));
    EXPECT_FALSE(torch::equal(encoder->trunk(stem).embedding, embedding));
}

INSTANTIATE_TEST_SUITE_P(Networks, ImageEncoder,
                         ::testing::Values(smallTinyVitDescription(), smallMobileSamDescription(),
                                           smallVitDescription()),
                         [](const auto& info) {
                             const sam::EncoderDescription& encoder = info.param.encoder;
                             if (encoder.kind == sam::EncoderKind::Vit) return "Vit";
                             return encoder.patchStride == 1 ? "TinyVit" : "MobileSam";
                         });

}  // namespace finebrush::testing
