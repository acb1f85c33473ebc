#include "core/image/raster/opening_cost.h"

#include "core/image/raster/raster_reader.h"
#include "tests/core/image/image_fixtures.h"
#include "tests/core/image/lying_headers.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::HasSubstr;
using testing::TemporaryFolder;

constexpr uint32_t kRaw = 0, kRunLengths = 1;

TEST(OpeningCost, OfABmpIsThatOfItsRunLengths) {
    const TemporaryFolder folder;
    const std::filesystem::path file = folder / "a.bmp";
    const auto isCheap = [&](int width, int height, uint32_t compression) {
        testing::writeBytes(file, testing::bmpOfOneRun(width, height, compression));
        const Result<void> cheap = requireCheapOpening(file);
        if (!cheap) {
            EXPECT_EQ(cheap.error().code, ErrorCode::ImageTooLarge);
            EXPECT_THAT(describe(cheap.error()), HasSubstr("a.bmp"));
        }
        return cheap.has_value();
    };
    EXPECT_TRUE(isCheap(8192, 8192, kRunLengths));
    EXPECT_FALSE(isCheap(8193, 8192, kRunLengths));
    EXPECT_FALSE(isCheap(8193, -8192, kRunLengths)) << "its rows go down";
    EXPECT_TRUE(isCheap(100000, 100000, kRaw)) << "it is read row by row";
    EXPECT_TRUE(isCheap(8193, 0, kRunLengths)) << "GDAL sees that";
}

TEST(OpeningCost, ABmpOfRunLengthsIsRead) {
    const TemporaryFolder folder;
    testing::writeBytes(folder / "a.bmp", testing::bmpOfOneRun(120, 1, kRunLengths));
    const Result<PixelBuffer> pixels = readRaster(folder / "a.bmp");
    ASSERT_TRUE(pixels) << describe(pixels.error());
    EXPECT_EQ(pixels->size, (PixelSize{120, 1}));
    EXPECT_THAT(pixels->bytes, ::testing::Each(testing::kGreyOfRun));
}

TEST(OpeningCost, OfAJpeg2000IsThatOfItsTilesAndOfTheLargestOfThem) {
    const TemporaryFolder folder;
    const std::filesystem::path file = folder / "a.jp2";
    testing::writeImage(file, "JP2OpenJPEG", testing::randomPixels({64, 48}, 3, PixelType::UInt8));
    const std::vector<uint8_t> honest = testing::bytesOf(file);
    EXPECT_TRUE(requireCheapOpening(file));
    const auto isCheap = [&](uint32_t side, uint32_t tileSide, bool isInBoxes) {
        std::vector<uint8_t> bytes = testing::jp2OfSize(honest, side, tileSide);
        if (!isInBoxes) bytes.erase(bytes.begin(), testing::codestreamOf(bytes));
        testing::writeBytes(file, bytes);
        const Result<void> cheap = requireCheapOpening(file);
        if (!cheap) {
            EXPECT_EQ(cheap.error().code, ErrorCode::ImageTypeUnsupported);
            EXPECT_THAT(describe(cheap.error()), HasSubstr("a.jp2"));
        }
        return cheap.has_value();
    };
    for (const bool isInBoxes : {true, false}) {
        EXPECT_TRUE(isCheap(40000, 1024, isInBoxes));
        EXPECT_TRUE(isCheap(20000, 20000, isInBoxes)) << "many are not tiled";
        EXPECT_FALSE(isCheap(8000, 32, isInBoxes)) << "62500 tiles";
        EXPECT_FALSE(isCheap(65500, 65500, isInBoxes));
        EXPECT_TRUE(isCheap(64, 0xFFFFFFFF, isInBoxes)) << "no more than the image";
    }
    std::vector<uint8_t> bytes = honest;
    bytes.resize(static_cast<size_t>(testing::codestreamOf(bytes) - bytes.begin()) + 20);
    testing::writeBytes(file, bytes);
    const Result<void> cheap = requireCheapOpening(file);
    ASSERT_FALSE(cheap);
    EXPECT_EQ(cheap.error().code, ErrorCode::ImageDamaged);
}

}  // namespace
}  // namespace finebrush
