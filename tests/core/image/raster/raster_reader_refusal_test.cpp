#include "core/image/raster/raster_reader.h"
#include "tests/core/image/image_fixtures.h"

#include <gmock/gmock.h>

#include <sys/stat.h>

namespace finebrush {
namespace {

using testing::randomPixels;
using testing::TemporaryFolder;
using testing::writeImage;

constexpr PixelSize kSize{64, 48};

/// Every reader refuses the file, with the same code, one sentence and its name in it.
void expectRefused(const std::filesystem::path& path, ErrorCode code) {
    const Result<RasterInfo> info = readRasterInfo(path);
    const Result<PixelBuffer> pixels = readRaster(path);
    const Result<IndexMask> mask = readIndexMask(path);
    ASSERT_FALSE(info) << path;
    ASSERT_FALSE(pixels) << path;
    ASSERT_FALSE(mask) << path;
    EXPECT_EQ(errorName(info.error().code), std::string(errorName(code))) << path;
    EXPECT_EQ(pixels.error().code, code) << path;
    EXPECT_EQ(mask.error().code, code) << path;
    EXPECT_THAT(describe(pixels.error()), ::testing::HasSubstr(utf8(path)));
}

TEST(Refusal, WhatIsNotAFile) {
    const TemporaryFolder folder;
    const std::filesystem::path fifo = folder / "fifo.png";
    ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
    std::filesystem::create_symlink("nowhere.png", folder / "dangling.png");
    expectRefused(folder / "missing.png", ErrorCode::FileMissing);
    expectRefused(folder / "dangling.png", ErrorCode::FileMissing);
    expectRefused(fifo, ErrorCode::NotARegularFile);
    expectRefused(folder.path(), ErrorCode::NotARegularFile);
    expectRefused("", ErrorCode::FileMissing);
}

TEST(Refusal, PathsThatGdalWouldInterpret) {
    const TemporaryFolder folder;
    const std::filesystem::path real = folder / "a.tif";
    writeImage(real, "GTiff", randomPixels(kSize, 1, PixelType::UInt8));
    expectRefused("/vsicurl/http://127.0.0.1:9/a.tif", ErrorCode::FileMissing);
    expectRefused("/vsizip/" + real.string(), ErrorCode::FileMissing);
    expectRefused("GTIFF_DIR:1:" + real.string(), ErrorCode::FileMissing);
    expectRefused("GTIFF_RAW:" + real.string(), ErrorCode::FileMissing);
    expectRefused("<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\"/>", ErrorCode::FileMissing);
}

TEST(Refusal, MoreBandsThanAnyInstrumentHas) {
    const TemporaryFolder folder;
    const PixelBuffer most = randomPixels({2, 2}, 8192, PixelType::UInt8);
    writeImage(folder / "most.tif", "GTiff", most);
    EXPECT_EQ(readRaster(folder / "most.tif")->bytes, most.bytes);
    writeImage(folder / "more.tif", "GTiff", randomPixels({2, 2}, 8193, PixelType::UInt8));
    expectRefused(folder / "more.tif", ErrorCode::ImageTypeUnsupported);
    EXPECT_THAT(describe(readRaster(folder / "more.tif").error()), ::testing::HasSubstr("8193 bands"));
}

TEST(Refusal, ALinkToAnImageIsFollowed) {
    const TemporaryFolder folder;
    const PixelBuffer pixels = randomPixels(kSize, 1, PixelType::UInt8);
    writeImage(folder / "a.png", "PNG", pixels);
    std::filesystem::create_symlink("a.png", folder / "link.png");
    EXPECT_EQ(*readRaster(folder / "link.png"), pixels);
}

TEST(Refusal, WhatIsNoImage) {
    const TemporaryFolder folder;
    const std::pair<const char*, std::string> files[] = {
        {"text.png", "this is no image, whatever its name says\n"},
        {"empty.png", ""},
        {"one_byte.jpg", "\xFF"},
        {"vrt.tif", R"(<VRTDataset rasterXSize="50" rasterYSize="1"><VRTRasterBand dataType="Byte" band="1"
            subClass="VRTRawRasterBand"><SourceFilename relativetoVRT="0">/etc/passwd</SourceFilename>
            </VRTRasterBand></VRTDataset>)"},
        {"wms.tif",
         R"(<GDAL_WMS><Service name="TMS"><ServerUrl>http://127.0.0.1:9/</ServerUrl></Service></GDAL_WMS>)"},
    };
    for (const auto& [name, content] : files) {
        ASSERT_TRUE(writeFileAtomically(folder / name, content));
        expectRefused(folder / name, ErrorCode::ImageFormatUnknown);
    }
}

TEST(Refusal, OnlyTheListedDriversAreThere) {
    prepareGdal();
    std::vector<std::string> names;
    for (int i = 0; i < GDALGetDriverCount(); ++i) names.emplace_back(GDALGetDescription(GDALGetDriver(i)));
    EXPECT_THAT(names, ::testing::UnorderedElementsAre("GTiff", "PNG", "JPEG", "JP2OpenJPEG", "BMP", "MEM"));
}

TEST(Refusal, PixelTypesWithoutAMeaningHere) {
    const TemporaryFolder folder;
    prepareGdal();
    GDALDriver& tiff = *GetGDALDriverManager()->GetDriverByName("GTiff");
    for (const GDALDataType type : {GDT_CFloat32, GDT_CInt16, GDT_CFloat64}) {
        const std::filesystem::path path = folder / (std::string(GDALGetDataTypeName(type)) + ".tif");
        GDALDatasetUniquePtr(tiff.Create(path.c_str(), 8, 8, 1, type, nullptr));
        expectRefused(path, ErrorCode::ImageTypeUnsupported);
    }
}

// ---- sizes ----

TEST(Refusal, ImagesAboveTheLimit) {
    const TemporaryFolder folder;
    writeImage(folder / "a.tif", "GTiff", randomPixels(kSize, 3, PixelType::UInt16));
    const uint64_t bytes = 64 * 48 * 3 * 2;
    EXPECT_TRUE(readRaster(folder / "a.tif", bytes));
    const Result<PixelBuffer> refused = readRaster(folder / "a.tif", bytes - 1);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(),
              (Error{ErrorCode::ImageTooLarge, {utf8(folder / "a.tif"), "64", "48", "0"}, ""}));
}

TEST(Refusal, APaletteIsCountedAsTheColoursItBecomes) {
    const TemporaryFolder folder;
    writeImage(folder / "a.png", "PNG", randomPixels(kSize, 1, PixelType::UInt8), {},
               [](GDALDataset& dataset) {
                   GDALColorTable table;
                   const GDALColorEntry white{255, 255, 255, 255};
                   table.SetColorEntry(255, &white);
                   dataset.GetRasterBand(1)->SetColorTable(&table);
               });
    EXPECT_TRUE(readRaster(folder / "a.png", 64 * 48 * 3));
    EXPECT_FALSE(readRaster(folder / "a.png", 64 * 48 * 3 - 1));
}

/// Overwrites the value of a LONG or SHORT entry of a classic little-endian TIFF's first directory.
void lieInTiff(std::vector<uint8_t>& bytes, uint16_t tag, uint32_t value) {
    uint32_t directory = 0;
    std::memcpy(&directory, &bytes[4], 4);
    uint16_t count = 0;
    std::memcpy(&count, &bytes[directory], 2);
    for (size_t entry = directory + 2; entry < directory + 2 + count * size_t{12}; entry += 12) {
        uint16_t found = 0;
        std::memcpy(&found, &bytes[entry], 2);
        if (found != tag) continue;
        const uint16_t kLong = 4;
        std::memcpy(&bytes[entry + 2], &kLong, 2);
        std::memcpy(&bytes[entry + 8], &value, 4);
        return;
    }
    FAIL() << "no tag " << tag;
}

TEST(Refusal, AHeaderThatClaimsMoreThanThereIs) {
    constexpr uint16_t kWidth = 256, kHeight = 257;
    const TemporaryFolder folder;
    writeImage(folder / "a.tif", "GTiff", randomPixels(kSize, 1, PixelType::UInt8));
    const std::vector<uint8_t> honest = testing::bytesOf(folder / "a.tif");

    std::vector<uint8_t> absurd = honest;
    lieInTiff(absurd, kWidth, 0x7FFFFFFF);
    lieInTiff(absurd, kHeight, 0x7FFFFFFF);
    ASSERT_TRUE(writeFileAtomically(folder / "absurd.tif", absurd));
    const Result<PixelBuffer> refused = readRaster(folder / "absurd.tif");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::ImageTooLarge);

