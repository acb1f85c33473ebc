#include "core/image/raster/raster_reader.h"

#include "core/base/text.h"
#include "core/image/raster/gdal_environment.h"
#include "core/image/raster/sample_conversion.h"
#include "tests/core/image/image_fixtures.h"

#include <gmock/gmock.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <future>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace finebrush {
namespace {

using testing::randomPixels;
using testing::TemporaryFolder;
using testing::writeImage;

constexpr PixelSize kSize{61, 37};

// ---- bands ----

TEST(RasterBands, AreNamedAsTheFileNamesThem) {
    const TemporaryFolder folder;
    writeImage(folder / "a.tif", "GTiff", randomPixels(kSize, 5, PixelType::UInt16), {},
               [](GDALDataset& dataset) {
                   for (const int band : {2, 3, 4})
                       dataset.GetRasterBand(band)->SetDescription(formatted("B%d", band).c_str());
               });
    const Result<RasterInfo> named = readRasterInfo(folder / "a.tif");
    ASSERT_TRUE(named) << describe(named.error());
    EXPECT_THAT(named->bandNames, ::testing::ElementsAre("", "B2", "B3", "B4", ""));
    EXPECT_EQ(named->colourBands, (std::array{3, 2, 1}));

    writeImage(folder / "b.tif", "GTiff", randomPixels(kSize, 4, PixelType::UInt16), {},
               [](GDALDataset& dataset) {
                   dataset.GetRasterBand(4)->SetColorInterpretation(GCI_RedBand);
                   dataset.GetRasterBand(3)->SetColorInterpretation(GCI_GreenBand);
                   dataset.GetRasterBand(2)->SetColorInterpretation(GCI_BlueBand);
               });
    const Result<RasterInfo> interpreted = readRasterInfo(folder / "b.tif");
    ASSERT_TRUE(interpreted) << describe(interpreted.error());
    EXPECT_THAT(interpreted->bandNames, ::testing::IsEmpty());
    EXPECT_EQ(interpreted->colourBands, (std::array{3, 2, 1}));

    writeImage(folder / "c.tif", "GTiff", randomPixels(kSize, 5, PixelType::UInt16));
    EXPECT_EQ(readRasterInfo(folder / "c.tif")->colourBands, std::nullopt);
}

// ---- what is written is what is read ----

struct Variant {
    const char* name;
    const char* driver;
    const char* file;
    PixelType type;
    int bands;
    std::vector<std::string> options;
};

class RoundTrip : public ::testing::TestWithParam<Variant> {};

TEST_P(RoundTrip, KeepsEverySample) {
    const Variant& variant = GetParam();
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / variant.file;
    const PixelBuffer pixels = randomPixels(kSize, variant.bands, variant.type);
    writeImage(path, variant.driver, pixels, variant.options);

    const Result<RasterInfo> info = readRasterInfo(path);
    ASSERT_TRUE(info) << describe(info.error());
    EXPECT_EQ(info->size, kSize);
    EXPECT_EQ(info->bands, variant.bands);
    EXPECT_EQ(info->type, variant.type);
    EXPECT_EQ(info->format, variant.driver);
    EXPECT_FALSE(info->hasAlpha);
    EXPECT_FALSE(info->hasPalette);

    const Result<PixelBuffer> read = readRaster(path);
    ASSERT_TRUE(read) << describe(read.error());
    EXPECT_EQ(*read, pixels);
    EXPECT_THAT(folder.names(), ::testing::ElementsAre(variant.file));
}

INSTANTIATE_TEST_SUITE_P(
    Formats, RoundTrip,
    ::testing::Values(
        Variant{"PngGrey8", "PNG", "a.png", PixelType::UInt8, 1, {}},
        Variant{"PngGrey16", "PNG", "a.png", PixelType::UInt16, 1, {}},
        Variant{"PngRgb8", "PNG", "a.png", PixelType::UInt8, 3, {}},
        Variant{"PngRgb16", "PNG", "a.png", PixelType::UInt16, 3, {}},
        Variant{"BmpRgb8", "BMP", "a.bmp", PixelType::UInt8, 3, {}},
        Variant{"TiffGrey8", "GTiff", "a.tif", PixelType::UInt8, 1, {}},
        Variant{"TiffRgb8Lzw", "GTiff", "a.tif", PixelType::UInt8, 3, {"COMPRESS=LZW", "PREDICTOR=2"}},
        Variant{"TiffRgb16Tiled",
                "GTiff",
                "a.tif",
                PixelType::UInt16,
                3,
                {"TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16", "COMPRESS=DEFLATE"}},
        Variant{"TiffPlanes12",
                "GTiff",
                "a.tif",
                PixelType::UInt16,
                12,
                {"INTERLEAVE=BAND", "PHOTOMETRIC=MINISBLACK"}},
        Variant{"TiffManyBands", "GTiff", "a.tif", PixelType::Int16, 200, {"PHOTOMETRIC=MINISBLACK"}},
        Variant{"TiffInt16", "GTiff", "a.tif", PixelType::Int16, 1, {}},
        Variant{"TiffUInt32", "GTiff", "a.tif", PixelType::UInt32, 1, {}},
        Variant{"TiffInt32", "GTiff", "a.tif", PixelType::Int32, 2, {}},
        Variant{"TiffFloat32", "GTiff", "a.tif", PixelType::Float32, 2, {"COMPRESS=DEFLATE", "PREDICTOR=3"}},
        Variant{"TiffFloat64", "GTiff", "a.tif", PixelType::Float64, 1, {}},
        Variant{"TiffInt64", "GTiff", "a.tif", PixelType::Int64, 2, {"COMPRESS=LZW"}},
        Variant{"TiffUInt64", "GTiff", "a.tif", PixelType::UInt64, 1, {}},
        Variant{"BigTiff", "GTiff", "a.tif", PixelType::UInt16, 1, {"BIGTIFF=YES"}},
        Variant{"BigEndianTiff", "GTiff", "a.tif", PixelType::UInt16, 3, {"ENDIANNESS=BIG"}},
        Variant{"Jpeg2000Grey16",
                "JP2OpenJPEG",
                "a.jp2",
                PixelType::UInt16,
                1,
                {"REVERSIBLE=YES", "QUALITY=100"}},
        Variant{"Jpeg2000Rgb8",
                "JP2OpenJPEG",
                "a.jp2",
                PixelType::UInt8,
                3,
                {"REVERSIBLE=YES", "QUALITY=100", "YCC=NO"}}),
    [](const auto& info) { return std::string(info.param.name); });

// ---- alpha, palettes, odd depths ----

struct AlphaVariant {
    const char* driver;
    const char* file;
    PixelType type;
    int colourBands;
};

class Alpha : public ::testing::TestWithParam<AlphaVariant> {};

TEST_P(Alpha, IsNoBandAndHidesWhatItLeavesNothingOf) {
    const auto& [driver, file, type, colourBands] = GetParam();
    const TemporaryFolder folder;
    const int fileBands = colourBands + 1;
    const PixelBuffer pixels = randomPixels(kSize, fileBands, type);
    writeImage(folder / file, driver, pixels, {}, [&](GDALDataset& dataset) {
        if (fileBands == 4) dataset.GetRasterBand(1)->SetColorInterpretation(GCI_RedBand);
        dataset.GetRasterBand(fileBands)->SetColorInterpretation(GCI_AlphaBand);
    });

    const Result<RasterInfo> info = readRasterInfo(folder / file);
    ASSERT_TRUE(info) << describe(info.error());
    EXPECT_TRUE(info->hasAlpha);
    EXPECT_EQ(info->bands, colourBands);

    const Result<PixelBuffer> read = readRaster(folder / file);
    ASSERT_TRUE(read) << describe(read.error());
    ASSERT_EQ(read->bands, colourBands);
    const size_t kept = read->bytesPerPixel();
    const std::vector<uint8_t> nothing(bytesPerSample(type));
    for (size_t pixel = 0; pixel < static_cast<size_t>(kSize.area()); ++pixel) {
        const uint8_t* alpha = &pixels.bytes[pixel * pixels.bytesPerPixel() + kept];
        ASSERT_EQ(read->isHidden(pixel), std::memcmp(alpha, nothing.data(), nothing.size()) == 0);
        ASSERT_EQ(
            std::memcmp(&read->bytes[pixel * kept], &pixels.bytes[pixel * pixels.bytesPerPixel()], kept), 0)
            << "pixel " << pixel;
    }
}

INSTANTIATE_TEST_SUITE_P(Formats, Alpha,
                         ::testing::Values(AlphaVariant{"PNG", "a.png", PixelType::UInt8, 1},
                                           AlphaVariant{"PNG", "a.png", PixelType::UInt16, 1},
                                           AlphaVariant{"PNG", "a.png", PixelType::UInt8, 3},
                                           AlphaVariant{"PNG", "a.png", PixelType::UInt16, 3},
                                           AlphaVariant{"GTiff", "a.tif", PixelType::UInt8, 1},
                                           AlphaVariant{"GTiff", "a.tif", PixelType::UInt16, 3}));

/// Sets a colour table of `count` entries where entry i is (i, 255 - i, 7).
void setPalette(GDALDataset& dataset, int count) {
    GDALColorTable table;
    for (int i = 0; i < count; ++i) {
        const GDALColorEntry entry{static_cast<short>(i), static_cast<short>(255 - i), 7, 255};
        table.SetColorEntry(i, &entry);
    }
    dataset.GetRasterBand(1)->SetColorTable(&table);
}

class Palette : public ::testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(Palette, IsExpandedForRastersAndKeptForMasks) {
    const auto& [driver, file] = GetParam();
    const TemporaryFolder folder;
    const PixelBuffer indices = randomPixels(kSize, 1, PixelType::UInt8);
    writeImage(folder / file, driver, indices, {}, [](GDALDataset& dataset) { setPalette(dataset, 256); });

