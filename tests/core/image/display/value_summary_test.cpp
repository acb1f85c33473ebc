#include "core/image/display/value_summary.h"

#include <gmock/gmock.h>

#include <cstring>
#include <limits>
#include <numeric>

namespace finebrush {
namespace {

/// 0, 1 ... 999 in band 0, the same times ten in band 1, and NaN as the last pixel.
PixelBuffer ramp() {
    std::vector<float> samples;
    for (int i = 0; i < 1000; ++i) {
        const auto value = static_cast<float>(i * 387 % 1000);
        samples.insert(samples.end(), {value, value * 10});
    }
    samples.insert(samples.end(), 2, std::numeric_limits<float>::quiet_NaN());
    PixelBuffer pixels{{1001, 1}, 2, PixelType::Float32, {}, {}};
    pixels.bytes.resize(samples.size() * sizeof(float));
    std::memcpy(pixels.bytes.data(), samples.data(), pixels.bytes.size());
    return pixels;
}

TEST(ValueSummary, TellsTheRangesOfTheBandsThatCount) {
    const ValueSummary summary = summariseValues(ramp(), {0});
    EXPECT_EQ(summary.whole, (ValueRange{0, 999}));
    EXPECT_EQ(summary.stretches[0], (ValueRange{5, 994}));
    EXPECT_EQ(summary.stretches[1], (ValueRange{20, 979}));
    EXPECT_EQ(summary.stretches[2], (ValueRange{50, 949}));
    EXPECT_EQ(summariseValues(ramp(), {1}).whole, (ValueRange{0, 9990}));
    EXPECT_EQ(summariseValues(ramp(), {0, 1, 7}).whole, (ValueRange{0, 9990})) << "band 7 is not there";
}

TEST(ValueSummary, TellsTheRangesOfEachOfSeveralBands) {
    const ValueSummary summary = summariseValues(ramp(), {1, 0, 7});
    ASSERT_EQ(summary.ofEachBand.size(), 3U);
    EXPECT_EQ(summary.ofEachBand[0], (Stretches{{{50, 9940}, {200, 9790}, {500, 9490}}}));
    EXPECT_EQ(summary.ofEachBand[1], (Stretches{{{5, 994}, {20, 979}, {50, 949}}}));
    EXPECT_EQ(summary.ofEachBand[2], Stretches()) << "it is not there";
    EXPECT_TRUE(summariseValues(ramp(), {0}).ofEachBand.empty());
}

TEST(ValueSummary, EveryCutIsTakenOfAllValues) {
    PixelBuffer pixels{{1, 1}, 2, PixelType::UInt8, {}, {}};
    for (int count = 1; count < 200; ++count) {
        pixels.size = {count, 1};
        pixels.bytes.insert(pixels.bytes.end(),
                            {static_cast<uint8_t>(count * 83 % 61), static_cast<uint8_t>(count * 7)});
        const ValueSummary summary = summariseValues(pixels, {0, 1});
        for (size_t i = 0; i < kStretchCuts.size(); ++i) {
            std::vector<double> first = sampleMeasurements(pixels, {0}),
                                all = sampleMeasurements(pixels, {0, 1});
            ASSERT_EQ(summary.ofEachBand[0][i], innerRange(first, kStretchCuts[i] / 100)) << count;
            ASSERT_EQ(summary.stretches[i], innerRange(all, kStretchCuts[i] / 100)) << count;
        }
    }
}

TEST(ValueSummary, CountsEveryMeasurementOnce) {
    const ValueSummary summary = summariseValues(ramp(), {0});
    ASSERT_EQ(summary.counts.size(), static_cast<size_t>(ValueSummary::kParts));
    EXPECT_EQ(std::accumulate(summary.counts.begin(), summary.counts.end(), int64_t{0}), 1000);
    for (const int64_t count : summary.counts) EXPECT_NEAR(static_cast<double>(count), 1000.0 / 128, 1);
}

TEST(SampleMeasurements, TakesNoMoreOfManyBandsThanOfFew) {
    constexpr int kSide = 512, kBands = 200;
    PixelBuffer pixels{{kSide, kSide}, kBands, PixelType::UInt8, {}, {}};
    pixels.bytes.resize(static_cast<size_t>(kSide) * kSide * kBands);
    for (size_t i = 0; i < pixels.bytes.size(); ++i) pixels.bytes[i] = static_cast<uint8_t>(i % kBands);
    std::vector<int> bands(kBands);
    std::iota(bands.begin(), bands.end(), 0);
    std::vector<double> values = sampleMeasurements(pixels, bands);
    EXPECT_GT(values.size(), size_t{1} << 22);
    EXPECT_LE(values.size(), size_t{1} << 24);
    EXPECT_EQ(innerRange(values, 0), (ValueRange{0, kBands - 1})) << "each band is heard";
    EXPECT_EQ(sampleMeasurements(pixels, {7}).size(), size_t{kSide} * kSide);
    pixels.bands = 16;
    pixels.size = {kSide, kSide};
    bands.resize(16);
    EXPECT_EQ(sampleMeasurements(pixels, bands).size(), size_t{kSide} * kSide * 16) << "few are all heard";
}

TEST(ValueSummary, OfNothingIsEmpty) {
    const PixelBuffer pixels{{2, 1}, 1, PixelType::UInt8, {9, 9}, 9.0};
    const ValueSummary summary = summariseValues(pixels, {0});
    EXPECT_TRUE(summary.counts.empty());
    EXPECT_EQ(summary.whole, ValueRange());
}

}  // namespace
}  // namespace finebrush
