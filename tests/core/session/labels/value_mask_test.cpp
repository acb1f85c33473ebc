#include "core/session/labels/value_mask.h"

#include <gmock/gmock.h>

#include <cstring>
#include <limits>
#include <vector>

namespace finebrush {
namespace {

using ::testing::ElementsAre;

template <typename Sample>
std::shared_ptr<OpenedImage> imageOf(PixelSize size, int bands, PixelType type,
                                     const std::vector<Sample>& samples) {
    auto image = std::make_shared<OpenedImage>();
    image->pixels = {size, bands, type, std::vector<uint8_t>(samples.size() * sizeof(Sample)), {}};
    std::memcpy(image->pixels.bytes.data(), samples.data(), image->pixels.bytes.size());
    return image;
}

std::vector<uint8_t> rowOf(ValueMask& mask, int x, int y, size_t width) {
    std::vector<uint8_t> allowed(width);
    mask.read(x, y, allowed);
    return allowed;
}

TEST(ValueMask, BothEndsOfTheRangeAreInIt) {
    const auto image = imageOf<int16_t>({5, 1}, 1, PixelType::Int16, {-101, -100, 0, 300, 301});
    ValueMask mask(image, {true, 0, ValueRange{-100, 300}});
    EXPECT_THAT(rowOf(mask, 0, 0, 5), ElementsAre(0, 1, 1, 1, 0));
    EXPECT_THAT(rowOf(mask, 3, 0, 2), ElementsAre(1, 0));
}

TEST(ValueMask, AFractionIsAsExactAsTheFileStoresIt) {
    const auto image = imageOf<float>({3, 1}, 1, PixelType::Float32, {0.3F, 0.1F, 0.31F});
    ValueMask mask(image, {true, 0, ValueRange{0.1, 0.3}});
    EXPECT_THAT(rowOf(mask, 0, 0, 3), ElementsAre(1, 1, 0));
}

TEST(ValueMask, OneBandCountsAndNoneWhereTheImageLacksIt) {
    const auto image = imageOf<uint8_t>({2, 1}, 3, PixelType::UInt8, {1, 2, 50, 50, 2, 1});
    ValueMask third(image, {true, 2, ValueRange{40, 60}});
    EXPECT_THAT(rowOf(third, 0, 0, 2), ElementsAre(1, 0));
    ValueMask fourth(image, {true, 3, ValueRange{0, 255}});
    EXPECT_THAT(rowOf(fourth, 0, 0, 2), ElementsAre(0, 0));
}

TEST(ValueMask, WhatHoldsNoMeasurementIsInNoRange) {
    const float none = std::numeric_limits<float>::quiet_NaN();
    const auto image = imageOf<float>({4, 1}, 1, PixelType::Float32, {none, -9999, 1, 1});
    image->pixels.nodata = -9999;
    image->pixels.hidden = {0, 0, 1, 0};
    ValueMask mask(image, {true, 0, ValueRange{-1e9, 1e9}});
    EXPECT_THAT(rowOf(mask, 0, 0, 4), ElementsAre(0, 0, 0, 1));
}

TEST(ValueMask, ARowGoesThroughSeveralTiles) {
    constexpr PixelSize kSize{600, 300};
    std::vector<uint16_t> samples;
    for (int y = 0; y < kSize.height; ++y) {
        for (int x = 0; x < kSize.width; ++x) samples.push_back(static_cast<uint16_t>(x + y));
    }
    const auto image = imageOf(kSize, 1, PixelType::UInt16, samples);
    ValueMask mask(image, {true, 0, ValueRange{500, 700}});
    for (const int y : {0, 255, 256, 299}) {
        const std::vector<uint8_t> allowed = rowOf(mask, 100, y, 500);
        for (int i = 0; i < 500; ++i) {
            const int value = 100 + i + y;
            ASSERT_EQ(allowed[static_cast<size_t>(i)], value >= 500 && value <= 700) << i << ", " << y;
        }
    }
    EXPECT_TRUE(mask.isReady(RectInImage::ofSize(kSize)));
}

}  // namespace
}  // namespace finebrush