    EXPECT_TRUE(readRasterInfo(folder / file)->hasPalette);
    const Result<PixelBuffer> colours = readRaster(folder / file);
    ASSERT_TRUE(colours) << describe(colours.error());
    ASSERT_EQ(colours->bands, 3);
    for (size_t i = 0; i < indices.bytes.size(); ++i) {
        ASSERT_EQ(colours->bytes[3 * i], indices.bytes[i]);
        ASSERT_EQ(colours->bytes[3 * i + 1], 255 - indices.bytes[i]);
        ASSERT_EQ(colours->bytes[3 * i + 2], 7);
    }
    const Result<IndexMask> mask = readIndexMask(folder / file);
    ASSERT_TRUE(mask) << describe(mask.error());
    EXPECT_EQ(*mask, (IndexMask{kSize, indices.bytes}));
}

INSTANTIATE_TEST_SUITE_P(Formats, Palette,
                         ::testing::Values(std::pair{"PNG", "a.png"}, std::pair{"GTiff", "a.tif"},
                                           std::pair{"BMP", "a.bmp"}));

TEST(RasterReader, PaletteIndexWithoutColourIsBlack) {
    PixelBuffer pixels{{2, 1}, 1, PixelType::UInt8, {1, 9}, {}};
    expandPalette(pixels, {{0, 0, 0, 255}, {10, 20, 30, 255}});
    EXPECT_THAT(pixels.bytes, ::testing::ElementsAre(10, 20, 30, 0, 0, 0));
}

TEST(RasterReader, AMaskInTheFileHidesPixelsUnlessItHidesAll) {
    const TemporaryFolder folder;
    const PixelBuffer pixels{{3, 1}, 1, PixelType::UInt8, {7, 8, 9}, {}};
    const auto withMask = [&](const char* name, const std::vector<uint8_t>& mask) {
        testing::writeMaskedTiff(folder / name, pixels, mask);
        EXPECT_TRUE(readRasterInfo(folder / name)->hasMask);
        return *readRaster(folder / name);
    };
    const PixelBuffer some = withMask("some.tif", {255, 0, 255});
    EXPECT_EQ(some.bytes, pixels.bytes);
    EXPECT_THAT(some.hidden, ::testing::ElementsAre(0, 1, 0));
    EXPECT_TRUE(withMask("all.tif", {0, 0, 0}).hidden.empty()) << "it was never set";
    EXPECT_TRUE(withMask("nothing.tif", {255, 255, 255}).hidden.empty());
    EXPECT_THAT(readIndexMask(folder / "some.tif")->values, ::testing::ElementsAre(7, kUnlabelled, 9));
}

TEST(RasterReader, ATransparentColourHidesPixels) {
    const TemporaryFolder folder;
    const PixelBuffer pixels{{3, 1}, 1, PixelType::UInt8, {0, 1, 2}, {}};
    writeImage(folder / "a.png", "PNG", pixels, {}, [](GDALDataset& dataset) {
        GDALColorTable table;
        const GDALColorEntry colours[] = {{1, 2, 3, 255}, {4, 5, 6, 0}, {7, 8, 9, 128}};
        for (int i = 0; i < 3; ++i) table.SetColorEntry(i, &colours[i]);
        dataset.GetRasterBand(1)->SetColorTable(&table);
    });
    const PixelBuffer read = *readRaster(folder / "a.png");
    EXPECT_THAT(read.bytes, ::testing::ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9));
    EXPECT_THAT(read.hidden, ::testing::ElementsAre(0, 1, 0));
    EXPECT_THAT(readIndexMask(folder / "a.png")->values, ::testing::ElementsAre(0, 1, 2))
        << "of labels no colour counts";
}

