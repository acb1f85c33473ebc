#include "core/image/display/display_mapping.h"

#include "core/image/display/displayed_input.h"

#include <gmock/gmock.h>

#include <cmath>
#include <cstring>
#include <limits>

namespace finebrush {
namespace {

using ::testing::ElementsAre;

template <typename Sample>
PixelBuffer bufferOf(PixelSize size, int bands, PixelType type, const std::vector<Sample>& samples) {
    PixelBuffer pixels{size, bands, type, {}, {}};
    pixels.bytes.resize(samples.size() * sizeof(Sample));
    std::memcpy(pixels.bytes.data(), samples.data(), pixels.bytes.size());
    EXPECT_TRUE(pixels.isConsistent());
    return pixels;
}

/// 0, 1 ... 999 in a scrambled order.
template <typename Sample>
std::vector<Sample> thousand() {
    std::vector<Sample> values;
    for (int i = 0; i < 1000; ++i) values.push_back(static_cast<Sample>(i * 387 % 1000));
    return values;
}

TEST(DefaultDisplayMapping, KeepsBytesAsTheyAre) {
    const PixelBuffer pixels{{2, 1}, 1, PixelType::UInt8, {30, 40}, {}};
    EXPECT_EQ(defaultDisplayMapping(pixels), (DisplayMapping{0, 255}));
}

TEST(DefaultDisplayMapping, SpansTheInnerNinetyNinePercent) {
    // Rank round(0.005 · 999) = 5 and round(0.995 · 999) = 994.
    const DisplayMapping expected{5, 994};
    EXPECT_EQ(defaultDisplayMapping(bufferOf({100, 10}, 1, PixelType::UInt16, thousand<uint16_t>())),
              expected);
    EXPECT_EQ(defaultDisplayMapping(bufferOf({50, 10}, 2, PixelType::Int16, thousand<int16_t>())), expected);
    EXPECT_EQ(defaultDisplayMapping(bufferOf({100, 10}, 1, PixelType::UInt32, thousand<uint32_t>())),
              expected);
    EXPECT_EQ(defaultDisplayMapping(bufferOf({100, 10}, 1, PixelType::Int32, thousand<int32_t>())), expected);
    EXPECT_EQ(defaultDisplayMapping(bufferOf({10, 10}, 10, PixelType::Float32, thousand<float>())), expected);
    EXPECT_EQ(defaultDisplayMapping(bufferOf({100, 10}, 1, PixelType::Float64, thousand<double>())),
              expected);
}

TEST(DefaultDisplayMapping, ShowsTheBandsThatAreColoursByTheirOwnValues) {
    // Of four bands the first, which is no colour, is far brighter.
    const PixelBuffer pixels =
        bufferOf<uint16_t>({2, 1}, 4, PixelType::UInt16, {9000, 10, 11, 12, 9001, 20, 21, 22});
    const std::array<int, 3> colours = {3, 2, 1};
    DisplayMapping expected{10, 22};
    expected.bands = colours;
    EXPECT_EQ(defaultDisplayMapping(pixels, colours), expected);
    EXPECT_EQ(defaultDisplayMapping(pixels, std::array{0, 1, 2}), defaultDisplayMapping(pixels))
        << "the usual bands";
    const PixelBuffer bytes{{1, 1}, 4, PixelType::UInt8, {1, 2, 3, 4}, {}};
    EXPECT_EQ(defaultDisplayMapping(bytes, colours).bands, colours);
}

TEST(DefaultDisplayMapping, LeavesOutNodataAndWhatIsNoNumber) {
    std::vector<float> values = thousand<float>();
    values.insert(values.end(), 100, std::numeric_limits<float>::quiet_NaN());
    values.insert(values.end(), 100, std::numeric_limits<float>::infinity());
    values.insert(values.end(), 100, -9999.0F);
    PixelBuffer pixels = bufferOf({130, 10}, 1, PixelType::Float32, values);
    pixels.nodata = -9999;
    EXPECT_EQ(defaultDisplayMapping(pixels), (DisplayMapping{5, 994}));
}

TEST(DefaultDisplayMapping, HasAWidthForFlatAndEmptyImages) {
    EXPECT_EQ(defaultDisplayMapping(bufferOf<uint16_t>({2, 1}, 1, PixelType::UInt16, {7, 7})),
              (DisplayMapping{7, 8}));
    const auto nan = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(defaultDisplayMapping(bufferOf<float>({2, 1}, 1, PixelType::Float32, {nan, nan})),
              (DisplayMapping{0, 255}));
}

TEST(DefaultDisplayMapping, SamplesALargeImageEvenly) {
    // A ramp along the rows: sampling that fell into a few columns would miss its ends.
    constexpr int kSide = 2048;
    std::vector<uint16_t> ramp(static_cast<size_t>(kSide) * kSide);
    for (size_t i = 0; i < ramp.size(); ++i) ramp[i] = static_cast<uint16_t>(i % kSide * 16);
    const DisplayMapping mapping =
        defaultDisplayMapping(bufferOf({kSide, kSide}, 1, PixelType::UInt16, ramp));
    EXPECT_NEAR(mapping.low, 0.005 * kSide * 16, 32);
    EXPECT_NEAR(mapping.high, 0.995 * kSide * 16, 32);
}

TEST(DisplayRgb, CopiesColourBytes) {
    const PixelBuffer pixels{{2, 1}, 3, PixelType::UInt8, {1, 2, 3, 4, 5, 6}, {}};
    EXPECT_EQ(toDisplayRgb(pixels, {}), pixels.bytes);
}

TEST(DisplayRgb, RepeatsTheOnlyBandAndLeavesOutASecond) {
    EXPECT_THAT(toDisplayRgb({{2, 1}, 1, PixelType::UInt8, {10, 20}, {}}, {}),
                ElementsAre(10, 10, 10, 20, 20, 20));
    EXPECT_THAT(toDisplayRgb({{1, 1}, 2, PixelType::UInt8, {10, 20}, {}}, {}), ElementsAre(10, 10, 10));
}

TEST(DisplayRgb, TakesTheFirstThreeOfManyBands) {
    EXPECT_THAT(toDisplayRgb({{1, 1}, 5, PixelType::UInt8, {1, 2, 3, 4, 5}, {}}, {}), ElementsAre(1, 2, 3));
}

TEST(DisplayRgb, MapsAndClampsTheWindow) {
    const PixelBuffer pixels = bufferOf<int16_t>({5, 1}, 1, PixelType::Int16, {-500, -100, 0, 100, 500});
    const std::vector<uint8_t> rgb = toDisplayRgb(pixels, {-100, 100});
    EXPECT_THAT((std::vector{rgb[0], rgb[3], rgb[6], rgb[9], rgb[12]}), ElementsAre(0, 0, 128, 255, 255));
}

TEST(DisplayRgb, ShowsMissingMeasurementsBlack) {
    PixelBuffer pixels = bufferOf<float>({3, 1}, 1, PixelType::Float32, {std::nanf(""), 50, 100});
    pixels.nodata = 50;
    const std::vector<uint8_t> rgb = toDisplayRgb(pixels, {0, 100});
    EXPECT_THAT((std::vector{rgb[0], rgb[3], rgb[6]}), ElementsAre(0, 0, 255));
}

TEST(ToDisplayRgb, GammaBrightensWhatLiesBetweenBlackAndWhite) {
    const PixelBuffer pixels{{4, 1}, 1, PixelType::UInt8, {0, 64, 128, 255}, {}};
    DisplayMapping mapping;
    mapping.gamma = 2;  // 255 · √(64 / 255) = 127.7 and 255 · √(128 / 255) = 180.7
    const std::vector<uint8_t> rgb = toDisplayRgb(pixels, mapping);
    EXPECT_THAT((std::vector{rgb[0], rgb[3], rgb[6], rgb[9]}), ElementsAre(0, 128, 181, 255));
}

TEST(ToDisplayRgb, InvertsButLeavesNodataBlack) {
    PixelBuffer pixels{{4, 1}, 1, PixelType::UInt8, {0, 55, 255, 7}, 7.0};
    DisplayMapping mapping;
    mapping.inverted = true;
    const std::vector<uint8_t> rgb = toDisplayRgb(pixels, mapping);
    EXPECT_THAT((std::vector{rgb[0], rgb[3], rgb[6], rgb[9]}), ElementsAre(255, 200, 0, 0));
}

TEST(ToDisplayRgb, AColourWithTheValueOfNodataInOneBandIsAColour) {
    PixelBuffer pixels{{3, 1}, 3, PixelType::UInt8, {255, 250, 240, 255, 255, 255, 1, 2, 3}, 255.0};
    EXPECT_THAT(toDisplayRgb(pixels, {}), ElementsAre(255, 250, 240, 0, 0, 0, 1, 2, 3));
    EXPECT_THAT(toDisplayedInput(pixels, {}).hidden, ElementsAre(0, 1, 0)) << "the same pixel for a network";
    DisplayMapping inverted;
    inverted.inverted = true;
    pixels = {{2, 1}, 3, PixelType::UInt8, {0, 10, 200, 0, 0, 0}, 0.0};
    EXPECT_THAT(toDisplayRgb(pixels, inverted), ElementsAre(255, 245, 55, 0, 0, 0));
    pixels = bufferOf<uint16_t>({2, 1}, 3, PixelType::UInt16, {0, 50, 100, 0, 0, 0});
    pixels.nodata = 0;
    EXPECT_THAT(toDisplayRgb(pixels, {0, 100, 1, true}), ElementsAre(255, 127, 0, 0, 0, 0));
    pixels = bufferOf<float>({2, 1}, 3, PixelType::Float32, {0, 50, 100, 0, std::nanf(""), 0});
    pixels.nodata = 0;
    EXPECT_THAT(toDisplayRgb(pixels, {0, 100, 1, true}), ElementsAre(255, 127, 0, 0, 0, 0));
}

TEST(ToDisplayRgb, WhatIsHiddenIsBlackAndNoMeasurement) {
    const PixelBuffer pixels{{3, 1}, 1, PixelType::UInt8, {200, 55, 7}, 7.0, {1, 0, 0}};
    DisplayMapping mapping;
    mapping.inverted = true;
    const PixelBuffer shown = toDisplayedInput(pixels, mapping);
    EXPECT_THAT(shown.bytes, ElementsAre(0, 0, 0, 200, 200, 200, 0, 0, 0));
    EXPECT_THAT(shown.hidden, ElementsAre(1, 0, 1));
    EXPECT_THAT(toDisplayedPixels(pixels, mapping).hidden, ElementsAre(1, 0, 0));
    EXPECT_TRUE(toDisplayedInput({{1, 1}, 1, PixelType::Float32, {0, 0, 0, 0}, {}}, mapping).hidden.empty());
}

TEST(ToDisplayRgb, ShowsTheBandsThatAreChosen) {
    const PixelBuffer pixels{{1, 2}, 5, PixelType::UInt8, {1, 2, 3, 4, 5, 11, 12, 13, 14, 15}, {}};
    DisplayMapping mapping;
    mapping.bands = {4, 2, 2};
    EXPECT_THAT(toDisplayRgb(pixels, mapping), ElementsAre(5, 3, 3, 15, 13, 13));
    mapping.bands = {1, 1, 1};
    EXPECT_THAT(toDisplayRgb({{1, 1}, 2, PixelType::UInt8, {10, 20}, {}}, mapping), ElementsAre(20, 20, 20));
    mapping.bands = {5, 0, 0};
    EXPECT_THAT(toDisplayRgb(pixels, mapping), ElementsAre(1, 2, 3, 11, 12, 13)) << "band 6 is not there";
}

TEST(ToDisplayRgb, EachChannelMayHaveItsOwnBlackAndWhite) {
    const std::array<ValueRange, 3> limits = {{{0, 100}, {100, 200}, {0, 1000}}};
    const DisplayMapping mapping = withOwnLimits({}, limits);
    const auto expected = ElementsAre(128, 0, 13, 255, 128, 38);
    EXPECT_THAT(toDisplayRgb({{2, 1}, 3, PixelType::UInt8, {50, 50, 50, 150, 150, 150}, {}}, mapping),
                expected);
    const auto shown = [&](const auto& samples, PixelType type) {
        return toDisplayRgb(bufferOf({2, 1}, 3, type, samples), mapping);
    };
    EXPECT_THAT(shown(std::vector<uint16_t>{50, 50, 50, 150, 150, 150}, PixelType::UInt16), expected);
    EXPECT_THAT(shown(std::vector<int16_t>{50, 50, 50, 150, 150, 150}, PixelType::Int16), expected);
    EXPECT_THAT(shown(std::vector<float>{50, 50, 50, 150, 150, 150}, PixelType::Float32), expected);
    const PixelBuffer grey{{1, 1}, 1, PixelType::UInt8, {50}, {}};
    EXPECT_THAT(toDisplayRgb(grey, mapping), ElementsAre(128, 0, 13)) << "one band in three ways";
    EXPECT_EQ(toDisplayedInput(grey, mapping).bytes, toDisplayRgb(grey, mapping))
        << "so does a network see it";

    DisplayMapping inverted = mapping;
    inverted.inverted = true;
    inverted.gamma = 2;
    EXPECT_THAT(toDisplayRgb(grey, inverted), ElementsAre(75, 255, 198)) << "255 · (1 - √share)";
}

TEST(DisplayMapping, OwnLimitsMoveAndWidenWithTheWindow) {
    DisplayMapping mapping = withOwnLimits({}, {{{100, 200}, {150, 300}, {120, 140}}});
    EXPECT_EQ(mapping.low, 100);
    EXPECT_EQ(mapping.high, 300);
    mapping = withLimits(mapping, {0, 400});
    EXPECT_EQ(mapping.low, 0);
    EXPECT_EQ(mapping.high, 400);
    EXPECT_EQ(limitsOf(mapping, 0), (ValueRange{0, 200}));
    EXPECT_EQ(limitsOf(mapping, 1), (ValueRange{100, 400}));
    EXPECT_EQ(limitsOf(mapping, 2), (ValueRange{40, 80}));
    EXPECT_EQ(withLimits({0, 255, 2}, {5, 6}), (DisplayMapping{5, 6, 2})) << "one for all stays so";
}

TEST(DisplayMapping, IsSoundWhereGreyLevelsLieBetweenBlackAndWhite) {
    EXPECT_TRUE(isSound({}));
    EXPECT_FALSE(isSound({5, 5}));
    EXPECT_FALSE(isSound({6, 5}));
    EXPECT_FALSE(isSound({0, std::numeric_limits<double>::infinity()}));
    EXPECT_FALSE(isSound({std::numeric_limits<double>::quiet_NaN(), 1}));
    EXPECT_FALSE(isSound({0, 1, 0}));
    EXPECT_TRUE(isSound(withOwnLimits({}, {{{0, 1}, {0, 2}, {0, 3}}})));
    EXPECT_FALSE(isSound(withOwnLimits({}, {{{0, 1}, {2, 2}, {0, 3}}})));
}

}  // namespace
}  // namespace finebrush
