#include "core/project/database/compression.h"

#include <gtest/gtest.h>

#include <random>

namespace finebrush {
namespace {

std::vector<uint8_t> sample(size_t size) {
    std::mt19937 random(static_cast<uint32_t>(size));
    std::vector<uint8_t> bytes(size);
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random() % 3);
    return bytes;
}

TEST(Compression, RoundTrips) {
    for (const size_t size : {0UL, 1UL, 1000UL, 65536UL, 1000000UL}) {
        EXPECT_EQ(decompressed(compressed(sample(size))), sample(size)) << size;
    }
    EXPECT_LT(compressed(std::vector<uint8_t>(65536, 255)).size(), 400U);
}

TEST(Compression, RefusesCutAndChangedData) {
    const std::vector<uint8_t> data = compressed(sample(5000));
    for (size_t length = 0; length < data.size(); ++length) {
        ASSERT_EQ(decompressed(std::span(data).first(length)), std::nullopt) << length;
    }
    std::mt19937 random(4);
    for (int round = 0; round < 2000; ++round) {
        std::vector<uint8_t> changed = data;
        changed[random() % changed.size()] ^= static_cast<uint8_t>(1 + random() % 255);
        const auto bytes = decompressed(changed);
        ASSERT_TRUE(!bytes || *bytes == sample(5000)) << "damage went unnoticed";
    }
}

TEST(Compression, AClaimedLengthTakesNoMemory) {
    std::vector<uint8_t> data = compressed(sample(100));
    for (size_t i = 0; i < 8; ++i) data[i] = 0xff;
    EXPECT_EQ(decompressed(data), std::nullopt);
}

}  // namespace
}  // namespace finebrush
