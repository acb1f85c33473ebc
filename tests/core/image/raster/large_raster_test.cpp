#include "core/image/raster/large_raster.h"

#include "core/image/raster/raster_reader.h"
#include "core/image/raster/sample_conversion.h"
#include "core/image/raster/sample_halving.h"
#include "tests/core/image/image_fixtures.h"

#include <gdal_frmts.h>
#include <gmock/gmock.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <thread>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using testing::randomPixels;
using testing::TemporaryFolder;
using testing::writeImage;

const std::vector<std::string> kTiled = {"TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64", "COMPRESS=DEFLATE"};

/// Values that change slowly, so that a mean is near what it stands for.
PixelBuffer slope(PixelSize size, int bands) {
    PixelBuffer pixels{size, bands, PixelType::UInt16, {}, {}};
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            for (int band = 0; band < bands; ++band) {
                const auto value = static_cast<uint16_t>(x * 7 + y * 13 + band * 1000);
                pixels.bytes.push_back(static_cast<uint8_t>(value));
                pixels.bytes.push_back(static_cast<uint8_t>(value >> 8));
            }
        }
    }
    return pixels;
}

int sampleOf(const PixelBuffer& pixels, size_t byte) {
    return pixels.bytes[byte] | pixels.bytes[byte + 1] << 8;
}

class LargeRasterTest : public ::testing::Test {
  protected:
    std::shared_ptr<LargeRaster> open(const char* name) {
        Result<std::shared_ptr<LargeRaster>> raster = LargeRaster::open(folder / name, memory);
        EXPECT_TRUE(raster) << (raster ? "" : describe(raster.error()));
        return raster ? *raster : nullptr;
    }
    void makePyramid(LargeRaster& raster) {
        const Result<PyramidOutcome> made = raster.makePyramid([](LargeRaster::Progress) {}, {});
        ASSERT_TRUE(made) << describe(made.error());
        EXPECT_FALSE(made->stopped);
        EXPECT_FALSE(made->damaged);
        EXPECT_TRUE(raster.hasPyramid());
    }
    std::vector<std::string> pyramids() const {
        std::vector<std::string> names;
        std::error_code none;
        for (const auto& entry : std::filesystem::directory_iterator(cache / "pyramids", none))
            names.push_back(entry.path().filename());
        return names;
    }

    TemporaryFolder folder;
    TemporaryFolder cache;
    ImageMemory memory{.wholeBytes = 100000,
                       .tileBytes = uint64_t{4} << 20,
                       .overviewSide = 128,
                       .pyramidFolder = cache / "pyramids",
                       .pyramidFolderBytes = uint64_t{100} << 20};
};

TEST_F(LargeRasterTest, AnImageThatFitsIsNone) {
    writeImage(folder / "a.tif", "GTiff", randomPixels({100, 100}, 3, PixelType::UInt8), kTiled);
    EXPECT_EQ(open("a.tif"), nullptr);
    writeImage(folder / "b.png", "PNG", randomPixels({700, 500}, 3, PixelType::UInt8));
    memory.pyramidFolder.clear();
    EXPECT_EQ(open("b.png"), nullptr) << "a PNG can only be read from its beginning";
}

TEST_F(LargeRasterTest, AFileThatIsReadInOrderIsCopiedToItsPyramid) {
    writeImage(folder / "a.png", "PNG", randomPixels({1000, 700}, 4, PixelType::UInt16),
               {"SIGNIFICANT_BITS=16"});
    writeImage(folder / "b.jpg", "JPEG", randomPixels({1000, 700}, 3, PixelType::UInt8));
    writeImage(folder / "c.png", "PNG", randomPixels({1000, 700}, 2, PixelType::UInt8));
    for (const char* name : {"a.png", "b.jpg", "c.png"}) {
        const auto raster = open(name);
        ASSERT_TRUE(raster) << name;
        EXPECT_EQ(raster->coarsestLevel(), -1) << name;
        EXPECT_FALSE(raster->canRead(0)) << name;
        EXPECT_EQ(raster->readOverview()->size, sizeOfLevel({1000, 700}, raster->overviewLevel())) << name;
        makePyramid(*raster);
        PixelBuffer level = readRaster(folder / name).value();
        for (int n = 0; n <= raster->overviewLevel(); ++n) {
            EXPECT_EQ(raster->read(n, RectInImage::ofSize(level.size)).value(), level) << name << n;
            EXPECT_EQ(**raster->tile({n, 0, 0}), cropped(level, tileRect({1000, 700}, {n, 0, 0}))) << name;
            level = halved(level);
        }
        EXPECT_TRUE(open(name)->canRead(0)) << name;
    }
    EXPECT_THAT(folder.names(), ElementsAre("a.png", "b.jpg", "c.png"));
}