TEST(RasterReader, SignedBytesAreSigned) {
    const TemporaryFolder folder;
    prepareGdal();
    CPLStringList options;
    options.AddString("PIXELTYPE=SIGNEDBYTE");
    GDALDatasetUniquePtr tiff(GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
        (folder / "a.tif").c_str(), 3, 1, 1, GDT_Byte, options.List()));
    int8_t values[] = {-128, -1, 127};
    ASSERT_EQ(tiff->GetRasterBand(1)->RasterIO(GF_Write, 0, 0, 3, 1, values, 3, 1, GDT_Byte, 0, 0, nullptr),
              CE_None);
    tiff.reset();
    const PixelBuffer read = *readRaster(folder / "a.tif");
    ASSERT_EQ(read.type, PixelType::Int16);
    std::vector<int16_t> samples(3);
    std::memcpy(samples.data(), read.bytes.data(), read.bytes.size());
    EXPECT_THAT(samples, ::testing::ElementsAre(-128, -1, 127));
}

TEST(RasterReader, WhatIsHiddenIsCutPastedAndTurnedWithItsPixel) {
    PixelBuffer pixels{{2, 2}, 1, PixelType::UInt8, {1, 2, 3, 4}, {}, {0, 1, 0, 0}};
    EXPECT_THAT(cropped(pixels, {1, 0, 1, 2}).hidden, ::testing::ElementsAre(1, 0));
    PixelBuffer canvas{{3, 2}, 1, PixelType::UInt8, std::vector<uint8_t>(6), {}};
    paste(pixels, 1, 0, canvas);
    EXPECT_THAT(canvas.bytes, ::testing::ElementsAre(0, 1, 2, 0, 3, 4));
    EXPECT_THAT(canvas.hidden, ::testing::ElementsAre(0, 0, 1, 0, 0, 0));
    paste({{1, 1}, 1, PixelType::UInt8, {9}, {}}, 2, 0, canvas);
    EXPECT_THAT(canvas.hidden, ::testing::ElementsAre(0, 0, 0, 0, 0, 0));
    applyOrientation(pixels, 6);
    EXPECT_THAT(pixels.bytes, ::testing::ElementsAre(3, 1, 4, 2));
    EXPECT_THAT(pixels.hidden, ::testing::ElementsAre(0, 0, 0, 1));
}

