#include "core/training/measures/metrics.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace finebrush::testing {

namespace {

constexpr PixelSize kSize{12, 10};

/// An object of 255 in the middle, 0 around it.
std::vector<uint8_t> box() {
    std::vector<uint8_t> map(static_cast<size_t>(kSize.area()), 0);
    for (int y = 3; y < 8; ++y) {
        for (int x = 4; x < 9; ++x) map[static_cast<size_t>(y) * kSize.width + x] = 255;
    }
    return map;
}

}  // namespace

TEST(SaliencyMetrics, APerfectMapHasPerfectMeasures) {
    const auto metrics = saliencyMetrics(box(), box(), kSize);
    EXPECT_NEAR(metrics.structure, 1, 1e-9);
    EXPECT_NEAR(metrics.adaptiveF, 1, 1e-9);
    EXPECT_GT(metrics.adaptiveE, 0.99);
    EXPECT_EQ(metrics.meanAbsoluteError, 0);
    EXPECT_EQ(metrics.fCurve.size(), 256U);
}

TEST(SaliencyMetrics, AnInvertedMapIsAsBadAsItGets) {
    std::vector<uint8_t> inverted = box();
    for (uint8_t& value : inverted) value = static_cast<uint8_t>(255 - value);
    const auto metrics = saliencyMetrics(inverted, box(), kSize);
    EXPECT_NEAR(metrics.meanAbsoluteError, 1, 1e-9);
    EXPECT_EQ(metrics.adaptiveF, 0);
    EXPECT_LT(metrics.structure, 0.1);
}

TEST(SaliencyMetrics, AnEmptyMaskAsksForAnEmptyMap) {
    const std::vector<uint8_t> nothing(static_cast<size_t>(kSize.area()), 0);
    EXPECT_EQ(saliencyMetrics(nothing, nothing, kSize).structure, 1);
    EXPECT_LT(saliencyMetrics(box(), nothing, kSize).structure, 0.9);
    EXPECT_EQ(saliencyMetrics(box(), nothing, kSize).adaptiveF, 0);
}

TEST(SaliencyMetrics, RefusesMapsOfAnotherSize) {
    EXPECT_THROW(saliencyMetrics(box(), box(), {5, 5}), std::invalid_argument);
    EXPECT_THROW(saliencyMetrics({}, {}, {0, 0}), std::invalid_argument);
}

TEST(SaliencyMetrics, MeansAreOverMaps) {
    const std::vector<uint8_t> nothing(static_cast<size_t>(kSize.area()), 0);
    const std::vector<SaliencyMetrics> two = {saliencyMetrics(box(), box(), kSize),
                                              saliencyMetrics(nothing, box(), kSize)};
    const SaliencyMetrics mean = meanOf(two);
    EXPECT_DOUBLE_EQ(mean.meanAbsoluteError, (two[0].meanAbsoluteError + two[1].meanAbsoluteError) / 2);
    EXPECT_DOUBLE_EQ(mean.fCurve[100], (two[0].fCurve[100] + two[1].fCurve[100]) / 2);
    EXPECT_EQ(meanOf({}).structure, 0);
}

}  // namespace finebrush::testing