TEST_F(LargeRasterTest, ABmpIsReadByItsRows) {
    writeImage(folder / "a.bmp", "BMP", randomPixels({1001, 700}, 3, PixelType::UInt8));
    writeImage(folder / "b.bmp", "BMP", randomPixels({1001, 700}, 1, PixelType::UInt8));
    for (const char* name : {"a.bmp", "b.bmp"}) {
        SCOPED_TRACE(name);
        const bool hasIndices = readRasterInfo(folder / name)->hasPalette;
        const auto raster = open(name);
        ASSERT_TRUE(raster);
        PixelBuffer level = readRaster(folder / name).value();
        EXPECT_TRUE(raster->canRead(0)) << "before there is a pyramid";
        EXPECT_EQ(**raster->tile({0, 3, 2}), cropped(level, tileRect({1001, 700}, {0, 3, 2})));
        EXPECT_EQ(raster->read(0, {500, 699, 7, 1}).value(), cropped(level, {500, 699, 7, 1}));
        EXPECT_EQ(raster->readOverview()->size, sizeOfLevel({1001, 700}, raster->overviewLevel()));
        makePyramid(*raster);
        for (int n = 0; n <= raster->overviewLevel(); ++n) {
            EXPECT_EQ(raster->read(n, RectInImage::ofSize(level.size)).value(), level) << "level " << n;
            level = halved(level, hasIndices);
        }
    }
    EXPECT_THAT(folder.names(), ElementsAre("a.bmp", "b.bmp"));
}

TEST_F(LargeRasterTest, OfABmpThatEndsTooSoonWhatIsThereIsRead) {
    const PixelBuffer pixels = randomPixels({1000, 700}, 3, PixelType::UInt8);
    writeImage(folder / "a.bmp", "BMP", pixels);
    std::vector<uint8_t> bytes = testing::bytesOf(folder / "a.bmp");
    bytes.resize(bytes.size() / 2);  // its rows begin at the bottom
    testing::writeBytes(folder / "a.bmp", bytes);
    const auto raster = open("a.bmp");
    ASSERT_TRUE(raster);
    const auto top = raster->tile({0, 0, 0});
    ASSERT_FALSE(top);
    EXPECT_EQ(top.error().code, ErrorCode::ImageDamaged);
    EXPECT_EQ(**raster->tile({0, 0, 2}), cropped(pixels, {0, 512, 256, 188}));
}

/// Puts a chunk behind the header of a PNG.
void addChunk(const std::filesystem::path& file, const std::string& typeAndContent) {
    std::vector<uint8_t> bytes = testing::bytesOf(file);
    const auto* content = reinterpret_cast<const Bytef*>(typeAndContent.data());
    const auto bigEndian = [](uint32_t number) {
        return std::array{static_cast<uint8_t>(number >> 24), static_cast<uint8_t>(number >> 16),
                          static_cast<uint8_t>(number >> 8), static_cast<uint8_t>(number)};
    };
    std::vector<uint8_t> chunk;
    const auto append = [&](const auto& more) { chunk.insert(chunk.end(), more.begin(), more.end()); };
    append(bigEndian(static_cast<uint32_t>(typeAndContent.size() - 4)));
    append(typeAndContent);
    append(bigEndian(static_cast<uint32_t>(crc32(0, content, static_cast<uInt>(typeAndContent.size())))));
    constexpr int kBehindHeader = 33;
    bytes.insert(bytes.begin() + kBehindHeader, chunk.begin(), chunk.end());
    testing::writeBytes(file, bytes);
}

TEST_F(LargeRasterTest, AHeaderThatPngComplainsOfIsNoDamage) {
    writeImage(folder / "a.png", "PNG", randomPixels({1000, 1600}, 3, PixelType::UInt8));
    addChunk(folder / "a.png", std::string("pHYs\0\0\1", 7));  // too short
    const PixelBuffer whole = readRaster(folder / "a.png").value();
    const auto raster = open("a.png");
    ASSERT_TRUE(raster);
    makePyramid(*raster);
    EXPECT_EQ(raster->read(0, RectInImage::ofSize(whole.size)).value(), whole);
}

