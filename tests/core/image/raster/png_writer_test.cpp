#include "core/image/raster/png_writer.h"

#include "core/image/raster/raster_reader.h"
#include "tests/core/image/image_fixtures.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace finebrush {
namespace {

using testing::randomPixels;
using testing::TemporaryFolder;

constexpr PixelSize kSize{33, 21};

/// Writes the bytes to a file of the folder.
std::filesystem::path store(const TemporaryFolder& folder, const Result<std::vector<uint8_t>>& bytes) {
    EXPECT_TRUE(bytes) << describe(bytes.error());
    EXPECT_TRUE(writeFileAtomically(folder / "a.png", *bytes));
    return folder / "a.png";
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
}

}  // namespace
}  // namespace finebrush