TEST(RasterReader, NarrowGreysAreWidenedForRastersAndKeptForMasks) {
    const TemporaryFolder folder;
    PixelBuffer pixels{{4, 1}, 1, PixelType::UInt8, {0, 1, 2, 3}, {}};
    writeImage(folder / "two_bits.png", "PNG", pixels, {"NBITS=2"});
    EXPECT_THAT(readRaster(folder / "two_bits.png")->bytes, ::testing::ElementsAre(0, 85, 170, 255));
    EXPECT_THAT(readIndexMask(folder / "two_bits.png")->values, ::testing::ElementsAre(0, 1, 2, 3));
}

TEST(RasterReader, WhiteIsZeroIsInverted) {
    const TemporaryFolder folder;
    PixelBuffer bytes{{3, 1}, 1, PixelType::UInt8, {0, 100, 255}, {}};
    writeImage(folder / "bytes.tif", "GTiff", bytes, {"PHOTOMETRIC=MINISWHITE"});
    const Result<PixelBuffer> inverted = readRaster(folder / "bytes.tif");
    ASSERT_TRUE(inverted) << describe(inverted.error());
    EXPECT_EQ(inverted->bands, 1);
    EXPECT_THAT(inverted->bytes, ::testing::ElementsAre(255, 155, 0));

    const PixelBuffer words = randomPixels(kSize, 1, PixelType::UInt16);
    writeImage(folder / "words.tif", "GTiff", words, {"PHOTOMETRIC=MINISWHITE"});
    PixelBuffer again = *readRaster(folder / "words.tif");
    invertSamples(again);
    EXPECT_EQ(again, words);
}