TEST_F(LargeRasterTest, OfAFileThatEndsTooSoonTheBeginningIsThere) {
    writeImage(folder / "a.png", "PNG", randomPixels({1000, 1600}, 1, PixelType::UInt8));
    const PixelBuffer whole = readRaster(folder / "a.png").value();
    std::vector<uint8_t> bytes = testing::bytesOf(folder / "a.png");
    bytes.resize(bytes.size() / 2);
    testing::writeBytes(folder / "a.png", bytes);
    const auto raster = open("a.png");
    ASSERT_TRUE(raster);
    EXPECT_TRUE(raster->readOverview());
    const auto made = raster->makePyramid([](LargeRaster::Progress) {}, {});
    ASSERT_TRUE(made) << describe(made.error());
    EXPECT_TRUE(made->damaged);
    EXPECT_EQ(raster->read(0, {0, 0, 1000, 512}).value(), cropped(whole, {0, 0, 1000, 512}));
}

TEST_F(LargeRasterTest, EveryLevelIsTheWholeImageHalvedSoOften) {
    const PixelBuffer pixels = randomPixels({1000, 700}, 4, PixelType::UInt16);
    writeImage(folder / "a.tif", "GTiff", pixels, kTiled);
    const auto raster = open("a.tif");
    ASSERT_TRUE(raster);
    EXPECT_EQ(raster->overviewLevel(), 3);
    EXPECT_FALSE(raster->hasPyramid());
    makePyramid(*raster);

    PixelBuffer level = pixels;
    for (int n = 0; n <= 3; ++n) {
        const RectInImage whole = RectInImage::ofSize(level.size);
        EXPECT_EQ(raster->read(n, whole).value(), level) << "level " << n;
        for (const TileAddress tile : {TileAddress{n, 0, 0}, TileAddress{n, whole.width > 256 ? 1 : 0, 0}}) {
            EXPECT_EQ(**raster->tile(tile), cropped(level, tileRect(pixels.size, tile))) << "level " << n;
        }
        level = halved(level);
    }
    EXPECT_EQ(raster->readOverview()->size, (PixelSize{125, 88}));
    EXPECT_THAT(folder.names(), ElementsAre("a.tif")) << "nothing is written beside the image";
    EXPECT_EQ(pyramids().size(), 1U);
}

TEST_F(LargeRasterTest, SixtyFourBitIntegersKeepTheirDigitsInAPyramid) {
    PixelBuffer pixels = randomPixels({1000, 700}, 1, PixelType::UInt64);
    pixels.nodata = 0x1p64;  // what no double holds
    writeImage(folder / "a.tif", "GTiff", pixels, kTiled, [](GDALDataset& dataset) {
        dataset.GetRasterBand(1)->SetNoDataValueAsUInt64(std::numeric_limits<uint64_t>::max());
    });
    const auto raster = open("a.tif");
    ASSERT_TRUE(raster);
    const auto overview = raster->readOverview();
    ASSERT_TRUE(overview) << describe(overview.error());
    makePyramid(*raster);
    EXPECT_EQ(raster->read(0, RectInImage::ofSize(pixels.size)).value(), pixels);
    const PixelBuffer level = halved(pixels);
    EXPECT_EQ(raster->read(1, RectInImage::ofSize(level.size)).value(), level);
}

TEST_F(LargeRasterTest, WhatAlphaHidesIsHiddenAtEveryLevel) {
    PixelBuffer pixels = randomPixels({1000, 700}, 4, PixelType::UInt8);
    PixelBuffer colours{pixels.size, 3, PixelType::UInt8, {}, {}, {}};
    for (int pixel = 0; pixel < 1000 * 700; ++pixel) {
        const bool hidden = pixel % 1000 < 300;
        pixels.bytes[static_cast<size_t>(pixel) * 4 + 3] = hidden ? 0 : 255;
        colours.hidden.push_back(hidden);
        for (size_t band = 0; band < 3; ++band)
            colours.bytes.push_back(pixels.bytes[static_cast<size_t>(pixel) * 4 + band]);
    }
    writeImage(folder / "a.tif", "GTiff", pixels, kTiled, [](GDALDataset& dataset) {
        dataset.GetRasterBand(1)->SetColorInterpretation(GCI_RedBand);
        dataset.GetRasterBand(4)->SetColorInterpretation(GCI_AlphaBand);
    });
    const auto raster = open("a.tif");
    ASSERT_TRUE(raster);
    const PixelBuffer rough = *raster->readOverview();
    EXPECT_TRUE(rough.isHidden(0));
    EXPECT_FALSE(rough.isHidden(static_cast<size_t>(rough.size.width) - 1));
    makePyramid(*raster);
    PixelBuffer level = colours;
    for (int n = 0; n <= 3; ++n) {
        const PixelBuffer read = *raster->read(n, RectInImage::ofSize(level.size));
        EXPECT_EQ(read.hidden, level.hidden) << "level " << n;
        EXPECT_EQ(read.bytes, level.bytes) << "level " << n;
        level = halved(level);
    }
    EXPECT_TRUE(open("a.tif")->hasPyramid());
}

