#include "core/training/measures/confusion_matrix.h"

#include <gtest/gtest.h>

#include <cmath>

namespace finebrush::training {
namespace {

IndexMask row(std::vector<uint8_t> values) {
    return {{static_cast<int>(values.size()), 1}, std::move(values)};
}

TEST(ConfusionMatrix, CountsByHand) {
    ConfusionMatrix matrix;
    matrix.add(row({0, 0, 1, 1}), row({0, 1, 1, 1}));
    const auto scores = matrix.scores();
    ASSERT_EQ(scores.size(), 2u);
    EXPECT_DOUBLE_EQ(scores[0].iou, 1 / 2.0);
    EXPECT_DOUBLE_EQ(scores[1].iou, 2 / 3.0);
    EXPECT_DOUBLE_EQ(scores[0].dice, 2 / 3.0);
    EXPECT_DOUBLE_EQ(matrix.meanIou(), (1 / 2.0 + 2 / 3.0) / 2);
    EXPECT_DOUBLE_EQ(matrix.pixelAccuracy(), 0.75);
    EXPECT_DOUBLE_EQ(scores[0].balancedError, (0 + 1 / 3.0) / 2) << "none missed, one of three others wrong";
    EXPECT_DOUBLE_EQ(scores[1].balancedError, (1 / 3.0 + 0) / 2);
}

TEST(ConfusionMatrix, PoolsImagesBeforeItDivides) {
    ConfusionMatrix matrix;
    matrix.add(row({0, 0, 0}), row({0, 0, 0}));
    matrix.add(row({1}), row({0}));
    EXPECT_DOUBLE_EQ(matrix.scores()[0].iou, 0.75);
}

TEST(ConfusionMatrix, IgnoredAndUnlabelledTruthDoNotCount) {
    ConfusionMatrix matrix;
    matrix.add(row({1, 1, 1}), row({0, kUnlabelled, 1}), uint8_t{0});
    ASSERT_EQ(matrix.scores().size(), 1u);
    EXPECT_DOUBLE_EQ(matrix.meanIou(), 1);
}

TEST(ConfusionMatrix, AClassThatOnlyThePredictionHoldsLowersTheOthers) {
    ConfusionMatrix matrix;
    matrix.add(row({2, 0}), row({0, 0}));
    ASSERT_EQ(matrix.scores().size(), 1u);
    EXPECT_DOUBLE_EQ(matrix.meanIou(), 0.5);
}

TEST(ConfusionMatrix, NothingCountedIsNotANumber) {
    EXPECT_TRUE(std::isnan(ConfusionMatrix().meanIou()));
}

TEST(ConfusionMatrix, RefusesDifferentSizes) {
    ConfusionMatrix matrix;
    EXPECT_THROW(matrix.add(row({0}), row({0, 1})), std::invalid_argument);
}

}  // namespace
}  // namespace finebrush::training