TEST(RasterReader, CmykJpegIsReadAsRgb) {
    // JPEG files hold the complement of the ink: 255 is none.
    const TemporaryFolder folder;
    PixelBuffer complement{{16, 16}, 4, PixelType::UInt8, {}, {}};
    for (int i = 0; i < 256; ++i) complement.bytes.insert(complement.bytes.end(), {255, 0, 127, 255});
    writeImage(folder / "cmyk.jpg", "JPEG", complement, {"QUALITY=100"});

    const Result<PixelBuffer> rgb = readRaster(folder / "cmyk.jpg");
    ASSERT_TRUE(rgb) << describe(rgb.error());
    ASSERT_EQ(rgb->bands, 3);
    EXPECT_EQ(readRasterInfo(folder / "cmyk.jpg")->bands, 3);
    EXPECT_NEAR(rgb->bytes[0], 255, 4);
    EXPECT_NEAR(rgb->bytes[1], 0, 4);
    EXPECT_NEAR(rgb->bytes[2], 127, 4);
}

TEST(RasterReader, CmykTiffIsReadAsRgb) {
    const TemporaryFolder folder;
    const PixelBuffer ink{{2, 1}, 4, PixelType::UInt8, {0, 255, 128, 0, 0, 0, 0, 255}, {}};
    writeImage(folder / "cmyk.tif", "GTiff", ink, {"PHOTOMETRIC=CMYK"});
    const Result<PixelBuffer> rgb = readRaster(folder / "cmyk.tif");
    ASSERT_TRUE(rgb) << describe(rgb.error());
    EXPECT_EQ(rgb->bands, 3);
    EXPECT_THAT(rgb->bytes, ::testing::ElementsAre(255, 0, 127, 0, 0, 0));
}

TEST(RasterReader, NodataIsReported) {
    const TemporaryFolder folder;
    writeImage(folder / "a.tif", "GTiff", randomPixels(kSize, 1, PixelType::Int16), {},
               [](GDALDataset& dataset) { dataset.GetRasterBand(1)->SetNoDataValue(-9999); });
    EXPECT_EQ(readRaster(folder / "a.tif")->nodata, -9999);
    EXPECT_EQ(readRasterInfo(folder / "a.tif")->nodata, -9999);
}

TEST(RasterReader, NodataIsWhatItsSamplesBecome) {
    const TemporaryFolder folder;
    const auto zeroIsNone = [](GDALDataset& dataset) { dataset.GetRasterBand(1)->SetNoDataValue(0); };
    writeImage(folder / "white.tif", "GTiff", {{3, 1}, 1, PixelType::UInt8, {0, 100, 255}, {}},
               {"PHOTOMETRIC=MINISWHITE"}, zeroIsNone);
    EXPECT_EQ(readRaster(folder / "white.tif")->nodata, 255);
    writeImage(folder / "two_bits.tif", "GTiff", {{4, 1}, 1, PixelType::UInt8, {0, 1, 2, 3}, {}}, {"NBITS=2"},
               [](GDALDataset& dataset) { dataset.GetRasterBand(1)->SetNoDataValue(2); });
    const auto narrow = readRaster(folder / "two_bits.tif");
    ASSERT_TRUE(narrow) << describe(narrow.error());
    EXPECT_EQ(narrow->nodata, narrow->bytes[2]);
}

template <typename Whole>
PixelBuffer wholePixels(PixelType type, const std::vector<Whole>& values) {
    PixelBuffer pixels{{static_cast<int>(values.size()), 1}, 1, type, {}, {}};
    pixels.bytes.resize(values.size() * sizeof(Whole));
    std::memcpy(pixels.bytes.data(), values.data(), pixels.bytes.size());
    return pixels;
}