TEST_F(LargeRasterTest, AlphaThatHidesAllWasNeverSet) {
    PixelBuffer pixels = randomPixels({1000, 700}, 2, PixelType::UInt8);
    for (size_t i = 1; i < pixels.bytes.size(); i += 2) pixels.bytes[i] = 0;
    writeImage(folder / "a.tif", "GTiff", pixels, kTiled,
               [](GDALDataset& dataset) { dataset.GetRasterBand(2)->SetColorInterpretation(GCI_AlphaBand); });
    EXPECT_TRUE(open("a.tif")->read(0, {0, 0, 100, 100})->hidden.empty());
    EXPECT_TRUE(readRaster(folder / "a.tif")->hidden.empty());
}

TEST_F(LargeRasterTest, AMaskThatShowsANarrowStripIsHeeded) {
    PixelBuffer pixels = randomPixels({1000, 700}, 1, PixelType::UInt8);
    std::fill(pixels.bytes.begin() + 10 * 1000, pixels.bytes.end(), uint8_t{7});
    writeImage(folder / "a.tif", "GTiff", pixels, kTiled);
    std::vector<uint8_t> mask(1000 * 700);
    std::fill_n(mask.begin(), 10 * 1000, uint8_t{255});  // above all windows that are looked at
    testing::addMask(*GDALDatasetUniquePtr(GDALDataset::Open((folder / "a.tif").c_str(), GDAL_OF_UPDATE)),
                     mask);
    const PixelBuffer read = open("a.tif")->read(0, {0, 0, 100, 20}).value();
    EXPECT_FALSE(read.isHidden(9 * 100));
    EXPECT_TRUE(read.isHidden(10 * 100));
}

TEST_F(LargeRasterTest, OverviewsThatHideNothingAreNotThoseOfAnImageThatDoes) {
    writeImage(folder / "a.tif", "GTiff", randomPixels({1000, 700}, 1, PixelType::UInt8), kTiled);
    const auto openToChange = [&] {
        return GDALDatasetUniquePtr(GDALDataset::Open((folder / "a.tif").c_str(), GDAL_OF_UPDATE));
    };
    int factors[] = {2, 4, 8};
    ASSERT_EQ(openToChange()->BuildOverviews("AVERAGE", 3, factors, 0, nullptr, nullptr, nullptr), CE_None);
    std::vector<uint8_t> mask(1000 * 700, 255);
    std::fill_n(mask.begin(), 1000 * 350, uint8_t{0});
    testing::addMask(*openToChange(), mask);
    EXPECT_EQ(open("a.tif")->coarsestLevel(), 2) << "made of the image";
    const auto raster = open("a.tif");
    ASSERT_TRUE(raster);
    for (int level = 0; level <= raster->coarsestLevel(); ++level) {
        const PixelBuffer read = *raster->read(level, RectInImage::ofSize(sizeOfLevel({1000, 700}, level)));
        EXPECT_TRUE(read.isHidden(0)) << "level " << level;
        EXPECT_FALSE(read.isHidden(read.hidden.size() - 1)) << "level " << level;
    }
}

TEST_F(LargeRasterTest, APyramidIsFoundAgainAndMadeAnewForAFileThatChanged) {
    writeImage(folder / "a.tif", "GTiff", randomPixels({1000, 700}, 1, PixelType::Float32), kTiled);
    makePyramid(*open("a.tif"));
    EXPECT_TRUE(open("a.tif")->hasPyramid());

    writeImage(folder / "a.tif", "GTiff", randomPixels({1000, 702}, 1, PixelType::Float32, 2), kTiled);
    EXPECT_FALSE(open("a.tif")->hasPyramid());
}

