#include "core/image/tiff/tiff_stack.h"

#include "core/image/image_reader.h"
#include "core/image/raster/large_raster.h"
#include "core/image/raster/raster_reader.h"
#include "core/image/volume/volume_source.h"
#include "tests/core/image/mutated.h"
#include "tests/core/image/tiff/tiff_fixtures.h"
#include "tests/support/child_process.h"
#include "tests/support/soon.h"

#include <gmock/gmock.h>

#include <array>
#include <random>
#include <system_error>

namespace finebrush::tiff {
namespace {

using finebrush::testing::encodeSmallPages;
using finebrush::testing::kSmallSide;
using finebrush::testing::randomPixels;
using finebrush::testing::SmallPage;
using finebrush::testing::TemporaryFolder;
using finebrush::testing::writeBytes;
using finebrush::testing::writeImage;
using finebrush::testing::writePages;
using ::testing::HasSubstr;

constexpr PixelSize kSize{40, 30};
constexpr uint64_t kMaxBytes = uint64_t{64} << 20;

std::vector<PixelBuffer> randomPages(int count, int bands, PixelType type) {
    std::vector<PixelBuffer> pages;
    for (int page = 0; page < count; ++page)
        pages.push_back(randomPixels(kSize, bands, type, static_cast<uint32_t>(page + 1)));
    return pages;
}

std::vector<uint8_t> bytesOfAll(const std::vector<PixelBuffer>& pages) {
    std::vector<uint8_t> bytes;
    for (const PixelBuffer& page : pages) bytes.insert(bytes.end(), page.bytes.begin(), page.bytes.end());
    return bytes;
}

TEST(TiffStack, ItsSlicesAreThePages) {
    const std::vector<std::vector<std::string>> kinds = {
        {},
        {"BIGTIFF=YES"},
        {"ENDIANNESS=BIG", "COMPRESS=LZW"},
        {"BIGTIFF=YES", "ENDIANNESS=BIG", "INTERLEAVE=BAND"},
        {"TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16", "COMPRESS=DEFLATE", "PREDICTOR=2"}};
    for (const PixelType type : {PixelType::UInt8, PixelType::UInt16, PixelType::Int16}) {
        for (const int bands : {1, 3}) {
            for (size_t kind = 0; kind < kinds.size(); ++kind) {
                SCOPED_TRACE(std::string(pixelTypeName(type)) + " " + std::to_string(bands) + " " +
                             std::to_string(kind));
                const TemporaryFolder folder;
                const auto pages = randomPages(3, bands, type);
                writePages(folder / "a.tif", pages, kinds[kind]);
                const Result<Volume> volume = readVolume(folder / "a.tif", kMaxBytes);
                ASSERT_TRUE(volume) << describe(volume.error());
                EXPECT_EQ(volume->info.grid.size, (std::array{kSize.width, kSize.height, 3}));
                EXPECT_EQ(volume->info.bands, bands);
                EXPECT_EQ(volume->info.type, type);
                EXPECT_EQ(volume->bytes, bytesOfAll(pages));
            }
        }
    }
}

TEST(TiffStack, SaysWhatItIsBeforeItIsDecoded) {
    const TemporaryFolder folder;
    writePages(folder / "a.tif", randomPages(4, 1, PixelType::Float32));
    const VolumeInfo info = readVolumeInfo(folder / "a.tif").value().value();
    EXPECT_EQ(info.grid.size, (std::array{kSize.width, kSize.height, 4}));
    EXPECT_EQ(info.type, PixelType::Float32);
    EXPECT_EQ(info.format, "TIFF");
    EXPECT_FALSE(info.grid.isPlaced);
    EXPECT_FALSE(info.grid.hasSpacing);
    EXPECT_EQ(info.grid.frames, 1);
    EXPECT_EQ(toText(info.standingSlice()), "stored:0");
}

TEST(TiffStack, PalettesOfPagesBecomeColours) {
    const TemporaryFolder folder;
    const auto pages = randomPages(2, 1, PixelType::UInt8);
    writePages(folder / "a.tif", pages, {}, [](GDALDataset& dataset) {
        GDALColorTable table;
        for (short i = 0; i < 256; ++i) {
            const GDALColorEntry colour{i, static_cast<short>(255 - i), 7, 255};
            table.SetColorEntry(i, &colour);
        }
        dataset.GetRasterBand(1)->SetColorTable(&table);
    });
    const Volume volume = readVolume(folder / "a.tif", kMaxBytes).value();
    ASSERT_EQ(volume.info.bands, 3);
    ASSERT_TRUE(volume.isConsistent());
    const uint8_t index = pages[1].bytes.front();
    const size_t place = static_cast<size_t>(kSize.area()) * 3;
    EXPECT_EQ(volume.bytes[place], index);
    EXPECT_EQ(volume.bytes[place + 1], 255 - index);
    EXPECT_EQ(volume.bytes[place + 2], 7);
}

TEST(TiffStack, SlicesAreReadByTheirAddress) {
    const TemporaryFolder folder;
    const auto pages = randomPages(3, 1, PixelType::UInt16);
    writePages(folder / "a.tif", pages);
    const ImageContent first = readImage(folder / "a.tif").value();
    EXPECT_EQ(first.pixels, pages[0]) << "what other programs show of it";
    EXPECT_EQ(first.slice, sliceFromText("stored:0"));
    EXPECT_EQ(readImage({folder / "a.tif", sliceFromText("stored:2")})->pixels, pages[2]);
    EXPECT_EQ(readImage({folder / "a.tif", sliceFromText("stored:3")}).error().code, ErrorCode::NoImages);
    EXPECT_EQ(readImage({folder / "a.tif", sliceFromText("sagittal:1")})->pixels.size.width, kSize.height);
    const ImageMemory small{.wholeBytes = 100, .pyramidFolder = folder / "pyramids"};
    EXPECT_FALSE(LargeRaster::ofImage(folder / "a.tif", small));
}

TEST(TiffStack, PagesThatDifferAreNoSlices) {
    const TemporaryFolder folder;
    const PixelBuffer first = randomPixels(kSize, 1, PixelType::UInt8);
    const std::pair<const char*, PixelBuffer> others[] = {
        {"size.tif", randomPixels({40, 31}, 1, PixelType::UInt8)},
        {"type.tif", randomPixels(kSize, 1, PixelType::UInt16)},
        {"sign.tif", randomPixels(kSize, 1, PixelType::Float32)},
        {"bands.tif", randomPixels(kSize, 3, PixelType::UInt8)}};
    for (const auto& [name, other] : others) {
        writePages(folder / name, {first, first, other});
        EXPECT_FALSE(isStack(folder / name)) << name;
        const ImageContent image = readImage(folder / name).value();
        EXPECT_EQ(image.pixels, first) << name;
        EXPECT_FALSE(image.slice) << name;
    }
}

TEST(TiffStack, OnePageWithOverviewsAndAMaskIsAPicture) {
    const TemporaryFolder folder;
    const PixelBuffer pixels = randomPixels({200, 200}, 1, PixelType::UInt8);
    finebrush::testing::writeMaskedTiff(folder / "a.tif", pixels,
                                        std::vector<uint8_t>(static_cast<size_t>(pixels.size.area()), 255));
    {
        const GDALDatasetUniquePtr dataset(
            GDALDataset::Open((folder / "a.tif").c_str(), GDAL_OF_RASTER | GDAL_OF_UPDATE));
        ASSERT_TRUE(dataset);
        constexpr int kFactors[] = {2, 4};
        ASSERT_EQ(dataset->BuildOverviews("AVERAGE", 2, const_cast<int*>(kFactors), 0, nullptr, nullptr,
                                          nullptr, nullptr),
                  CE_None);
    }
    EXPECT_FALSE(isStack(folder / "a.tif"));
    EXPECT_EQ(readImage(folder / "a.tif")->pixels.bytes, pixels.bytes);
}

TEST(TiffStack, ThumbnailsAndMasksBetweenPagesAreLeftOut) {
    constexpr uint32_t kReduced = 1, kPage = 2, kMask = 4;
    const TemporaryFolder folder;
    writeBytes(
        folder / "a.tif",
        encodeSmallPages({{10}, {20, kReduced}, {30, kMask}, {40, kPage}, {50, kReduced | kMask}, {60}}));
    const Volume volume = readVolume(folder / "a.tif", kMaxBytes).value();
    ASSERT_EQ(volume.info.grid.size[2], 3);
    for (int page = 0; page < 3; ++page) {
        EXPECT_THAT(sliceOf(volume, {SliceView::Stored, page, 0}).bytes,
                    ::testing::Each(std::array<uint8_t, 3>{10, 40, 60}[static_cast<size_t>(page)]));
    }
}

TEST(TiffStack, PagesWithAPlaceOnTheEarthStayARaster) {
    const TemporaryFolder folder;
    writePages(folder / "a.tif", randomPages(2, 1, PixelType::UInt8), {}, [](GDALDataset& dataset) {
        std::array<double, 6> transform = {500000, 10, 0, 4000000, 0, -10};
        dataset.SetGeoTransform(transform.data());
    });
    EXPECT_EQ(readRasterInfo(folder / "a.tif")->pictures, 2);
    EXPECT_FALSE(isStack(folder / "a.tif"));
}

TEST(TiffStack, ThousandsOfPagesAreReadInOneGo) {
    constexpr int kCount = 10000;
    const TemporaryFolder folder;
    std::vector<SmallPage> pages;
    for (int page = 0; page < kCount; ++page) pages.push_back({static_cast<uint8_t>(page % 251)});
    writeBytes(folder / "a.tif", encodeSmallPages(pages));
    const Volume volume = readVolume(folder / "a.tif", kMaxBytes).value();
    EXPECT_EQ(volume.info.grid.size, (std::array{kSmallSide, kSmallSide, kCount}));
    EXPECT_EQ(volume.bytes.back(), (kCount - 1) % 251);
    EXPECT_EQ(volume.bytes[size_t{5000} * kSmallSide * kSmallSide], 5000 % 251);
}

TEST(TiffStack, PagesThatAreTooManyForTheMemoryAreReadOneByOne) {
    const TemporaryFolder folder;
    const auto pages = randomPages(6, 1, PixelType::UInt16);
    writePages(folder / "a.tif", pages);
    const uint64_t twoPages = 2 * pages[0].bytes.size();
    ASSERT_FALSE(readVolume(folder / "a.tif", twoPages));
    const ImageContent first = readImage(folder / "a.tif", twoPages).value();
    EXPECT_EQ(first.pixels, pages[0]);
    EXPECT_EQ(first.slice, sliceFromText("stored:0"));
    ASSERT_TRUE(first.volume);
    EXPECT_EQ(first.volume->grid.size, (std::array{kSize.width, kSize.height, 6}));
    for (const char* slice : {"stored:4", "axial:4"}) {
        const ImageContent fifth = readImage({folder / "a.tif", sliceFromText(slice)}, twoPages).value();
        EXPECT_EQ(fifth.pixels, pages[4]) << slice;
        EXPECT_EQ(fifth.display, first.display) << "all slices are shown alike";
    }
    EXPECT_EQ(first.display, defaultDisplayMapping(pages[3]));
    const auto errorOf = [&](const char* slice, uint64_t bytes) {
        return readImage({folder / "a.tif", sliceFromText(slice)}, bytes).error().code;
    };
    EXPECT_EQ(errorOf("stored:6", twoPages), ErrorCode::NoImages);
    EXPECT_EQ(errorOf("sagittal:1", twoPages), ErrorCode::ImageTooLarge) << "it cuts through all pages";
    EXPECT_EQ(errorOf("stored:4", twoPages / 2 - 1), ErrorCode::ImageTooLarge);
    const Volume last = readPage(folder / "a.tif", 5, twoPages).value();
    EXPECT_EQ(last.bytes, pages[5].bytes);
    EXPECT_TRUE(last.isConsistent());
    EXPECT_EQ(readPage(folder / "a.tif", 6, twoPages).error().code, ErrorCode::NoImages);
}

TEST(TiffStack, OfPagesThatTakeTooMuchTheFirstIsTheImage) {
    const TemporaryFolder folder;
    const auto withSide = [](uint32_t side) {
        std::vector<uint8_t> bytes = encodeSmallPages({{1}, {2}, {3}});
        constexpr size_t kFirst = 8, kEntryBytes = 12, kValue = 8;
        const size_t pageBytes = (bytes.size() - kFirst) / 3;
        for (size_t page = 0; page < 3; ++page) {
            for (size_t entry = 1; entry <= 2; ++entry) {
                const size_t place = kFirst + page * pageBytes + 2 + entry * kEntryBytes + kValue;
                for (size_t i = 0; i < 4; ++i) bytes[place + i] = static_cast<uint8_t>(side >> (8 * i));
            }
        }
        return bytes;
    };
    writeBytes(folder / "small.tif", withSide(kSmallSide));
    EXPECT_TRUE(isStack(folder / "small.tif"));
    writeBytes(folder / "many.tif", withSide(32000));
    EXPECT_TRUE(isStack(folder / "many.tif")) << "all together are more than 2 GiB";
    writeBytes(folder / "large.tif", withSide(40000));
    EXPECT_FALSE(isStack(folder / "large.tif"));
    const std::string large = (folder / "large.tif").string();
    EXPECT_EQ(whyNoStack(large), (Error{ErrorCode::PagesTooLarge, {large, "3", "1024"}, {}}));
    EXPECT_EQ(VolumeSource::whyNone(large), whyNoStack(large));
    EXPECT_EQ(whyNoStack(folder / "many.tif"), std::nullopt);
    EXPECT_EQ(whyNoStack(folder / "none.tif"), std::nullopt);
}

TEST(TiffStack, PagesOfMoreEntriesThanProgramsWriteAreNoSlices) {
    const TemporaryFolder folder;
    writeBytes(folder / "some.tif", encodeSmallPages({{1}, {2}}, false, 400));
    EXPECT_TRUE(isStack(folder / "some.tif"));
    writeBytes(folder / "many.tif", encodeSmallPages({{1}, {2}}, false, 4000));
    EXPECT_FALSE(isStack(folder / "many.tif"));
}

TEST(TiffStack, WhatIsCutOffOrLeadsBackIsDamaged) {
    const TemporaryFolder folder;
    const std::vector<uint8_t> whole = encodeSmallPages({{1}, {2}, {3}});
    const size_t pageBytes = (whole.size() - 8) / 3;
    const auto isDamaged = [&](const char* name) {
        const Result<Volume> volume = readVolume(folder / name, kMaxBytes);
        EXPECT_FALSE(volume) << name;
        if (volume) return;
        EXPECT_EQ(volume.error().code, ErrorCode::ImageDamaged) << name;
        EXPECT_THAT(describe(volume.error()), HasSubstr(name));
    };
    const auto writeStart = [&](const char* name, size_t bytes) {
        writeBytes(folder / name, std::vector<uint8_t>(whole.begin(), whole.begin() + std::ptrdiff_t(bytes)));
    };
    writeStart("pixels.tif", whole.size() - 3);
    isDamaged("pixels.tif");
    writeStart("directory.tif", 8 + 2 * pageBytes + 20);
    isDamaged("directory.tif");
    writeBytes(folder / "circle.tif", encodeSmallPages({{1}, {2}}, true));
    isDamaged("circle.tif");

    writeStart("one.tif", 8 + pageBytes + 20);
    EXPECT_EQ(readImage(folder / "one.tif")->pixels.bytes.front(), 1) << "of one page what follows is lost";
    writeBytes(folder / "itself.tif", encodeSmallPages({{1}}, true));
    EXPECT_FALSE(isStack(folder / "itself.tif"));
}

TEST(TiffStack, DamageAnywhereIsReadOrRefused) {
    const TemporaryFolder folder;
    const std::vector<uint8_t> whole = encodeSmallPages({{1}, {2}, {3}, {4}});
    const long before = finebrush::testing::peakKibibytes();
    std::mt19937 random(7);
    for (int round = 0; round < 300; ++round) {
        SCOPED_TRACE(round);
        std::vector<uint8_t> bytes = whole;
        for (int i = 0; i < 3; ++i) bytes[4 + random() % (bytes.size() - 4)] = static_cast<uint8_t>(random());
        if (round % 3 == 0) bytes.resize(random() % bytes.size());
        writeBytes(folder / "a.tif", bytes);
        const Result<Volume> volume =
            finebrush::testing::soon([&] { return readVolume(folder / "a.tif", kMaxBytes); });
        if (volume) {
            EXPECT_TRUE(volume->isConsistent());
        } else {
            EXPECT_THAT(describe(volume.error()), HasSubstr("a.tif"));
        }
    }
    EXPECT_LT(finebrush::testing::peakKibibytes() - before, finebrush::testing::kMostKibibytesOfDamage);
    EXPECT_THAT(folder.names(), ::testing::ElementsAre("a.tif"));
}

TEST(TiffStack, WhatIsLargerThanTheMemoryIsRefused) {
    const TemporaryFolder folder;
    const auto pages = randomPages(3, 1, PixelType::UInt16);
    writePages(folder / "a.tif", pages);
    const uint64_t bytes = bytesOfAll(pages).size();
    EXPECT_TRUE(readVolume(folder / "a.tif", bytes));
    const Result<Volume> refused = readVolume(folder / "a.tif", bytes - 1);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::ImageTooLarge);
    EXPECT_THAT(describe(refused.error()), HasSubstr("30 × 3"));
}

TEST(TiffStack, OnlyFilesAreOpenedWhateverTheyAreCalled) {
    const TemporaryFolder folder;
    const auto pages = randomPages(2, 1, PixelType::UInt8);
    for (const char* name : {"a & b <c> \"d\".tif", "%s 100%.tif", "GTIFF_DIR:1:a.tif", "]]>.tif"}) {
        writePages(folder / name, pages);
        const Result<Volume> volume = readVolume(folder / name, kMaxBytes);
        ASSERT_TRUE(volume) << name << describe(volume.error());
        EXPECT_EQ(volume->bytes, bytesOfAll(pages)) << name;
    }
    writePages(folder / "two\nlines.tif", pages);
    EXPECT_FALSE(isStack(folder / "two\nlines.tif")) << "its first page is the image";
    EXPECT_FALSE(isStack("GTIFF_DIR:1:" + (folder / "]]>.tif").string()));
    EXPECT_FALSE(isStack("/vsisparse/" + (folder / "]]>.tif").string()));
    EXPECT_EQ(readVolume(folder / "none.tif", kMaxBytes).error().code, ErrorCode::FileMissing);
    EXPECT_EQ(readVolume(folder.path(), kMaxBytes).error().code, ErrorCode::NotARegularFile);
}

TEST(TiffStack, ReadsARealStack) {
    const std::filesystem::path data = finebrush::testing::sharedData();
    if (data.empty()) GTEST_SKIP() << "NO REAL STACK: there is no ../shared/data beside this checkout";
    const std::filesystem::path file = data / "tiff16/img3d.tif";
    const Volume volume = readVolume(file, kMaxBytes).value();
    EXPECT_EQ(volume.info.grid.size, (std::array{57, 61, 31}));
    EXPECT_EQ(volume.info.type, PixelType::UInt16);
    for (const int page : {0, 16, 30}) {
        const std::string name = "GTIFF_DIR:" + std::to_string(page + 1) + ":" + file.string();
        const GDALDatasetUniquePtr dataset(GDALDataset::Open(name.c_str(), GDAL_OF_RASTER));
        ASSERT_TRUE(dataset) << name;
        std::vector<uint8_t> bytes(size_t{57} * 61 * 2);
        ASSERT_EQ(dataset->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, 57, 61, bytes.data(), 57, 61, GDT_UInt16,
                                                      0, 0, nullptr),
                  CE_None);
        EXPECT_EQ(sliceOf(volume, {SliceView::Stored, page, 0}).bytes, bytes) << page;
    }
}

}  // namespace
}  // namespace finebrush::tiff
