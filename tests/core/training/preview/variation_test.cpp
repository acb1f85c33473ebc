#include "core/training/preview/variation.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace finebrush::training {
namespace {

std::vector<Orientation> allOrientations() {
    std::vector<Orientation> all;
    for (int number = 0; number < kVariations; ++number) all.push_back(Variation{number}.orientation());
    return all;
}

TEST(Variation, EachIsAnotherOrientation) {
    std::set<Orientation> different;
    for (const Orientation orientation : allOrientations()) different.insert(orientation);
    EXPECT_EQ(different.size(), 8u);
    EXPECT_EQ(Variation{}.orientation(), Orientation{});
}

TEST(Variation, ALightIsAlwaysTheSameForAnImageAndUnlikeAllOthers) {
    std::set<double> gains;
    for (size_t image : {0, 1, 2}) {
        for (int number = 1; number < kVariations; ++number) {
            const Variation variation{number, true};
            const Light light = variation.light(image);
            EXPECT_EQ(light.gain, variation.light(image).gain);
            gains.insert(light.gain[0]);
        }
    }
    EXPECT_EQ(gains.size(), 21u);
}

TEST(Variation, TheImageItselfAndWhatIsNotRelitKeepTheirLight) {
    for (const Variation variation : {Variation{0, true}, Variation{5, false}}) {
        EXPECT_EQ(variation.light(3).gain, Light{}.gain);
        EXPECT_EQ(variation.light(3).exponent, Light{}.exponent);
    }
}

TEST(InLight, ChangesEachBandAsItSays) {
    const torch::Tensor image =
        torch::tensor({0.0f, 1.0f, 0.25f, 1.0f, 0.5f, 1.0f}).view({3, 1, 2});  // bands of two px
    const torch::Tensor lit = inLight(image, {{1, 2, 1}, {1, 1, 0.5}});
    const torch::Tensor expected = torch::tensor({0.0f, 1.0f, 0.0625f, 1.0f, 0.25f, 0.5f}).view({3, 1, 2});
    EXPECT_TRUE(torch::allclose(lit, expected));
}

TEST(InLight, FillsTheRangeAgain) {
    const torch::Tensor lit = inLight(torch::rand({3, 9, 9}) * 0.5 + 0.2, {{1.5, 1.5, 1.5}, {0.7, 0.7, 0.7}});
    EXPECT_EQ(lit.min().item<float>(), 0);
    EXPECT_EQ(lit.max().item<float>(), 1);
}

TEST(InLight, AGreyImageStaysGrey) {
    const torch::Tensor lit = inLight(torch::rand({1, 9, 9}).expand({3, -1, -1}), {{1, 2, 3}, {1, 2, 3}});
    EXPECT_TRUE(torch::equal(lit[0], lit[1]));
    EXPECT_TRUE(torch::equal(lit[0], lit[2]));
}

TEST(InLight, AnImageOfOneValueStaysFinite) {
    EXPECT_TRUE(inLight(torch::full({3, 4, 4}, 0.5), {}).isfinite().all().item<bool>());
}

TEST(Orientation, PointsTurnWithTheImage) {
    const int width = 5;
    const int height = 3;
    for (const Orientation orientation : allOrientations()) {
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                torch::Tensor image = torch::zeros({1, height, width});
                image[0][y][x] = 1;
                const torch::Tensor turned = turnedImage(image, orientation)[0];
                const torch::Tensor point =
                    turnedPoints(torch::tensor({{(x + 0.5f) / width, (y + 0.5f) / height}}), orientation);
                const auto column = static_cast<int64_t>(point[0][0].item<float>() * turned.size(1));
                const auto row = static_cast<int64_t>(point[0][1].item<float>() * turned.size(0));
                EXPECT_EQ(turned[row][column].item<float>(), 1)
                    << orientation.quarterTurns << " turns, flipped " << orientation.flipped;
            }
        }
    }
}

TEST(Orientation, UprightUndoesTurned) {
    const torch::Tensor points = torch::rand({10, 2});
    for (const Orientation orientation : allOrientations()) {
        EXPECT_TRUE(torch::allclose(uprightPoints(turnedPoints(points, orientation), orientation), points));
    }
}

}  // namespace
}  // namespace finebrush::training