TEST_F(LargeRasterTest, OverviewsOfTheFileAreUsed) {
    writeImage(folder / "a.tif", "GTiff", slope({1024, 704}, 3), kTiled);
    {
        CPLSetConfigOption("GDAL_TIFF_OVR_BLOCKSIZE", "64");
        GDALDatasetUniquePtr dataset(
            GDALDataset::Open((folder / "a.tif").c_str(), GDAL_OF_RASTER | GDAL_OF_UPDATE));
        int factors[] = {4, 8};
        ASSERT_EQ(dataset->BuildOverviews("AVERAGE", 2, factors, 0, nullptr, nullptr, nullptr), CE_None);
    }
    const auto raster = open("a.tif");
    EXPECT_TRUE(raster->hasPyramid());
    const PixelBuffer third = halved(halved(halved(slope({1024, 704}, 3))));
    const PixelBuffer overview = raster->readOverview().value();
    ASSERT_EQ(overview.size, third.size);
    for (size_t i = 0; i < third.bytes.size(); i += 2)
        ASSERT_NEAR(sampleOf(overview, i), sampleOf(third, i), 1) << "sample " << i / 2;
    const TileAddress tile{2, 0, 0};
    EXPECT_EQ((*raster->tile(tile))->size, (PixelSize{256, 176}));
    EXPECT_TRUE(pyramids().empty());
}

/// Writes a Cloud Optimised GeoTIFF, whose overviews are samples of the image. The driver writes only, and is
/// registered no longer than that: the list of drivers is closed.
void writeCog(const std::filesystem::path& file, const PixelBuffer& pixels, const std::string& option) {
    prepareGdal();
    GDALRegister_COG();
    const std::unique_ptr<GDALDriver> driver(GetGDALDriverManager()->GetDriverByName("COG"));
    writeImage(file, "COG", pixels,
               {"BLOCKSIZE=128", "COMPRESS=DEFLATE", "OVERVIEW_RESAMPLING=NEAREST", option});
    GetGDALDriverManager()->DeregisterDriver(driver.get());
}

