#include "core/training/measures/class_measures.h"

#include <gtest/gtest.h>

namespace finebrush::training {
namespace {

constexpr PixelSize kSize{100, 80};

IndexMask square(int left, int top, int side, uint8_t value = 1) {
    IndexMask mask{kSize, std::vector<uint8_t>(static_cast<size_t>(kSize.area()), 0)};
    for (int y = top; y < top + side; ++y) {
        for (int x = left; x < left + side; ++x)
            mask.values[static_cast<size_t>(y) * kSize.width + x] = value;
    }
    return mask;
}

TEST(ClassMeasures, OfTheSameMasksAreBest) {
    ClassMeasuresCollector collector;
    collector.add(square(20, 20, 30), square(20, 20, 30));
    const auto means = collector.means();
    ASSERT_EQ(means.size(), 2u);
    for (const ClassMeasures& one : means) {
        EXPECT_NEAR(one.structure, 1, 1e-9);
        EXPECT_NEAR(one.alignment, 1, 1e-3);
        EXPECT_NEAR(one.fMeasure, 1, 1e-9);
        EXPECT_EQ(one.meanAbsoluteError, 0);
        EXPECT_EQ(one.boundaryF, 1);
        EXPECT_EQ(one.images, 1);
    }
}

TEST(ClassMeasures, AreMeansOverTheImagesThatHoldTheClass) {
    ClassMeasuresCollector collector;
    collector.add(square(20, 20, 30), square(20, 20, 30));
    collector.add(square(20, 20, 30, 0), square(20, 20, 40));
    collector.add(square(20, 20, 30), square(20, 20, 30, 0));  // none in truth
    const auto means = collector.means();
    EXPECT_EQ(means[0].images, 3);
    EXPECT_EQ(means[1].images, 2);
    EXPECT_NEAR(means[1].meanAbsoluteError, (0 + 1600.0 / 8000) / 2, 1e-9);
    EXPECT_NEAR(means[1].boundaryF, 0.5, 1e-9);
}

TEST(ClassMeasures, PixelsThatDoNotCountChangeNothing) {
    ClassMeasuresCollector collector;
    IndexMask truth = square(20, 20, 30);
    for (int x = 0; x < kSize.width; ++x) truth.values[static_cast<size_t>(x)] = kUnlabelled;
    IndexMask prediction = square(20, 20, 30);
    for (int x = 0; x < 50; ++x) prediction.values[static_cast<size_t>(x)] = 1;
    collector.add(prediction, truth);
    EXPECT_EQ(collector.means()[1].meanAbsoluteError, 0);
    EXPECT_EQ(collector.means()[1].boundaryF, 1);
}

TEST(BoundaryFMeasure, ForgivesASmallShiftOnly) {
    // The tolerance is ⌈0.008 · 128⌉ = 2 px.
    const auto f = [](int shift) {
        return boundaryFMeasure(square(20 + shift, 20, 30).values, square(20, 20, 30).values, kSize);
    };
    EXPECT_EQ(f(0), 1);
    EXPECT_EQ(f(2), 1);
    EXPECT_LT(f(4), 0.7);
    EXPECT_GT(f(4), 0.3);
    EXPECT_EQ(boundaryFMeasure(square(0, 0, 0).values, square(0, 0, 0).values, kSize), 1);
    EXPECT_EQ(boundaryFMeasure(square(0, 0, 0).values, square(9, 9, 9).values, kSize), 0);
    EXPECT_THROW(boundaryFMeasure({1}, square(9, 9, 9).values, kSize), std::invalid_argument);
}

}  // namespace
}  // namespace finebrush::training
