#include "ui/main_window/status/pixel_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

namespace finebrush {
namespace {

TEST(PixelText, ListsTheBandsAndSaysWhatIsHidden) {
    const PixelBuffer pixels{{2, 1}, 3, PixelType::UInt8, {1, 2, 3, 4, 5, 6}, {}, {0, 1}};
    EXPECT_EQ(pixelText(pixels, 0, 0), QStringLiteral("1, 2, 3"));
    EXPECT_EQ(pixelText(pixels, 1, 0), QStringLiteral("no data"));
}

template <typename Sample>
QString textOf(PixelType type, Sample sample) {
    PixelBuffer pixels{{1, 1}, 1, type, std::vector<uint8_t>(sizeof sample), {}};
    std::memcpy(pixels.bytes.data(), &sample, sizeof sample);
    return pixelText(pixels, 0, 0);
}

TEST(PixelText, ShowsEveryDigit) {
    EXPECT_EQ(textOf(PixelType::Float64, 1234567.0), QStringLiteral("1234567"));
    EXPECT_EQ(textOf(PixelType::Float64, -9007199254740.25), QStringLiteral("-9007199254740.25"));
    EXPECT_EQ(textOf(PixelType::Float32, 16777215.0F), QStringLiteral("16777215"));
    EXPECT_EQ(textOf(PixelType::Float32, 0.1F), QStringLiteral("0.1"));
    EXPECT_EQ(textOf(PixelType::Float32, 0.0F), QStringLiteral("0"));
    EXPECT_EQ(textOf(PixelType::Float64, 2.5e-7), QStringLiteral("2.5e-07"));
    EXPECT_EQ(textOf(PixelType::Float32, -3.4e38F), QStringLiteral("-3.4e+38"));
    EXPECT_EQ(textOf(PixelType::Float64, std::nan("")), QStringLiteral("nan"));
    EXPECT_EQ(textOf(PixelType::UInt32, uint32_t{4294967295U}), QStringLiteral("4294967295"));
    EXPECT_EQ(textOf(PixelType::Int64, std::numeric_limits<int64_t>::min() + 1),
              QStringLiteral("-9223372036854775807"));
    EXPECT_EQ(textOf(PixelType::UInt64, std::numeric_limits<uint64_t>::max()),
              QStringLiteral("18446744073709551615"));
}

}  // namespace
}  // namespace finebrush
