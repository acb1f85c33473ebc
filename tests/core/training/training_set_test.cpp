#include "core/training/training_set.h"

#include <gtest/gtest.h>

namespace finebrush::training {
namespace {

TEST(ViewCrop, PointsGoThereAndBack) {
    const ViewCrop crop{{}, 0.25, 0.5, 0.5, 0.25};
    const torch::Tensor points = torch::rand({20, 2});
    EXPECT_TRUE(torch::allclose(crop.toCrop(crop.toView(points)), points, 1e-5, 1e-5));
    EXPECT_TRUE(torch::allclose(crop.toView(torch::zeros({1, 2})), torch::tensor({{0.25f, 0.5f}})));
}

}  // namespace
}  // namespace finebrush::training