/// The samples of an overview, as GDAL reads them.
PixelBuffer overviewByGdal(const std::filesystem::path& file, int overview, const PixelBuffer& like) {
    GDALDatasetUniquePtr image(GDALDataset::Open(file.c_str()));
    EXPECT_STREQ(image->GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE"), "COG");
    GDALDataset& smaller = *image->GetRasterBand(1)->GetOverview(overview)->GetDataset();
    PixelBuffer pixels{{smaller.GetRasterXSize(), smaller.GetRasterYSize()}, like.bands, like.type, {}, {}};
    pixels.bytes.resize(static_cast<size_t>(pixels.size.area()) * pixels.bytesPerPixel());
    const auto pixelBytes = static_cast<GSpacing>(pixels.bytesPerPixel());
    const CPLErr outcome = smaller.RasterIO(
        GF_Read, 0, 0, pixels.size.width, pixels.size.height, pixels.bytes.data(), pixels.size.width,
        pixels.size.height, testing::gdalTypeOf(like.type), like.bands, nullptr, pixelBytes,
        pixelBytes * pixels.size.width, static_cast<GSpacing>(bytesPerSample(like.type)), nullptr);
    EXPECT_EQ(outcome, CE_None);
    return pixels;
}

TEST_F(LargeRasterTest, ACloudOptimisedFileIsReadByItsOwnOverviews) {
    const PixelBuffer pixels = randomPixels({1024, 704}, 3, PixelType::UInt16);
    for (const char* option : {"BIGTIFF=NO", "BIGTIFF=YES"}) {
        SCOPED_TRACE(option);
        writeCog(folder / "a.tif", pixels, option);
        const auto raster = LargeRaster::ofImage(folder / "a.tif", memory);
        ASSERT_TRUE(raster);
        EXPECT_TRUE(raster->hasPyramid());
        ASSERT_EQ(raster->overviewLevel(), 3);
        EXPECT_EQ(raster->read(0, RectInImage::ofSize(pixels.size)).value(), pixels);
        EXPECT_EQ(**raster->tile({0, 3, 2}), cropped(pixels, tileRect(pixels.size, {0, 3, 2})));
        for (int level = 1; level <= 3; ++level) {
            const PixelBuffer expected = overviewByGdal(folder / "a.tif", level - 1, pixels);
            ASSERT_EQ(expected.size, sizeOfLevel(pixels.size, level));
            EXPECT_EQ(raster->read(level, RectInImage::ofSize(expected.size)).value(), expected) << level;
            EXPECT_EQ(**raster->tile({level, 0, 0}), cropped(expected, tileRect(pixels.size, {level, 0, 0})))
                << level;
        }
        makePyramid(*raster);
        EXPECT_TRUE(pyramids().empty()) << "there is none to be made";
    }
    EXPECT_THAT(folder.names(), ElementsAre("a.tif"));
}

TEST_F(LargeRasterTest, OverviewsThatAreSmallerThanALevelAreNoneOfIt) {
    const PixelBuffer pixels = randomPixels({1001, 701}, 1, PixelType::UInt8);
    writeCog(folder / "a.tif", pixels, "BIGTIFF=NO");
    ASSERT_EQ(overviewByGdal(folder / "a.tif", 0, pixels).size, (PixelSize{500, 350}))
        << "GDAL 3.6 rounds down";
    const auto raster = LargeRaster::ofImage(folder / "a.tif", memory);
    ASSERT_TRUE(raster);
    makePyramid(*raster);
    PixelBuffer level = pixels;
    for (int n = 0; n <= raster->overviewLevel(); ++n) {
        EXPECT_EQ(raster->read(n, RectInImage::ofSize(level.size)).value(), level) << "level " << n;
        level = halved(level);
    }
    EXPECT_THAT(folder.names(), ElementsAre("a.tif"));
}

TEST_F(LargeRasterTest, WithoutAPyramidThereIsARoughPictureAndFineLevels) {
    const PixelBuffer pixels = slope({1600, 1200}, 1);
    writeImage(folder / "a.tif", "GTiff", pixels, kTiled);
    const auto raster = open("a.tif");
    EXPECT_TRUE(raster->canRead(0));
    EXPECT_TRUE(raster->canRead(2));
    EXPECT_FALSE(raster->canRead(3));
    const PixelBuffer overview = raster->readOverview().value();
    ASSERT_EQ(overview.size, sizeOfLevel(pixels.size, raster->overviewLevel()));
    PixelBuffer truth = pixels;
    for (int n = 0; n < raster->overviewLevel(); ++n) truth = halved(truth);
    for (size_t i = 0; i + 1 < truth.bytes.size(); i += 2) {
        ASSERT_NEAR(sampleOf(overview, i), sampleOf(truth, i), 2500) << "pixel " << i / 2;
    }
}

TEST_F(LargeRasterTest, TheRoughPictureOfAFileThatIsReadInOrderIsDecodedOnce) {
    writeImage(folder / "a.png", "PNG", randomPixels({1000, 700}, 1, PixelType::UInt8));
    const PixelBuffer rough = open("a.png")->readOverview().value();
    const auto time = std::filesystem::last_write_time(folder / "a.png");
    std::vector<uint8_t> bytes = testing::bytesOf(folder / "a.png");
    std::fill(bytes.begin() + 1000, bytes.end() - 1000, uint8_t{0});
    testing::writeBytes(folder / "a.png", bytes);
    std::filesystem::last_write_time(folder / "a.png", time);
    EXPECT_EQ(open("a.png")->readOverview().value(), rough);
    std::filesystem::last_write_time(folder / "a.png", time + std::chrono::seconds(1));
    EXPECT_NE(open("a.png")->readOverview(), Result<PixelBuffer>(rough)) << "it is another file";
}

TEST_F(LargeRasterTest, AStripedRasterGivesTheSameLevels) {
    const PixelBuffer pixels = randomPixels({900, 1100}, 2, PixelType::Int16);
    writeImage(folder / "a.tif", "GTiff", pixels, {"COMPRESS=LZW"});
    const auto raster = open("a.tif");
    makePyramid(*raster);
    const PixelBuffer second = halved(halved(pixels));
    EXPECT_EQ(raster->read(2, RectInImage::ofSize(second.size)).value(), second);
}

TEST_F(LargeRasterTest, PalettesKeepTheirColours) {
    writeImage(folder / "a.tif", "GTiff", randomPixels({800, 800}, 1, PixelType::UInt8), kTiled,
               [](GDALDataset& dataset) {
                   GDALColorTable table;
                   for (short i = 0; i < 256; ++i) {
                       const GDALColorEntry colour{i, static_cast<short>(255 - i), 7, 255};
                       table.SetColorEntry(i, &colour);
                   }
                   dataset.GetRasterBand(1)->SetColorTable(&table);
               });
    const auto raster = open("a.tif");
    EXPECT_EQ(raster->emptyPixels().bands, 3);
    makePyramid(*raster);
    const PixelBuffer whole = readRaster(folder / "a.tif").value();
    EXPECT_EQ(raster->read(1, {0, 0, 400, 400}).value(), halved(whole, true));
}

TEST_F(LargeRasterTest, AStoppedPyramidLeavesNothingBehind) {
    writeImage(folder / "a.tif", "GTiff", randomPixels({1000, 700}, 1, PixelType::UInt8), kTiled);
    const auto raster = open("a.tif");
    std::stop_source stop;
    stop.request_stop();
    EXPECT_TRUE(raster->makePyramid([](LargeRaster::Progress) {}, stop.get_token())->stopped);
    EXPECT_FALSE(raster->hasPyramid());
    EXPECT_TRUE(pyramids().empty());
}

TEST_F(LargeRasterTest, AFolderThatCannotBeWrittenIsAnErrorAndTheRasterStaysUsable) {
    writeImage(folder / "a.tif", "GTiff", randomPixels({1000, 700}, 1, PixelType::UInt8), kTiled);
    std::ofstream(cache / "pyramids") << "in the way";
    const auto raster = open("a.tif");
    const auto made = raster->makePyramid([](LargeRaster::Progress) {}, {});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::FileNotWritable);
    EXPECT_TRUE(raster->tile({0, 1, 1}));
}