TEST(RasterReader, SixtyFourBitIntegersKeepEveryDigit) {
    const TemporaryFolder folder;
    constexpr int64_t kTwo53 = int64_t{1} << 53, kLeast = std::numeric_limits<int64_t>::min();
    const auto isSigned = wholePixels<int64_t>(PixelType::Int64, {kTwo53 + 1, kTwo53, -kTwo53 - 1, kLeast});
    writeImage(folder / "int64.tif", "GTiff", isSigned, {},
               [](GDALDataset& dataset) { dataset.GetRasterBand(1)->SetNoDataValueAsInt64(kLeast); });
    const auto read = readRaster(folder / "int64.tif");
    ASSERT_TRUE(read) << describe(read.error());
    EXPECT_EQ(read->type, PixelType::Int64);
    EXPECT_EQ(read->bytes, isSigned.bytes);
    EXPECT_EQ(read->nodata, -0x1p63);

    constexpr uint64_t kLargest = std::numeric_limits<uint64_t>::max();
    const auto isUnsigned = wholePixels<uint64_t>(PixelType::UInt64, {kLargest, kLargest - 1, 0, 7});
    writeImage(folder / "uint64.tif", "GTiff", isUnsigned, {},
               [](GDALDataset& dataset) { dataset.GetRasterBand(1)->SetNoDataValueAsUInt64(kLargest); });
    const auto large = readRaster(folder / "uint64.tif");
    ASSERT_TRUE(large) << describe(large.error());
    EXPECT_EQ(large->bytes, isUnsigned.bytes);
    EXPECT_EQ(large->nodata, 0x1p64);
}

TEST(RasterReader, NodataThatNoDoubleMeansIsLeftOut) {
    const TemporaryFolder folder;
    constexpr int64_t kOdd = (int64_t{1} << 53) + 1;
    const auto pixels = wholePixels<int64_t>(PixelType::Int64, {kOdd, kOdd - 1});
    writeImage(folder / "a.tif", "GTiff", pixels, {},
               [](GDALDataset& dataset) { dataset.GetRasterBand(1)->SetNoDataValueAsInt64(kOdd); });
    EXPECT_EQ(readRasterInfo(folder / "a.tif")->nodata, std::nullopt) << "its neighbour has that double";
}

TEST(RasterReader, MultiPageTiffGivesItsFirstPage) {
    const TemporaryFolder folder;
    const PixelBuffer first = randomPixels(kSize, 1, PixelType::UInt8, 1);
    writeImage(folder / "a.tif", "GTiff", first);
    writeImage(folder / "a.tif", "GTiff", randomPixels({20, 10}, 3, PixelType::UInt8, 2),
               {"APPEND_SUBDATASET=YES"});
    EXPECT_EQ(*readRaster(folder / "a.tif"), first);
    EXPECT_EQ(readRasterInfo(folder / "a.tif")->pictures, 2);
}

TEST(RasterReader, ReadsFromSeveralThreadsAtOnce) {
    const TemporaryFolder folder;
    const PixelBuffer pixels = randomPixels({200, 150}, 3, PixelType::UInt8);
    writeImage(folder / "good.png", "PNG", pixels);
    ASSERT_TRUE(writeFileAtomically(folder / "bad.png", std::string_view("\x89PNG\r\n\x1a\n and no more")));
    std::vector<std::future<bool>> outcomes;
    for (int thread = 0; thread < 4; ++thread) {
        outcomes.push_back(std::async(std::launch::async, [&] {
            bool allRight = true;
            for (int i = 0; i < 10; ++i) {
                const Result<PixelBuffer> good = readRaster(folder / "good.png");
                const Result<PixelBuffer> bad = readRaster(folder / "bad.png");
                allRight = allRight && good && *good == pixels && !bad;
            }
            return allRight;
        }));
    }
    for (std::future<bool>& outcome : outcomes) EXPECT_TRUE(outcome.get());
}

// ---- EXIF orientation ----

/// Writes a JPEG and inserts an EXIF block that holds nothing but the orientation.
void writeJpegWithOrientation(const std::filesystem::path& path, const PixelBuffer& pixels,
                              uint8_t orientation) {
    writeImage(path, "JPEG", pixels, {"QUALITY=95"});
    std::vector<uint8_t> bytes = testing::bytesOf(path);
    const std::vector<uint8_t> exif = {
        0xFF, 0xE1, 0x00, 0x22, 'E', 'x', 'i', 'f', 0, 0,                        // APP1 of 34 bytes
        'M',  'M',  0,    42,   0,   0,   0,   8,                                // TIFF header, big-endian
        0,    1,    0x01, 0x12, 0,   3,   0,   0,   0, 1, 0, orientation, 0, 0,  // one SHORT: 0x0112
        0,    0,    0,    0};                                                    // no next directory
    bytes.insert(bytes.begin() + 2, exif.begin(), exif.end());
    ASSERT_TRUE(writeFileAtomically(path, bytes));
}

