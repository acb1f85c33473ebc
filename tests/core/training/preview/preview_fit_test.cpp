#include "core/training/preview/preview_fit.h"

#include <gtest/gtest.h>

namespace finebrush::training {
namespace {

/// Pixels of two classes that the first feature tells apart, under a light that moves the second one. The
/// second is as telling in the light of one image, and misleads in another's.
PaintedFeatures pixelsIn(double light) {
    const torch::Tensor labels = torch::arange(200).remainder(2);
    const torch::Tensor sign = labels.to(torch::kFloat32) * 2 - 1;
    const torch::Tensor noise = torch::randn({200});
    return {torch::stack({sign + 0.8 * noise, sign * light}, 1), labels, torch::arange(200).div(50, "floor")};
}

PaintedFeatures together(const std::vector<PaintedFeatures>& parts) {
    PaintedFeatures all = parts.front();
    for (size_t i = 1; i < parts.size(); ++i) {
        all.features = torch::cat({all.features, parts[i].features});
        all.labels = torch::cat({all.labels, parts[i].labels});
        all.strokes = torch::cat({all.strokes, parts[i].strokes});
    }
    return all;
}

class RelightingTest : public ::testing::Test {
  protected:
    void SetUp() override { torch::manual_seed(1); }
    Recipe recipe;
};

TEST_F(RelightingTest, HelpsWhereTheLightOfAnotherImageMisleads) {
    const std::vector<PaintedFeatures> plain = {pixelsIn(2), pixelsIn(2), pixelsIn(-2)};
    std::vector<PaintedFeatures> relit;
    for (const PaintedFeatures& image : plain) relit.push_back(together({image, pixelsIn(2), pixelsIn(-2)}));
    EXPECT_TRUE(relightingHelps(plain, relit, 2, recipe));
}

TEST_F(RelightingTest, DoesNotHelpWhereTheLightItselfIsWhatTells) {
    const std::vector<PaintedFeatures> plain = {pixelsIn(2), pixelsIn(2), pixelsIn(2)};
    std::vector<PaintedFeatures> relit;
    for (const PaintedFeatures& image : plain) relit.push_back(together({image, pixelsIn(-2)}));
    EXPECT_FALSE(relightingHelps(plain, relit, 2, recipe));
}

TEST_F(RelightingTest, CannotBeJudgedOnOneImage) {
    EXPECT_FALSE(relightingHelps({pixelsIn(2)}, {pixelsIn(-2)}, 2, recipe));
}

TEST(WithoutStrokes, LeavesThePixelsOfTheOthersAndNoImageWithoutAny) {
    std::vector<PaintedFeatures> painted = {pixelsIn(2), pixelsIn(2), pixelsIn(2)};  // four strokes each
    for (size_t i = 0; i < painted.size(); ++i) painted[i].image = i;
    const auto left = withoutStrokes(
        painted, {{false, true, false, true}, {true, true, true, true}, {false, false, false, false}});
    ASSERT_EQ(left.size(), 2u);
    EXPECT_EQ(left[0].image, 0u);
    EXPECT_TRUE(torch::equal(left[0].features, torch::cat({painted[0].features.slice(0, 0, 50),
                                                           painted[0].features.slice(0, 100, 150)})));
    EXPECT_TRUE(torch::equal(left[0].strokes, torch::tensor({0, 2}).repeat_interleave(50)));
    EXPECT_EQ(left[1].image, 2u);
    EXPECT_TRUE(torch::equal(left[1].labels, painted[2].labels));
}

}  // namespace
}  // namespace finebrush::training
