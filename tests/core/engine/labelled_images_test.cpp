#include "core/engine/labelled_images.h"

#include "core/base/cell_grid.h"
#include "core/engine/label_file.h"
#include "core/image/raster/sample_conversion.h"
#include "core/image/raster/sample_halving.h"
#include "core/project/input_limits.h"
#include "tests/core/image/image_fixtures.h"

#include <gmock/gmock.h>

#include <set>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using testing::randomPixels;
using ::testing::SizeIs;
using testing::TemporaryFolder;
using testing::writeImage;

constexpr PixelSize kSize{3000, 2100};
const std::vector<std::string> kTiled = {"TILED=YES", "BLOCKXSIZE=256", "BLOCKYSIZE=256", "COMPRESS=DEFLATE"};

class LabelledImages : public ::testing::Test {
  protected:
    LabelledImages() : pixels(randomPixels(kSize, 1, PixelType::UInt16)) {
        writeImage(folder / "big.tif", "GTiff", pixels, kTiled);
        labels.bytes.assign(static_cast<size_t>(kSize.area()), kUnlabelled);
    }
    void label(int x, int y, uint8_t value) {
        labels.bytes[static_cast<size_t>(y) * kSize.width + static_cast<size_t>(x)] = value;
    }
    void writeLabels() { writeImage(folder / "big_mask.tif", "GTiff", labels, kTiled); }
    std::vector<messages::LabelledImage> read(std::optional<int> level = {}) {
        writeLabels();
        const auto pairs = pairsWithLabels({ImageAddress(folder / "big.tif")}, folder.path());
        EXPECT_TRUE(pairs);
        const auto images = readLabelledImages(*pairs, {}, level, memory, [](const char*, double) {});
        EXPECT_TRUE(images) << describe(images.error());
        return images.value_or(std::vector<messages::LabelledImage>());
    }

    TemporaryFolder folder, cache;
    ImageMemory memory{.wholeBytes = 4 << 20, .overviewSide = 400, .pyramidFolder = cache / "pyramids"};
    PixelBuffer pixels;
    PixelBuffer labels{kSize, 1, PixelType::UInt8, {}, {}};
};

TEST_F(LabelledImages, OfALargeOneThePartsWithLabelsAreRead) {
    label(500, 400, 0);
    label(2999, 2099, 1);
    const auto images = read();
    ASSERT_THAT(images, SizeIs(2));
    for (const messages::LabelledImage& image : images) {
        const auto place = cellFromId(image.imageId);
        ASSERT_TRUE(place);
        EXPECT_EQ(place->image, utf8(folder / "big.tif"));
        const RectInImage rect = cellRect(kSize, place->cell);
        PixelBuffer window = cropped(pixels, rect);
        window.limits = measuredLimits(halved(halved(halved(pixels))), {});
        EXPECT_EQ(image.pixels, window) << "of the values of the whole image";
        EXPECT_EQ(image.labels.size, (PixelSize{1024, 1024}));
        const bool isFirst = place->cell == CellAddress{0, 0, 0};
        EXPECT_EQ(isFirst ? image.labels.at(500, 400) : image.labels.at(1023, 1023), isFirst ? 0 : 1);
        EXPECT_EQ(std::ranges::count(image.labels.values, kUnlabelled), 1024 * 1024 - 1);
    }
}

TEST_F(LabelledImages, WhatTheLabelFileHidesIsUnlabelled) {
    label(500, 400, 0);
    label(501, 400, 1);
    std::vector<uint8_t> mask(static_cast<size_t>(kSize.area()), 255);
    mask[static_cast<size_t>(400) * kSize.width + 500] = 0;
    testing::writeMaskedTiff(folder / "big_mask.tif", labels, mask, kTiled);
    const auto pairs = pairsWithLabels({ImageAddress(folder / "big.tif")}, folder.path()).value();
    const auto images = readLabelledImages(pairs, {}, {}, memory, [](const char*, double) {}).value();
    ASSERT_THAT(images, SizeIs(1));
    EXPECT_EQ(images.front().labels.at(500, 400), kUnlabelled);
    EXPECT_EQ(images.front().labels.at(501, 400), 1);
}

TEST_F(LabelledImages, NumbersMeanWhatTheyAreSaidTo) {
    const auto valuesOf = [&](const char* image, const LabelMeaning& meaning) {
        const auto pairs = pairsWithLabels({ImageAddress(folder / image)}, folder.path()).value();
        const auto images = readLabelledImages(
                                pairs, {}, {}, memory, [](const char*, double) {}, meaning)
                                .value();
        std::set<uint8_t> values;
        for (const auto& read : images) values.insert(read.labels.values.begin(), read.labels.values.end());
        return values;
    };
    label(500, 400, 0);
    label(501, 400, 7);
    writeLabels();
    writeImage(folder / "small.png", "PNG", randomPixels({2, 2}, 1, PixelType::UInt8));
    writeImage(folder / "small_mask.png", "PNG", {{2, 2}, 1, PixelType::UInt8, {0, 7, 255, 255}, {}});
    for (const char* image : {"big.tif", "small.png"}) {
        EXPECT_THAT(valuesOf(image, {}), ElementsAre(0, 7, kUnlabelled));
        EXPECT_THAT(valuesOf(image, {.ignored = 7}), ElementsAre(0, kUnlabelled));
    }
    EXPECT_THAT(valuesOf("small.png", {.isBlackAndWhite = true}), ElementsAre(0, 1, 7));
}

TEST_F(LabelledImages, ALevelMayBeAskedFor) {
    label(501, 403, 3);
    const auto images = read(3);
    ASSERT_THAT(images, SizeIs(1));
    EXPECT_EQ(cellFromId(images.front().imageId)->cell.level, 3) << "for which overviews are made";
    EXPECT_EQ(images.front().pixels.size, (PixelSize{375, 263}));
    EXPECT_EQ(images.front().labels.at(501 >> 3, 403 >> 3), 3);
}

TEST_F(LabelledImages, WhatDoesNotFitIsRefused) {
    labels = {{100, 100}, 1, PixelType::UInt8, std::vector<uint8_t>(10000), {}};
    writeLabels();
    const auto pairs = pairsWithLabels({ImageAddress(folder / "big.tif")}, folder.path()).value();
    const auto tell = [](const char*, double) {};
    EXPECT_EQ(readLabelledImages(pairs, {}, {}, memory, tell).error().code, ErrorCode::LabelsSizeMismatch);
    writeImage(folder / "big_mask.tif", "GTiff", pixels, kTiled);
    EXPECT_EQ(readLabelledImages(pairs, {}, {}, memory, tell).error().code, ErrorCode::LabelsNotIndexed);
}

TEST_F(LabelledImages, LabelsOfCellsAreThoseOfTheFile) {
    for (int i = 0; i < 2100; i += 7) label(i, i, static_cast<uint8_t>(i % 5));
    writeLabels();
    const LabelFile file = LabelFile::open(folder / "big_mask.tif").value();
    const LabelMap map = LabelMap::fromMask({kSize, labels.bytes});
    EXPECT_EQ(file.paintedTiles().value(), paintedTiles(map));
    for (const int level : {0, 1, 2}) {
        const std::vector<CellAddress> cells = paintedCells(paintedTiles(map), level);
        const std::vector<IndexMask> read = file.labelsOf(cells).value();
        for (size_t i = 0; i < cells.size(); ++i) EXPECT_EQ(read[i], labelsOfCell(map, cells[i])) << level;
    }
}

}  // namespace
}  // namespace finebrush
