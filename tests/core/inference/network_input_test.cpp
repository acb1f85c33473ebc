#include "core/inference/network_input.h"

#include <gtest/gtest.h>

#include <cstring>
#include <limits>

namespace finebrush {
namespace {

template <typename T>
PixelBuffer buffer(PixelSize size, int bands, PixelType type, const std::vector<T>& samples) {
    PixelBuffer pixels{size, bands, type, {}, {}};
    pixels.bytes.resize(samples.size() * sizeof(T));
    std::memcpy(pixels.bytes.data(), samples.data(), pixels.bytes.size());
    return pixels;
}

torch::Tensor inputOf(const PixelBuffer& pixels) {
    return networkInput(rawColours(pixels), pixels.size, {});
}

TEST(NetworkInput, StretchesSixteenBitToUnitRange) {
    const torch::Tensor input =
        inputOf(buffer<uint16_t>({2, 1}, 3, PixelType::UInt16, {1000, 2000, 3000, 5000, 4000, 1000}));
    EXPECT_EQ(input.sizes(), (std::vector<int64_t>{3, 1, 2}));
    EXPECT_FLOAT_EQ(input[0][0][0].item<float>(), 0);
    EXPECT_FLOAT_EQ(input[0][0][1].item<float>(), 1);
    EXPECT_FLOAT_EQ(input[1][0][0].item<float>(), 0.25);
}

TEST(NetworkInput, RepeatsGreyAndLeavesAlphaOut) {
    const torch::Tensor input = inputOf(buffer<uint8_t>({2, 1}, 2, PixelType::UInt8, {10, 255, 20, 0}));
    EXPECT_FLOAT_EQ(input[2][0][1].item<float>(), 1);
    EXPECT_FLOAT_EQ(input[2][0][0].item<float>(), 0);
}

TEST(NetworkInput, NodataAndNanDoNotStretchTheRange) {
    PixelBuffer pixels =
        buffer<float>({4, 1}, 1, PixelType::Float32, {-9999, 1, std::numeric_limits<float>::quiet_NaN(), 3});
    pixels.nodata = -9999;
    const torch::Tensor row = inputOf(pixels)[0][0];
    EXPECT_TRUE(torch::equal(row, torch::tensor({0.f, 0.f, 0.f, 1.f})));
}

TEST(NetworkInput, TakesIntegersOf64Bits) {
    constexpr uint64_t kHalf = uint64_t{1} << 63;
    const torch::Tensor row =
        inputOf(buffer<uint64_t>({3, 1}, 1, PixelType::UInt64, {0, kHalf / 2, kHalf}))[0][0];
    EXPECT_TRUE(torch::equal(row, torch::tensor({0.f, 0.5f, 1.f})));
    const PixelBuffer isSigned = buffer<int64_t>({2, 1}, 1, PixelType::Int64, {-5'000'000'000, 0});
    EXPECT_FLOAT_EQ(rawColours(isSigned)[0][0][0].item<float>(), -5e9F);
}

TEST(NetworkInput, WhatIsHiddenIsNoMeasurement) {
    PixelBuffer pixels = buffer<uint8_t>({3, 1}, 1, PixelType::UInt8, {255, 10, 20});
    pixels.hidden = {1, 0, 0};
    EXPECT_TRUE(torch::equal(inputOf(pixels)[0][0], torch::tensor({0.f, 0.f, 1.f})));
    EXPECT_TRUE(torch::equal(measuredPixels(pixels), torch::tensor({{false, true, true}})));
}

TEST(NetworkInput, ConstantImageIsZeroNotNan) {
    const torch::Tensor input = inputOf(buffer<uint8_t>({2, 1}, 1, PixelType::UInt8, {7, 7}));
    EXPECT_FLOAT_EQ(input.abs().max().item<float>(), 0);
}

TEST(NetworkInput, StretchesAfterResizing) {
    const torch::Tensor input =
        networkInput(rawColours(buffer<uint8_t>({4, 1}, 1, PixelType::UInt8, {0, 200, 50, 50})), {2, 1}, {});
    EXPECT_TRUE(torch::allclose(input[0][0], torch::tensor({1.f, 0.f})));
}

torch::Tensor scaled(const PixelBuffer& pixels, const char* range) {
    return scaledColours(pixels, inputRangeFromText(range).value())[0][0];
}

TEST(ScaledColours, AutomaticLeavesThemRaw) {
    const PixelBuffer pixels = buffer<int16_t>({3, 1}, 1, PixelType::Int16, {-1000, 40, 3000});
    EXPECT_TRUE(torch::equal(scaled(pixels, "auto"), rawColours(pixels)[0][0]));
}

TEST(ScaledColours, AWindowIsTheSameForAllImages) {
    const PixelBuffer pixels = buffer<int16_t>({4, 1}, 1, PixelType::Int16, {-1000, -160, 40, 3000});
    EXPECT_TRUE(torch::allclose(scaled(pixels, "window:40,400"), torch::tensor({0.f, 0.f, 0.5f, 1.f})));
    const torch::Tensor input =
        networkInput(scaledColours(pixels, inputRangeFromText("window:40,400").value()), pixels.size,
                     inputRangeFromText("window:40,400").value());
    EXPECT_TRUE(torch::allclose(input[2][0], torch::tensor({0.f, 0.f, 0.5f, 1.f}))) << "not stretched again";
}

TEST(ScaledColours, PercentilesAndMinMaxLeaveOutWhatIsNoMeasurement) {
    std::vector<float> samples;
    for (int i = 0; i <= 100; ++i) samples.push_back(static_cast<float>(i * 37 % 101));
    samples.insert(samples.end(), {-9999, std::numeric_limits<float>::quiet_NaN()});
    PixelBuffer pixels = buffer<float>({103, 1}, 1, PixelType::Float32, samples);
    pixels.nodata = -9999;
    const torch::Tensor row = rawColours(pixels)[0][0];
    EXPECT_TRUE(torch::allclose(scaled(pixels, "minmax"), row / 100));
    EXPECT_TRUE(torch::allclose(scaled(pixels, "percentile:10,90"), ((row - 10) / 80).clamp(0, 1)));
}

TEST(ScaledColours, DisplayedColoursAreEightBitsAsTheyAre) {
    const PixelBuffer pixels = buffer<uint8_t>({2, 1}, 3, PixelType::UInt8, {51, 102, 0, 102, 0, 0});
    EXPECT_TRUE(torch::allclose(scaled(pixels, "displayed"), torch::tensor({0.2f, 0.4f})));
}

TEST(ScaledColours, BytesStayAsTheyAreAndOtherTypesAreStretched) {
    const PixelBuffer bytes = buffer<uint8_t>({2, 1}, 1, PixelType::UInt8, {102, 153});
    EXPECT_TRUE(torch::allclose(scaled(bytes, "bytes"), torch::tensor({0.4f, 0.6f})));
    const PixelBuffer words = buffer<uint16_t>({3, 1}, 1, PixelType::UInt16, {102, 153, 204});
    EXPECT_TRUE(torch::allclose(scaled(words, "bytes"), torch::tensor({0.f, 0.5f, 1.f})));
    const InputRange range{InputRange::Kind::Bytes};
    EXPECT_TRUE(torch::allclose(networkInput(scaledColours(bytes, range), bytes.size, range)[2][0],
                                torch::tensor({0.4f, 0.6f})))
        << "not stretched after resizing";
}

TEST(ScaledColours, BandsAreThoseThatAreAskedFor) {
    const PixelBuffer pixels =
        buffer<uint16_t>({2, 1}, 4, PixelType::UInt16, {10, 20, 30, 100, 20, 40, 60, 300});
    const torch::Tensor composed = scaledColours(pixels, *inputRangeFromText("auto+bands:4,2,1"));
    EXPECT_TRUE(
        torch::equal(composed.squeeze(1), torch::tensor({{100.f, 300.f}, {20.f, 40.f}, {10.f, 20.f}})));
    EXPECT_TRUE(
        torch::equal(scaledColours(pixels, *inputRangeFromText("auto+bands:5,2,1")), rawColours(pixels)))
        << "there is no fifth band";
}

TEST(ScaledColours, EachBandMayHaveItsOwnLimits) {
    PixelBuffer pixels = buffer<uint16_t>({3, 1}, 3, PixelType::UInt16, {10, 100, 7, 20, 300, 7, 15, 0, 7});
    pixels.nodata = 0;
    const torch::Tensor each = scaledColours(pixels, *inputRangeFromText("minmax+each")).squeeze(1);
    EXPECT_TRUE(torch::allclose(each[0], torch::tensor({0.f, 1.f, 0.5f})));
    EXPECT_TRUE(torch::allclose(each[1], torch::tensor({0.f, 1.f, 0.f})))
        << "nodata is the smallest of its band";
    EXPECT_TRUE(torch::equal(each[2], torch::zeros({3})));
    const torch::Tensor together = scaledColours(pixels, *inputRangeFromText("minmax")).squeeze(1);
    EXPECT_NEAR(together[0][1].item<float>(), (20.0 - 7) / (300 - 7), 1e-6);
}

TEST(ScaledColours, AWindowOfALargerImageGoesByTheLimitsOfThatImage) {
    PixelBuffer pixels = buffer<uint16_t>({4, 1}, 1, PixelType::UInt16, {0, 150, 200, 900});
    pixels.nodata = 0;
    pixels.limits = {{100, 300}};
    const torch::Tensor row = torch::tensor({0.f, 0.25f, 0.5f, 1.f});
    for (const char* range : {"minmax", "bytes", "percentile:2,98"})
        EXPECT_TRUE(torch::allclose(scaled(pixels, range), row)) << range;
    EXPECT_TRUE(
        torch::allclose(scaled(pixels, "window:450,900"), torch::tensor({1.f / 6, 1.f / 6, 2.f / 9, 1.f})))
        << "it is the same for all images";
    const InputRange automatic = appliedRange({}, pixels);
    EXPECT_TRUE(
        torch::allclose(networkInput(scaledColours(pixels, automatic), pixels.size, automatic)[1][0], row));
    const PixelBuffer bytes = buffer<uint8_t>({2, 1}, 1, PixelType::UInt8, {102, 153});
    EXPECT_EQ(appliedRange({}, bytes), InputRange()) << "of a whole image";
}

TEST(ScaledColours, OfAWindowEachBandHasItsOwnLimits) {
    PixelBuffer pixels = buffer<uint8_t>({1, 1}, 3, PixelType::UInt8, {10, 20, 30});
    pixels.limits = {{0, 20}, {0, 80}, {20, 40}};
    EXPECT_TRUE(torch::allclose(scaledColours(pixels, *inputRangeFromText("minmax+each")).flatten(),
                                torch::tensor({0.5f, 0.25f, 0.5f})));
}

TEST(MeasuredPixels, GoByTheBandsThatAreSeen) {
    PixelBuffer pixels = buffer<uint16_t>({2, 1}, 4, PixelType::UInt16, {0, 0, 0, 5, 1, 1, 1, 0});
    pixels.nodata = 0;
    EXPECT_TRUE(torch::equal(measuredPixels(pixels), torch::tensor({{false, true}})));
    EXPECT_TRUE(torch::equal(measuredPixels(pixels, std::array{3, 3, 3}), torch::tensor({{true, false}})));
}

TEST(InputRangeFor, TheAutomaticOneIsWhatTheNetworkWasTrainedWith) {
    sam::SamDescription liteMedSam, samVit;
    samVit.normalisation = sam::PixelNormalisation::ImageNet;
    EXPECT_EQ(inputRangeFor({}, liteMedSam), InputRange());
    EXPECT_EQ(inputRangeFor({}, samVit), InputRange{InputRange::Kind::Bytes});
    const InputRange minMax{InputRange::Kind::MinMax};
    EXPECT_EQ(inputRangeFor(minMax, samVit), minMax);
    EXPECT_EQ(toText(inputRangeFor(*inputRangeFromText("auto+bands:3,2,1"), samVit)), "bytes+bands:3,2,1");
}

TEST(ScaledColours, AConstantImageIsZeroNotNan) {
    const PixelBuffer pixels = buffer<uint8_t>({2, 1}, 1, PixelType::UInt8, {7, 7});
    EXPECT_FLOAT_EQ(scaled(pixels, "percentile:2,98").abs().max().item<float>(), 0);
}

TEST(NetworkInput, RefusesABufferThatLies) {
    PixelBuffer pixels = buffer<uint8_t>({2, 1}, 1, PixelType::UInt8, {7, 7});
    pixels.size = {200, 100};
    EXPECT_THROW(rawColours(pixels), std::invalid_argument);
}

TEST(Resized, AveragesAreas) {
    const torch::Tensor image = torch::arange(16, torch::kFloat32).view({1, 4, 4});
    const torch::Tensor half = resized(image, {2, 2});
    EXPECT_FLOAT_EQ(half[0][0][0].item<float>(), (0 + 1 + 4 + 5) / 4.f);
    EXPECT_FLOAT_EQ(half[0][1][1].item<float>(), (10 + 11 + 14 + 15) / 4.f);
}

}  // namespace
}  // namespace finebrush