class Orientation : public ::testing::TestWithParam<int> {};

TEST_P(Orientation, TurnsThePixelsUpright) {
    const TemporaryFolder folder;
    const PixelBuffer pixels = randomPixels({40, 20}, 3, PixelType::UInt8);
    writeJpegWithOrientation(folder / "stored.jpg", pixels, 1);
    writeJpegWithOrientation(folder / "turned.jpg", pixels, static_cast<uint8_t>(GetParam()));
    const PixelBuffer stored = *readRaster(folder / "stored.jpg");
    const Result<PixelBuffer> shown = readRaster(folder / "turned.jpg");
    ASSERT_TRUE(shown) << describe(shown.error());
    const bool swaps = GetParam() >= 5;
    EXPECT_EQ(shown->size, (swaps ? PixelSize{20, 40} : PixelSize{40, 20}));
    EXPECT_EQ(readRasterInfo(folder / "turned.jpg")->size, shown->size);

    // EXIF 2.32: the stored row 0 and column 0 are, on the screen, top/left, top/right, bottom/right,
    // bottom/left, left/top, right/top, right/bottom, left/bottom.
    const int right = stored.size.width - 1, bottom = stored.size.height - 1;
    for (int y = 0; y < shown->size.height; ++y) {
        for (int x = 0; x < shown->size.width; ++x) {
            const PointInImage sources[] = {{1. * x, 1. * y},
                                            {1. * right - x, 1. * y},
                                            {1. * right - x, 1. * bottom - y},
                                            {1. * x, 1. * bottom - y},
                                            {1. * y, 1. * x},
                                            {1. * y, 1. * bottom - x},
                                            {1. * right - y, 1. * bottom - x},
                                            {1. * right - y, 1. * x}};
            const PointInImage& source = sources[GetParam() - 1];
            const size_t from =
                (static_cast<size_t>(source.y) * stored.size.width + static_cast<size_t>(source.x)) * 3;
            const size_t to = (static_cast<size_t>(y) * shown->size.width + x) * 3;
            ASSERT_EQ(std::memcmp(&stored.bytes[from], &shown->bytes[to], 3), 0) << x << ", " << y;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Exif, Orientation, ::testing::Range(1, 9));

TEST(RasterReader, OrientationThatATiffInheritedTurnsNothing) {
    const TemporaryFolder folder;
    const PixelBuffer pixels = randomPixels({40, 20}, 1, PixelType::UInt16);
    writeImage(folder / "a.tif", "GTiff", pixels, {},
               [](GDALDataset& dataset) { dataset.SetMetadataItem("EXIF_Orientation", "6"); });
    EXPECT_EQ(readRasterInfo(folder / "a.tif")->size, pixels.size);
    EXPECT_EQ(readRaster(folder / "a.tif"), Result<PixelBuffer>(pixels));
}

// ---- masks ----

TEST(IndexMaskReader, ReadsGreyLevelsAsClasses) {
    const TemporaryFolder folder;
    const PixelBuffer pixels = randomPixels(kSize, 1, PixelType::UInt8);
    writeImage(folder / "a.png", "PNG", pixels);
    EXPECT_EQ(*readIndexMask(folder / "a.png"), (IndexMask{kSize, pixels.bytes}));
}

TEST(IndexMaskReader, RefusesWhatHoldsNoClassNumbers) {
    const TemporaryFolder folder;
    writeImage(folder / "rgb.png", "PNG", randomPixels(kSize, 3, PixelType::UInt8));
    writeImage(folder / "deep.png", "PNG", randomPixels(kSize, 1, PixelType::UInt16));
    writeImage(folder / "alpha.png", "PNG", randomPixels(kSize, 2, PixelType::UInt8), {},
               [](GDALDataset& dataset) { dataset.GetRasterBand(2)->SetColorInterpretation(GCI_AlphaBand); });
    for (const char* name : {"rgb.png", "deep.png", "alpha.png"}) {
        const Result<IndexMask> mask = readIndexMask(folder / name);
        ASSERT_FALSE(mask) << name;
        EXPECT_EQ(mask.error().code, ErrorCode::LabelsNotIndexed) << name;
    }
}

}  // namespace
}  // namespace finebrush
