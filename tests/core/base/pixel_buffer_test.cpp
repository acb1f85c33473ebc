#include "core/base/pixel_buffer.h"

#include <gtest/gtest.h>

#include <string>

namespace finebrush {
namespace {

constexpr PixelType kAllTypes[] = {PixelType::UInt8,   PixelType::UInt16, PixelType::Int16,
                                   PixelType::UInt32,  PixelType::Int32,  PixelType::Float32,
                                   PixelType::Float64, PixelType::Int64,  PixelType::UInt64};

TEST(PixelType, NamesLeadBackToTheirType) {
    for (const PixelType type : kAllTypes) EXPECT_EQ(pixelTypeFromName(pixelTypeName(type)), type);
    EXPECT_EQ(pixelTypeFromName("complex64"), std::nullopt);
}

TEST(PixelType, SizesAreThoseOfTheName) {
    for (const PixelType type : kAllTypes) {
        const std::string name = pixelTypeName(type);
        const size_t bits = std::stoul(name.substr(name.find_first_of("0123456789")));
        EXPECT_EQ(bytesPerSample(type), bits / 8) << name;
    }
}

TEST(PixelBuffer, ConsistencyCountsBandsAndSampleSize) {
    PixelBuffer pixels;
    pixels.size = {3, 2};
    pixels.bands = 4;
    pixels.type = PixelType::Float32;
    pixels.bytes.resize(96);
    EXPECT_TRUE(pixels.isConsistent());
    pixels.bytes.pop_back();
    EXPECT_FALSE(pixels.isConsistent());
}

TEST(IndexMask, RowsFollowEachOther) {
    const IndexMask mask{{3, 2}, {0, 1, 2, 10, 11, 12}};
    EXPECT_EQ(mask.at(2, 0), 2);
    EXPECT_EQ(mask.at(0, 1), 10);
}

}  // namespace
}  // namespace finebrush
