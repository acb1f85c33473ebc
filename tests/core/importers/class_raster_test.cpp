#include "core/importers/class_raster.h"

#include "tests/core/importers/import_fixtures.h"

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ClassRaster : public testing::ImportTest {
  protected:
    /// One band of 60 × 40 with a value at (3, 2) and another at (4, 2); the rest is `fill`.
    static PixelBuffer band(PixelType type, double fill, double first, double second) {
        PixelBuffer pixels{{60, 40}, 1, type, {}, {}};
        pixels.bytes.resize(60 * 40 * bytesPerSample(type));
        for (size_t i = 0; i < 60 * 40; ++i) {
            const double value = i == 2 * 60 + 3 ? first : i == 2 * 60 + 4 ? second : fill;
            const auto put = [&](auto sample) {
                std::memcpy(&pixels.bytes[i * sizeof sample], &sample, sizeof sample);
            };
            if (type == PixelType::UInt8) put(static_cast<uint8_t>(value));
            if (type == PixelType::UInt16) put(static_cast<uint16_t>(value));
            if (type == PixelType::Int32) put(static_cast<int32_t>(value));
            if (type == PixelType::Float32) put(static_cast<float>(value));
        }
        return pixels;
    }
    static void place(GDALDataset& dataset, double left) {
        std::array<double, 6> transform = {left, 10, 0, 4000000, 0, -10};
        dataset.SetGeoTransform(transform.data());
    }
};

TEST_F(ClassRaster, ReadsWholeNumbersOfAnyType) {
    for (const PixelType type : {PixelType::UInt8, PixelType::UInt16, PixelType::Int32, PixelType::Float32}) {
        testing::writeImage(folder / "a.tif", "GTiff", band(type, 0, 7, 253));
        const LabelImport found = import({folder / "a.tif"});
        ASSERT_THAT(found.problems, IsEmpty()) << pixelTypeName(type);
        EXPECT_EQ(found.images[0].labels.at(0, 0), 0);
        EXPECT_EQ(found.images[0].labels.at(3, 2), 7);
        EXPECT_EQ(found.images[0].labels.at(4, 2), 253);
    }
}

TEST_F(ClassRaster, NoDataIsUnlabelled) {
    testing::writeImage(folder / "a.tif", "GTiff", band(PixelType::Int32, -9999, 1, 2), {},
                        [](GDALDataset& dataset) { dataset.GetRasterBand(1)->SetNoDataValue(-9999); });
    const LabelImport found = import({folder / "a.tif"});
    ASSERT_THAT(found.problems, IsEmpty());
    EXPECT_EQ(found.images[0].labels.histogram()[kUnlabelled], 2398);
}

TEST_F(ClassRaster, NumbersThatAreNoClassesAreRefused) {
    for (const double value : {254.0, 1000.0}) {
        testing::writeImage(folder / "a.tif", "GTiff", band(PixelType::UInt16, 0, 1, value));
        EXPECT_THAT(codes(import({folder / "a.tif"})), ElementsAre(ErrorCode::LabelsValueOutOfRange));
    }
    testing::writeImage(folder / "a.tif", "GTiff", band(PixelType::Float32, 0, 1, 0.5));
    EXPECT_THAT(codes(import({folder / "a.tif"})), ElementsAre(ErrorCode::LabelsValueOutOfRange));
    testing::writeImage(folder / "a.png", "PNG", band(PixelType::UInt8, 0, 1, 254));
    EXPECT_THAT(codes(import({folder / "a.png"})), ElementsAre(ErrorCode::LabelsValueOutOfRange));
}

TEST_F(ClassRaster, AMaskOfBlackAndWhiteIsBackgroundAndOneClass) {
    testing::writeImage(folder / "a.png", "PNG", band(PixelType::UInt8, 0, 255, 255));
    const LabelImport found = import({folder / "a.png"});
    ASSERT_THAT(found.images, SizeIs(1));
    EXPECT_EQ(found.images[0].labels.at(3, 2), 1);
    EXPECT_EQ(found.images[0].labels.at(0, 0), 0);
}

