#include "core/image/raster/raster_reader.h"
#include "core/image/tiff/tiff_stack.h"
#include "tests/core/image/expected_values.h"
#include "tests/core/image/image_fixtures.h"
#include "tests/support/soon.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>

namespace finebrush {
namespace {

// These tests read the images that lie beside a developer's checkout; the product ships without them.

class RealImages : public ::testing::Test {
  protected:
    void SetUp() override {
        if (data_.empty()) GTEST_SKIP() << "NO REAL IMAGES: there is no ../shared/data beside this checkout";
    }

    std::filesystem::path data_ = testing::sharedData();
};

struct Expected {
    const char* file;
    PixelSize size;
    int bands;
    bool hasAlpha;
    PixelType type;
};

/// Sizes, bands and depths as ImageMagick's `identify` gives them.
const Expected kExpected[] = {
    {"format_variants/sub-png_sample-16gray_SEM.png", {256, 256}, 1, false, PixelType::UInt16},
    {"format_variants/sub-png_sample-16rgb_SEM.png", {256, 256}, 3, false, PixelType::UInt16},
    {"format_variants/sub-png_sample-16rgba_SEM.png", {256, 256}, 3, true, PixelType::UInt16},
    {"format_variants/sub-png_sample-8gray_SEM.png", {278, 266}, 1, false, PixelType::UInt8},
    {"format_variants/sub-png_sample-8grayalhpa_SEM.png", {278, 266}, 1, true, PixelType::UInt8},
    {"format_variants/sub-png_sample-8grayalpha_SEM.png", {278, 266}, 3, true, PixelType::UInt8},
    {"format_variants/sub-png_sample-8rgb_SEM.png", {256, 256}, 3, false, PixelType::UInt8},
    {"format_variants/sub-png_sample-8rgba_SEM.png", {256, 256}, 3, true, PixelType::UInt8},
    {"format_variants/sub-tif_sample-16gray_SEM.tif", {256, 256}, 1, false, PixelType::UInt16},
    {"format_variants/sub-tif_sample-16rgb_SEM.tif", {256, 256}, 3, false, PixelType::UInt16},
    {"format_variants/sub-tif_sample-16rgba_SEM.tif", {256, 256}, 3, true, PixelType::UInt16},
    {"format_variants/sub-tif_sample-8gray_SEM.tif", {256, 256}, 1, false, PixelType::UInt8},
    {"format_variants/sub-tif_sample-8rgb_SEM.tif", {256, 256}, 3, false, PixelType::UInt8},
    {"format_variants/sub-tif_sample-8rgba_SEM.tif", {256, 256}, 3, true, PixelType::UInt8},
    {"tiff16/img2d.tif", {512, 512}, 1, false, PixelType::UInt16},
    {"tiff16/img3d.tif", {57, 61}, 1, false, PixelType::UInt16},
    {"tiff16/mask2d.tif", {512, 512}, 1, false, PixelType::UInt16},
    {"tiff16/mask3d.tif", {57, 61}, 1, false, PixelType::UInt16},
    {"messy_jpeg_masks/images/102.jpg", {512, 512}, 3, false, PixelType::UInt8},
    {"messy_jpeg_masks/images/131.jpg", {512, 512}, 3, false, PixelType::UInt8},
    {"messy_jpeg_masks/images/160.jpg", {512, 512}, 3, false, PixelType::UInt8},
    {"messy_jpeg_masks/images/181.jpg", {512, 512}, 3, false, PixelType::UInt8},
    {"messy_jpeg_masks/masks/102.jpg", {512, 512}, 3, false, PixelType::UInt8},
    {"messy_jpeg_masks/masks/131.jpg", {512, 512}, 3, false, PixelType::UInt8},
    {"messy_jpeg_masks/masks/160.jpg", {512, 512}, 3, false, PixelType::UInt8},
    {"messy_jpeg_masks/masks/181.jpg", {512, 512}, 3, false, PixelType::UInt8},
    {"geotiff/sen1floods11/Spain_7370579_S1Hand.tif", {512, 512}, 2, false, PixelType::Float32},
    {"geotiff/sen1floods11/Spain_7370579_S2Hand.tif", {512, 512}, 13, false, PixelType::Int16},
};

TEST_F(RealImages, HaveTheExpectedLayout) {
    for (const Expected& expected : kExpected) {
        const Result<RasterInfo> info = readRasterInfo(data_ / expected.file);
        ASSERT_TRUE(info) << describe(info.error());
        EXPECT_EQ(info->size, expected.size) << expected.file;
        EXPECT_EQ(info->bands, expected.bands) << expected.file;
        EXPECT_EQ(info->hasAlpha, expected.hasAlpha) << expected.file;
        EXPECT_EQ(info->type, expected.type) << expected.file;

        const Result<PixelBuffer> pixels = readRaster(data_ / expected.file);
        ASSERT_TRUE(pixels) << describe(pixels.error());
        EXPECT_TRUE(pixels->isConsistent()) << expected.file;
        EXPECT_EQ(pixels->size, expected.size) << expected.file;
        EXPECT_EQ(pixels->bands, expected.bands) << expected.file;
    }
}

/// The first band at a pixel, in 1/65535 of the range.
int greyAt(const PixelBuffer& pixels, int x, int y) {
    const size_t pixel = static_cast<size_t>(y) * pixels.size.width + x;
    const uint8_t* sample = &pixels.bytes[pixel * pixels.bytesPerPixel()];
    if (pixels.type == PixelType::UInt8) return *sample * 257;
    uint16_t value = 0;
    std::memcpy(&value, sample, 2);
    return value;
}

TEST_F(RealImages, OnePictureInFourteenFormatsIsOnePicture) {
    const PixelBuffer reference = *readRaster(data_ / "format_variants/sub-png_sample-8gray_SEM.png");
    ASSERT_EQ(greyAt(reference, 100, 50), 37265);  // by ImageMagick
    const std::vector<std::filesystem::path> variants = *filesIn(data_ / "format_variants");
    ASSERT_EQ(variants.size(), 14u);
    for (const std::filesystem::path& variant : variants) {
        const Result<PixelBuffer> pixels = readRaster(variant);
        ASSERT_TRUE(pixels) << describe(pixels.error());
        for (int y = 0; y < 256; ++y) {
            for (int x = 0; x < 256; ++x) {
                ASSERT_EQ(greyAt(*pixels, x, y), greyAt(reference, x, y)) << variant << " " << x << ", " << y;
            }
        }
    }
}

TEST_F(RealImages, HaveThePixelsThatAnotherReaderGives) {
    const nlohmann::json expected = testing::expectedValues("", "expected_images.json")["files"];
    size_t files = 0;
    for (const char* folder : {"format_variants", "tiff16", "messy_jpeg_masks/images",
                               "messy_jpeg_masks/masks", "wbc_small/images"})
        files += filesIn(data_ / folder)->size();
    ASSERT_EQ(expected.size(), files) << "none is forgotten";
    for (const auto& [name, entry] : expected.items()) {
        SCOPED_TRACE(name);
        const Result<PixelBuffer> pixels = readRaster(data_ / name);
        ASSERT_TRUE(pixels) << describe(pixels.error());
        EXPECT_EQ(nlohmann::json({pixels->size.width, pixels->size.height}), entry["size"]);
        EXPECT_EQ(pixels->bands, entry["bands"]);
        EXPECT_EQ(pixelTypeName(pixels->type), entry["type"]);
        EXPECT_EQ(sha256(pixels->bytes), entry["values"]);
        EXPECT_EQ(std::ranges::count_if(pixels->hidden, [](uint8_t value) { return value != 0; }),
                  entry["hidden"]);
        ASSERT_EQ(tiff::isStack(data_ / name), entry.contains("pages"));
        if (!entry.contains("pages")) continue;
        const Result<Volume> volume = tiff::readVolume(data_ / name, uint64_t{64} << 20);
        ASSERT_TRUE(volume) << describe(volume.error());
        EXPECT_EQ(volume->info.grid.size[2], entry["pages"]);
        EXPECT_EQ(sha256(volume->bytes), entry["all_values"]);
    }
}

TEST_F(RealImages, EverySetOpensWithMasksOfItsImagesSizes) {
    int sets = 0;
    for (const auto& entry : std::filesystem::directory_iterator(data_)) {
        if (!std::filesystem::exists(entry.path() / "set.json")) continue;
        ++sets;
        const std::filesystem::path image = filesIn(entry.path() / "images")->front();
        const Result<PixelBuffer> pixels = readRaster(image);
        ASSERT_TRUE(pixels) << describe(pixels.error());
        const Result<IndexMask> mask =
            readIndexMask(entry.path() / "masks" / (image.stem().string() + ".png"));
        ASSERT_TRUE(mask) << describe(mask.error());
        EXPECT_EQ(mask->size, pixels->size) << image;
        EXPECT_EQ(pixels->type, PixelType::UInt8) << image;
        EXPECT_THAT(pixels->bands, ::testing::AnyOf(1, 3)) << image;
    }
    EXPECT_EQ(sets, 11);
}

TEST_F(RealImages, JpegMasksAreNoClassNumbers) {
    const std::vector<std::filesystem::path> files = *filesIn(data_ / "messy_jpeg_masks/masks");
    ASSERT_EQ(files.size(), 4u);
    for (const std::filesystem::path& file : files) {
        const Result<IndexMask> mask = readIndexMask(file);
        ASSERT_FALSE(mask) << file;
        EXPECT_EQ(mask.error().code, ErrorCode::LabelsNotIndexed);
    }
}

TEST_F(RealImages, EveryBadImageOpensOrIsRefused) {
    int refused = 0;
    std::map<std::string, ErrorCode> verdicts;
    const std::vector<std::filesystem::path> files = *filesIn(data_ / "bad/images");
    for (const std::filesystem::path& file : files) {
        SCOPED_TRACE(file);
        const Result<PixelBuffer> pixels = testing::soon([&] { return readRaster(file); });
        if (pixels) {
            EXPECT_TRUE(pixels->isConsistent()) << file;
            continue;
        }
        ++refused;
        verdicts[file.filename()] = pixels.error().code;
        EXPECT_THAT(pixels.error().code,
                    ::testing::AnyOf(ErrorCode::ImageDamaged, ErrorCode::ImageFormatUnknown,
                                     ErrorCode::ImageTooLarge))
            << file;
        EXPECT_THAT(describe(pixels.error()), ::testing::HasSubstr(file.filename().string()));
    }
    EXPECT_GE(refused, 25);
    EXPECT_EQ(verdicts["truncated_jpeg.jpg"], ErrorCode::ImageDamaged);
    EXPECT_EQ(verdicts["truncated_image.png"], ErrorCode::ImageDamaged);
    EXPECT_EQ(verdicts["shortfile.bmp"], ErrorCode::ImageDamaged);
    EXPECT_EQ(verdicts["reallybig.bmp"], ErrorCode::ImageTooLarge);
    EXPECT_EQ(verdicts["pngtest_bad.png.bin"], ErrorCode::ImageFormatUnknown);
}

}  // namespace
}  // namespace finebrush
