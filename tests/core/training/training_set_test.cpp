#include "core/training/training_set.h"

#include <gtest/gtest.h>

namespace finebrush::training {
namespace {

std::vector<Orientation> allOrientations() {
    std::vector<Orientation> all;
    for (int turns = 0; turns < 4; ++turns) {
        for (bool flipped : {false, true}) all.push_back({turns, flipped});
    }
    return all;
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

TEST(ViewCrop, PointsGoThereAndBack) {
    const ViewCrop crop{{}, 0.25, 0.5, 0.5, 0.25};
    const torch::Tensor points = torch::rand({20, 2});
    EXPECT_TRUE(torch::allclose(crop.toCrop(crop.toView(points)), points, 1e-5, 1e-5));
    EXPECT_TRUE(torch::allclose(crop.toView(torch::zeros({1, 2})), torch::tensor({{0.25f, 0.5f}})));
}

}  // namespace
}  // namespace finebrush::training