TEST_F(LargeRasterTest, WhatIsDamagedIsAnErrorOfItsTileAndEmptyInThePyramid) {
    const PixelBuffer pixels = slope({1024, 1024}, 1);
    writeImage(folder / "a.tif", "GTiff", pixels, kTiled);
    std::vector<uint8_t> bytes = testing::bytesOf(folder / "a.tif");
    bytes.resize(bytes.size() * 6 / 10);  // GDAL writes the directory first, then the tiles from the top
    testing::writeBytes(folder / "a.tif", bytes);
    const auto raster = open("a.tif");
    ASSERT_TRUE(raster);
    EXPECT_TRUE(raster->tile({0, 0, 0}));
    const auto broken = raster->tile({0, 3, 3});
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().code, ErrorCode::ImageDamaged);

    const auto made = raster->makePyramid([](LargeRaster::Progress) {}, {});
    ASSERT_TRUE(made) << describe(made.error());
    EXPECT_TRUE(made->damaged);
    const PixelBuffer first = raster->read(1, {0, 0, 512, 128}).value();
    EXPECT_EQ(first, cropped(halved(pixels), {0, 0, 512, 128}));
    EXPECT_EQ(raster->read(1, {511, 511, 1, 1})->bytes, (std::vector<uint8_t>{0, 0}));
}

TEST_F(LargeRasterTest, DamageWithinAJpegStripIsSeenEachTime) {
    writeImage(folder / "a.tif", "GTiff", randomPixels({1024, 1024}, 1, PixelType::UInt8),
               {"COMPRESS=JPEG", "BLOCKYSIZE=64"});
    const auto numberOfStrip = [&](const char* key) {
        const GDALDatasetUniquePtr dataset(GDALDataset::Open((folder / "a.tif").c_str()));
        return std::stoul(dataset->GetRasterBand(1)->GetMetadataItem(key, "TIFF"));
    };
    const size_t strip = numberOfStrip("BLOCK_OFFSET_0_10"), length = numberOfStrip("BLOCK_SIZE_0_10");
    std::vector<uint8_t> bytes = testing::bytesOf(folder / "a.tif");
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(strip + length / 2), 400, uint8_t{0});
    testing::writeBytes(folder / "a.tif", bytes);

    const auto raster = open("a.tif");
    ASSERT_TRUE(raster);
    EXPECT_TRUE(raster->tile({0, 0, 0}));
    for (int column = 0; column < 4; ++column) {
        const auto broken = raster->tile({0, column, 2});
        ASSERT_FALSE(broken) << column << ": GDAL decodes the strip for the first of them";
        EXPECT_EQ(broken.error().code, ErrorCode::ImageDamaged);
    }
    const auto made = raster->makePyramid([](LargeRaster::Progress) {}, {});
    ASSERT_TRUE(made) << describe(made.error());
    EXPECT_TRUE(made->damaged);
    EXPECT_EQ(raster->read(1, {0, 256, 1, 1})->bytes, (std::vector<uint8_t>{0})) << "no half of a picture";
}

