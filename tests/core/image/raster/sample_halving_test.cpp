#include "core/image/raster/sample_halving.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <vector>

namespace finebrush {
namespace {

/// What becomes of four samples.
template <typename Sample>
Sample meanOf(PixelType type, const std::vector<Sample>& samples, std::optional<double> nodata = {}) {
    PixelBuffer pixels{{2, 2}, 1, type, std::vector<uint8_t>(4 * sizeof(Sample)), nodata};
    std::memcpy(pixels.bytes.data(), samples.data(), pixels.bytes.size());
    const PixelBuffer half = halved(pixels);
    Sample mean{};
    std::memcpy(&mean, half.bytes.data(), sizeof mean);
    return mean;
}

TEST(SampleHalving, MeansOf64BitsStayWithinThem) {
    constexpr int64_t kLeast = std::numeric_limits<int64_t>::min(),
                      kMost = std::numeric_limits<int64_t>::max();
    EXPECT_EQ(meanOf<int64_t>(PixelType::Int64, {1, 2, 3, 4}), 3);
    EXPECT_EQ(meanOf<int64_t>(PixelType::Int64, {kMost, kMost, kMost, kMost}), kMost);
    EXPECT_EQ(meanOf<int64_t>(PixelType::Int64, {kLeast, kLeast, kLeast, kLeast}), kLeast);
    constexpr uint64_t kLargest = std::numeric_limits<uint64_t>::max();
    EXPECT_EQ(meanOf<uint64_t>(PixelType::UInt64, {kLargest, kLargest, kLargest, kLargest}), kLargest);
    EXPECT_EQ(meanOf<uint64_t>(PixelType::UInt64, {kLargest, 5, 7, kLargest}, 0x1p64), 6U);
}

TEST(SampleHalving, HalvesAreRoundedUp) {
    EXPECT_EQ(meanOf<uint8_t>(PixelType::UInt8, {1, 2, 1, 2}), 2);
    EXPECT_EQ(meanOf<uint16_t>(PixelType::UInt16, {0, 4, 5, 0}, 0.0), 5);
}

}  // namespace
}  // namespace finebrush