    std::vector<uint8_t> taller = honest;
    lieInTiff(taller, kHeight, 20'000'000);
    ASSERT_TRUE(writeFileAtomically(folder / "taller.tif", taller));
    const Result<PixelBuffer> damaged = readRaster(folder / "taller.tif");
    ASSERT_FALSE(damaged);
    EXPECT_EQ(damaged.error().code, ErrorCode::ImageDamaged);
}

// ---- truncation ----

class Truncated : public ::testing::TestWithParam<std::tuple<const char*, const char*, const char*>> {};

TEST_P(Truncated, IsNeverHalfAPicture) {
    const auto& [driver, file, option] = GetParam();
    const TemporaryFolder folder;
    writeImage(folder / file, driver, randomPixels(kSize, 3, PixelType::UInt8), {option});
    const std::vector<uint8_t> whole = testing::bytesOf(folder / file);
    const Result<PixelBuffer> complete = readRaster(folder / file);
    ASSERT_TRUE(complete) << describe(complete.error());

    for (size_t percent = 1; percent < 100; ++percent) {
        const std::span<const uint8_t> part(whole.data(), whole.size() * percent / 100);
        testing::writeBytes(folder / file, part);
        const Result<PixelBuffer> read = readRaster(folder / file);
        EXPECT_TRUE(!read || *read == *complete) << percent << " % was read as a whole picture";
        EXPECT_FALSE(read && percent <= 90) << percent << " %";
    }
}

INSTANTIATE_TEST_SUITE_P(Formats, Truncated,
                         ::testing::Values(std::tuple{"PNG", "a.png", "ZLEVEL=1"},
                                           std::tuple{"JPEG", "a.jpg", "QUALITY=90"},
                                           std::tuple{"JPEG", "a.jpg", "PROGRESSIVE=YES"},
                                           std::tuple{"GTiff", "a.tif", "COMPRESS=NONE"},
                                           std::tuple{"GTiff", "a.tif", "COMPRESS=DEFLATE"},
                                           std::tuple{"GTiff", "a.tif", "COMPRESS=JPEG"},
                                           std::tuple{"JP2OpenJPEG", "a.jp2", "REVERSIBLE=YES"},
                                           std::tuple{"BMP", "a.bmp", "WORLDFILE=NO"}));

}  // namespace
}  // namespace finebrush
