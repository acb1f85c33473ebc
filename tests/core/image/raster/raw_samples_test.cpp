#include "core/image/raster/raw_samples.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <optional>

namespace finebrush {
namespace {

TEST(RawSamples, NodataOf64BitsIsOneNumber) {
    constexpr int64_t kTwo53 = int64_t{1} << 53, kLeast = std::numeric_limits<int64_t>::min(),
                      kMost = std::numeric_limits<int64_t>::max();
    EXPECT_TRUE(isNodata(kTwo53, 0x1p53));
    EXPECT_FALSE(isNodata(kTwo53 + 1, 0x1p53));
    EXPECT_TRUE(isNodata(kLeast, -0x1p63));
    EXPECT_FALSE(isNodata(kLeast + 1, -0x1p63));
    EXPECT_TRUE(isNodata(kMost, 0x1p63));
    EXPECT_FALSE(isNodata(kMost - 1, 0x1p63));
    EXPECT_FALSE(isNodata(int64_t{0}, 0.5));
    EXPECT_FALSE(isNodata(int64_t{0}, std::numeric_limits<double>::quiet_NaN()));

    constexpr uint64_t kLargest = std::numeric_limits<uint64_t>::max();
    EXPECT_TRUE(isNodata(kLargest, 0x1p64));
    EXPECT_FALSE(isNodata(kLargest - 1, 0x1p64));
    EXPECT_FALSE(isNodata(kLargest, -1.0));
}

TEST(RawSamples, NodataOfOtherTypesIsComparedAsADouble) {
    EXPECT_TRUE(isNodata(int16_t{-9999}, -9999));
    EXPECT_TRUE(isNodata(0.25F, 0.25));
    EXPECT_FALSE(isNodata(uint8_t{255}, -1));
    EXPECT_FALSE(isMeasurement(std::numeric_limits<float>::infinity(), std::nullopt));
    EXPECT_TRUE(isMeasurement(uint64_t{1}, std::nullopt));
}

}  // namespace
}  // namespace finebrush
