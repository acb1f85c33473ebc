#include "core/sam/encoder_geometry.h"

#include "tests/core/sam/network_fixtures.h"

namespace finebrush::testing {
namespace {

sam::EncoderDescription publishedTinyVit(int64_t patchStride) {
    sam::EncoderDescription encoder;
    encoder.patchStride = patchStride;
    encoder.layers = {{.channels = 64, .depth = 2, .heads = 0, .windowSize = 0},
                      {.channels = 128, .depth = 2, .heads = 4, .windowSize = 7},
                      {.channels = 160, .depth = 6, .heads = 5, .windowSize = 14},
                      {.channels = 320, .depth = 2, .heads = 10, .windowSize = 7}};
    return encoder;
}

/// The embedding of what of an image lies right of and below `start` px.
torch::Tensor embeddingFrom(const sam::Sam& network, const torch::Tensor& image, int64_t start) {
    return network->image_encoder->forward(image.slice(2, start).slice(3, start).contiguous()).embedding;
}

TEST(EncoderGeometry, IsThatOfThePublishedNetworks) {
    const sam::EncoderGeometry lite = geometryOf(publishedTinyVit(1));
    EXPECT_EQ(lite.patch, 1);
    EXPECT_EQ(lite.stride, 4);
    EXPECT_EQ(lite.windowGrid, 56);
    const sam::EncoderGeometry mobile = geometryOf(publishedTinyVit(2));
    EXPECT_EQ(mobile.patch, 4);
    EXPECT_EQ(mobile.stride, 16);
    EXPECT_EQ(mobile.windowGrid, 224);
    sam::EncoderDescription vit;
    vit.kind = sam::EncoderKind::Vit;
    EXPECT_EQ(geometryOf(vit).patch, 16);
    EXPECT_EQ(geometryOf(vit).stride, 16);
}

TEST(EncoderGeometry, TellsTheSidesThatAnEncoderTakes) {
    sam::EncoderDescription vit;
    vit.kind = sam::EncoderKind::Vit;
    for (const int64_t side : {16, 512, 1024, 2048}) EXPECT_TRUE(takesInputSide(vit, side)) << side;
    for (const int64_t side : {0, -16, 8, 500, 2064}) EXPECT_FALSE(takesInputSide(vit, side)) << side;
    EXPECT_TRUE(takesInputSide(publishedTinyVit(1), 24));
    EXPECT_FALSE(takesInputSide(publishedTinyVit(1), 20));
    EXPECT_FALSE(takesInputSide(publishedTinyVit(2), 24));
}

TEST(EncoderGeometry, WindowsOfAPartThatBeginsOnTheGridSeeWhatTheySeeInTheWhole) {
    const torch::NoGradGuard noGrad;
    for (sam::SamDescription description : {smallTinyVitDescription(), smallMobileSamDescription()}) {
        for (size_t i = 1; i < description.encoder.layers.size(); ++i)
            description.encoder.layers[i].windowSize = 2;
        const sam::Sam network = frozenNetwork(description);
        const auto [patch, stride, grid] = geometryOf(description.encoder);
        EXPECT_EQ(grid, 2 * stride);
        const torch::Tensor image = torch::randn({1, 3, 24 * stride, 24 * stride});
        const torch::Tensor whole = embeddingFrom(network, image, 0);
        ASSERT_EQ(whole.size(2), 24);
        // Further in than the border of the part is felt.
        const int64_t felt = 9;
        const auto inner = [&](int64_t start) {
            return embeddingFrom(network, image, start).slice(2, felt).slice(3, felt);
        };
        const auto same = [&](int64_t start) {
            return whole.slice(2, start / stride + felt).slice(3, start / stride + felt);
        };
        EXPECT_THAT(inner(2 * grid), IsCloseTo(same(2 * grid), 1e-4)) << description.name;
        const int64_t between = grid + stride;
        EXPECT_GT((inner(between) - same(between)).abs().max().item<float>(), 1e-3) << description.name;
    }
}

}  // namespace
}  // namespace finebrush::testing