TEST_F(LargeRasterTest, AHeaderThatClaimsFarMoreThanTheFileHoldsIsDamage) {
    writeImage(folder / "a.tif", "GTiff", randomPixels({1024, 1024}, 1, PixelType::UInt8), kTiled);
    std::vector<uint8_t> bytes = testing::bytesOf(folder / "a.tif");
    bytes.resize(2000);
    testing::writeBytes(folder / "a.tif", bytes);
    const auto raster = LargeRaster::open(folder / "a.tif", memory);
    if (!raster) {  // GDAL has seen it
        EXPECT_EQ(raster.error().code, ErrorCode::ImageDamaged);
        return;
    }
    ASSERT_TRUE(*raster);
    const auto overview = (*raster)->readOverview();
    ASSERT_FALSE(overview);
    EXPECT_EQ(overview.error().code, ErrorCode::ImageDamaged);
}

TEST_F(LargeRasterTest, TilesAreKeptWithinTheBudget) {
    memory.tileBytes = 3 * 256 * 256;
    writeImage(folder / "a.tif", "GTiff", randomPixels({1024, 1024}, 1, PixelType::UInt8), kTiled);
    const auto raster = open("a.tif");
    for (int column = 0; column < 4; ++column) ASSERT_TRUE(raster->tile({0, column, 0}));
    EXPECT_FALSE(raster->keptTile({0, 0, 0})) << "used longest ago";
    EXPECT_TRUE(raster->keptTile({0, 1, 0}));
    EXPECT_TRUE(raster->keptTile({0, 3, 0}));
}

TEST_F(LargeRasterTest, APyramidInUseIsNotTrimmed) {
    memory.pyramidFolderBytes = 1;
    for (const char* name : {"a.tif", "b.tif", "c.tif"})
        writeImage(folder / name, "GTiff", randomPixels({1024, 1024}, 1, PixelType::UInt8), kTiled);
    auto first = open("a.tif");
    makePyramid(*first);
    makePyramid(*open("b.tif"));
    EXPECT_EQ(pyramids().size(), 2U) << "a read of the first may open its file once more";
    first.reset();
    makePyramid(*open("c.tif"));
    EXPECT_EQ(pyramids().size(), 1U);
}

TEST_F(LargeRasterTest, SeveralThreadsReadAtOnce) {
    const PixelBuffer pixels = randomPixels({1024, 1024}, 1, PixelType::UInt8);
    writeImage(folder / "a.tif", "GTiff", pixels, kTiled);
    const auto raster = open("a.tif");
    std::atomic<int> wrong = 0;
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&, thread] {
                for (int i = 0; i < 16; ++i) {
                    const TileAddress tile{0, (i + thread) % 4, i / 4};
                    const auto read = raster->tile(tile);
                    if (!read || **read != cropped(pixels, tileRect(pixels.size, tile))) ++wrong;
                }
            });
        }
    }
    EXPECT_EQ(wrong, 0);
}

TEST(SampleHalving, LeavesNodataOut) {
    PixelBuffer pixels{{3, 2}, 1, PixelType::UInt8, {10, 20, 9, 9, 31, 9}, 9};
    const PixelBuffer half = halved(pixels);
    EXPECT_EQ(half.size, (PixelSize{2, 1}));
    EXPECT_EQ(half.bytes, (std::vector<uint8_t>{20, 9}));
}

TEST(SampleHalving, LeavesHiddenPixelsOut) {
    const PixelBuffer half =
        halved({{3, 2}, 1, PixelType::UInt8, {10, 20, 9, 40, 50, 9}, {}, {0, 1, 1, 1, 1, 1}});
    EXPECT_EQ(half.bytes, (std::vector<uint8_t>{10, 9}));
    EXPECT_EQ(half.hidden, (std::vector<uint8_t>{0, 1}));
    EXPECT_TRUE(halved({{2, 1}, 1, PixelType::UInt8, {1, 2}, {}, {0, 1}}).hidden.empty());
}

}  // namespace
}  // namespace finebrush