TEST_F(ClassRaster, AnotherPlaceOnTheEarthIsRefused) {
    testing::writeImage(folder / "image.tif", "GTiff", band(PixelType::UInt8, 9, 9, 9), {},
                        [](GDALDataset& dataset) { place(dataset, 500000); });
    targets = {{folder / "image.tif", {60, 40}}};
    std::filesystem::create_directories(folder / "labels");
    for (const double left : {500000.0, 500001.0}) {
        testing::writeImage(folder / "labels/image.tif", "GTiff", band(PixelType::UInt8, 0, 1, 2), {},
                            [left](GDALDataset& dataset) { place(dataset, left); });
        const LabelImport found = import({folder / "labels/image.tif"});
        const bool isSame = left == 500000.0;
        EXPECT_EQ(codes(found),
                  isSame ? std::vector<ErrorCode>() : std::vector{ErrorCode::LabelsGridMismatch});
    }
}

TEST_F(ClassRaster, ColoursAndFormatsThatChangeNumbersAreRefused) {
    testing::writeImage(folder / "a.png", "PNG", testing::randomPixels({60, 40}, 3, PixelType::UInt8));
    EXPECT_THAT(codes(import({folder / "a.png"})), ElementsAre(ErrorCode::LabelsNotIndexed));
    testing::writeImage(folder / "a.jpg", "JPEG", band(PixelType::UInt8, 0, 1, 2));
    EXPECT_THAT(codes(import({folder / "a.jpg"})), ElementsAre(ErrorCode::LabelsLossy));
}

TEST_F(ClassRaster, RealMasksInJpegAreRefusedAndBadFilesDoNoHarm) {
    const std::filesystem::path data = testing::sharedData();
    if (!std::filesystem::exists(data)) GTEST_SKIP() << "NOT TESTED: no shared data";
    const LabelImport messy = import(filesIn(data / "messy_jpeg_masks/masks").value());
    EXPECT_THAT(messy.images, IsEmpty());
    EXPECT_FALSE(messy.problems.empty());
    for (const Error& problem : messy.problems)
        EXPECT_TRUE(problem.code == ErrorCode::LabelsLossy || problem.code == ErrorCode::LabelsNoImage);
    const std::vector<std::filesystem::path> bad = filesIn(data / "bad/images").value();
    for (const std::filesystem::path& file : bad) {
        const LabelImport found = import({file});
        EXPECT_EQ(found.images.size() + found.problems.size(), 1U) << file;
    }
}

TEST_F(ClassRaster, WhatAMaskHidesIsNoWhite) {
    std::vector<uint8_t> mask(60 * 40, 255);
    mask[2 * 60 + 4] = mask[0] = 0;
    testing::writeMaskedTiff(folder / "a.tif", band(PixelType::UInt8, 0, 255, 255), mask);
    const LabelImport found = import({folder / "a.tif"});
    ASSERT_THAT(found.problems, IsEmpty());
    const LabelMap& labels = found.images.front().labels;
    EXPECT_EQ(labels.at(3, 2), 1);
    EXPECT_EQ(labels.at(4, 2), kUnlabelled);
    EXPECT_EQ(labels.at(0, 0), kUnlabelled);
    EXPECT_EQ(labels.at(1, 0), 0);
}

TEST_F(ClassRaster, AMaskThatHidesEverythingWasNeverSet) {
    for (const PixelType type : {PixelType::UInt8, PixelType::UInt16}) {
        testing::writeMaskedTiff(folder / "a.tif", band(type, 0, 7, 9), std::vector<uint8_t>(60 * 40, 0));
        const LabelImport found = import({folder / "a.tif"});
        ASSERT_THAT(found.problems, IsEmpty());
        EXPECT_EQ(found.images.front().labels.at(3, 2), 7);
        EXPECT_EQ(found.images.front().labels.at(0, 0), 0);
    }
}

}  // namespace
}  // namespace finebrush
