#include "core/image/raster/png_writer.h"

#include "core/image/raster/raster_reader.h"
#include "tests/core/image/image_fixtures.h"

#include <gmock/gmock.h>

#include <stdexcept>

namespace finebrush {
namespace {

using testing::randomPixels;
using testing::TemporaryFolder;

constexpr PixelSize kSize{33, 21};

Palette someColours() {
    Palette palette{};
    for (size_t i = 0; i < palette.size(); ++i) {
        palette[i] = {static_cast<uint8_t>(i), static_cast<uint8_t>(255 - i), static_cast<uint8_t>(i * 7)};
    }
    return palette;
}

/// Writes the bytes to a file of the folder.
std::filesystem::path store(const TemporaryFolder& folder, const Result<std::vector<uint8_t>>& bytes) {
    EXPECT_TRUE(bytes) << describe(bytes.error());
    EXPECT_TRUE(writeFileAtomically(folder / "a.png", *bytes));
    return folder / "a.png";
}

TEST(IndexPng, IsIndexDataAndAPictureInOne) {
    const TemporaryFolder folder;
    const IndexMask mask{kSize, randomPixels(kSize, 1, PixelType::UInt8).bytes};
    const Palette palette = someColours();
    const std::filesystem::path path = store(folder, encodeIndexPng(mask, palette));

    EXPECT_EQ(*readIndexMask(path), mask);
    EXPECT_TRUE(readRasterInfo(path)->hasPalette);
    const PixelBuffer colours = *readRaster(path);
    for (size_t i = 0; i < mask.values.size(); ++i) {
        const auto& expected = palette[mask.values[i]];
        ASSERT_THAT(std::vector(&colours.bytes[3 * i], &colours.bytes[3 * i + 3]),
                    ::testing::ElementsAreArray(expected));
    }
}

TEST(IndexPng, HasEightBitsAndNoTransparency) {
    // A mask of one class must not shrink to a 1-bit file: other programs expect bytes.
    const IndexMask mask{kSize, std::vector<uint8_t>(static_cast<size_t>(kSize.area()), 1)};
    const std::vector<uint8_t> bytes = *encodeIndexPng(mask, someColours());
    constexpr size_t kBitDepth = 24, kColourType = 25;
    EXPECT_EQ(bytes[kBitDepth], 8);
    EXPECT_EQ(bytes[kColourType], 3);
    EXPECT_THAT(std::string(bytes.begin(), bytes.end()), ::testing::Not(::testing::HasSubstr("tRNS")));
}

TEST(Png, KeepsGreyAndColour) {
    for (const int bands : {1, 3}) {
        const TemporaryFolder folder;
        const PixelBuffer pixels = randomPixels(kSize, bands, PixelType::UInt8);
        EXPECT_EQ(*readRaster(store(folder, encodePng(kSize, bands, pixels.bytes))), pixels);
    }
}

TEST(Png, RefusesSamplesThatDoNotFit) {
    const std::vector<uint8_t> samples(12);
    EXPECT_THROW((void)encodePng({2, 2}, 1, samples), std::invalid_argument);
    EXPECT_THROW((void)encodePng({2, 3}, 2, samples), std::invalid_argument);
    EXPECT_THROW((void)encodePng({0, 0}, 1, {}), std::invalid_argument);
    EXPECT_THROW((void)encodeIndexPng({{3, 3}, samples}, {}), std::invalid_argument);
}

}  // namespace
}  // namespace finebrush
