#include "core/inference/pixel_features.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

constexpr int64_t kPerScale = 10;

TEST(PixelFeatures, AConstantImageHasBrightnessAndNothingElse) {
    const torch::Tensor features = pixelFeatures(torch::full({3, 40, 50}, 0.5f));
    ASSERT_EQ(features.sizes(), (std::vector<int64_t>{pixelFeatureCount(), 40, 50}));
    for (int64_t scale = 0; scale < pixelFeatureCount() / kPerScale; ++scale) {
        EXPECT_NEAR(features[scale * kPerScale].mean().item<float>(), 0.5, 1e-5);
        const torch::Tensor rest = features.slice(0, scale * kPerScale + 1, (scale + 1) * kPerScale);
        EXPECT_LT(rest.abs().max().item<float>(), 2e-3);
    }
}

TEST(PixelFeatures, ARampHasItsSlopeTimesSigma) {
    const torch::Tensor ramp =
        torch::arange(100, torch::kFloat32).mul(0.01).expand({3, 60, 100}).contiguous();
    const torch::Tensor features = pixelFeatures(ramp);
    const int64_t gradientAtSigmaOne = 1 * kPerScale + 3;
    EXPECT_NEAR(features[gradientAtSigmaOne][30][50].item<float>(), 0.01, 1e-4);
}

TEST(PixelFeatures, RefusesWhatIsNotAnImage) {
    EXPECT_THROW(pixelFeatures(torch::zeros({1, 8, 8})), std::invalid_argument);
}

}  // namespace
}  // namespace finebrush
