#include "core/image/dicom/dicom_series.h"

#include "core/base/files.h"
#include "core/image/image_reader.h"
#include "core/image/volume/volume_source.h"
#include "tests/core/image/dicom/dicom_fixtures.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>

#include <cstring>
#include <numeric>
#include <stop_token>

namespace finebrush::dicom {
namespace {

using testing::DicomSample;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::TemporaryFolder;

constexpr uint64_t kMaxBytes = uint64_t{64} << 20;

/// A folder of slices whose first pixel tells their place.
class DicomSeriesTest : public ::testing::Test {
  protected:
    static DicomSample slice(double z, const std::string& series = "1.2.826.77") {
        DicomSample sample;
        sample.put(DCM_SeriesInstanceUID, series);
        sample.put(DCM_SOPInstanceUID, series + "." + std::to_string(static_cast<int>(z * 10)));
        sample.place("-10\\20\\" + std::to_string(z));
        std::vector<uint16_t> values(DicomSample::kPixels);
        std::iota(values.begin(), values.end(), static_cast<uint16_t>(z * 10));
        sample.putPixels(values);
        return sample;
    }
    /// Slices whose names say nothing of their order.
    void writeSlices(const std::vector<double>& depths) {
        for (size_t i = 0; i < depths.size(); ++i) slice(depths[i]).write(file(i));
    }
    std::filesystem::path file(size_t i) const { return folder_ / ("IM" + std::to_string(i)); }
    std::string remark(size_t i = 0) const {
        const auto stack = seriesOf(file(i));
        return !stack ? "it is alone" : stack->remark ? describe(*stack->remark) : "it is whole";
    }

    TemporaryFolder folder_;
};

std::vector<uint16_t> firstPixels(const Volume& volume) {
    std::vector<uint16_t> first;
    for (int k = 0; k < volume.info.grid.size[2]; ++k) {
        uint16_t value = 0;
        std::memcpy(&value, &volume.bytes[static_cast<size_t>(k) * DicomSample::kPixels * 2], 2);
        first.push_back(value);
    }
    return first;
}

TEST_F(DicomSeriesTest, FilesBecomeOneVolumeInTheOrderOfTheirPlaces) {
    writeSlices({12.5, 5, 10, 7.5});
    const auto stack = seriesOf(file(2));
    ASSERT_TRUE(stack);
    EXPECT_FALSE(stack->remark);
    EXPECT_THAT(stack->files, ElementsAre(file(1), file(3), file(2), file(0)));
    EXPECT_EQ(stack->grid.size, (std::array{DicomSample::kColumns, DicomSample::kRows, 4}));
    EXPECT_EQ(stack->grid.patientFromVoxel,
              (VoxelMatrix{{{0.25, 0, 0, -10}, {0, 0.5, 0, 20}, {0, 0, 2.5, 5}}}));
    EXPECT_TRUE(stack->grid.isPlaced);
    const Volume volume = readSeries(*stack, kMaxBytes).value();
    EXPECT_TRUE(volume.isConsistent());
    EXPECT_THAT(firstPixels(volume), ElementsAre(50, 75, 100, 125));
    EXPECT_EQ(readSeriesInfo(*stack)->grid, volume.info.grid);
    EXPECT_EQ(readSeries(*stack, 100).error().code, ErrorCode::ImageTooLarge);
}

TEST_F(DicomSeriesTest, EachFileIsRescaledAsItSays) {
    for (int i = 0; i < 3; ++i) {
        DicomSample sample = slice(i);
        sample.put(DCM_RescaleSlope, std::to_string(i + 1) + ".5");
        sample.put(DCM_RescaleIntercept, "0");
        sample.write(file(static_cast<size_t>(i)));
    }
    const Volume volume = readSeries(*seriesOf(file(0)), kMaxBytes).value();
    ASSERT_EQ(volume.info.type, PixelType::Float32);
    float value = 0;
    std::memcpy(&value, &volume.bytes[2 * DicomSample::kPixels * sizeof(float)], sizeof value);
    EXPECT_EQ(value, 20 * 3.5F);
}

TEST_F(DicomSeriesTest, AnyFileAndTheFolderOpenTheWholeSeries) {
    writeSlices({12.5, 5, 10, 7.5, 15});
    slice(0, "9.9.9").write(folder_ / "another series.dcm");
    for (const std::filesystem::path& path : {file(0), file(4), folder_.path()}) {
        const auto image = readImage(path);
        ASSERT_TRUE(image) << describe(image.error());
        EXPECT_EQ(image->file, file(1)) << "the first slice stands for the series";
        EXPECT_EQ(image->slice, (SliceAddress{SliceView::Stored, 2, 0}));
        EXPECT_EQ(image->volume->grid.size[2], 5);
        EXPECT_FALSE(image->remark);
    }
    EXPECT_EQ(readImage({file(3), sliceFromText("axial:4")})->pixels.bytes[0], 150);
    EXPECT_THAT(onePerVolume({file(0), file(1), folder_ / "another series.dcm", file(2)}),
                ElementsAre(file(1), folder_ / "another series.dcm"));
}

TEST_F(DicomSeriesTest, ASeriesWithAGapIsOneStackWithoutPlacesAndTheGapIsNamed) {
    writeSlices({10, 2, 4, 0, 12});
    EXPECT_THAT(remark(2), HasSubstr("2 slices are missing between the slices 3 and 4 of 5"));
    EXPECT_THAT(remark(2), HasSubstr("IM3"));
    for (const std::filesystem::path& path : {file(2), folder_.path()}) {
        const ImageContent image = readImage(path).value();
        EXPECT_EQ(image.file, file(3));
        EXPECT_EQ(image.slice, (SliceAddress{SliceView::Stored, 2, 0}));
        EXPECT_EQ(image.volume->grid.size[2], 5);
        EXPECT_FALSE(image.volume->grid.isPlaced);
        EXPECT_EQ(image.volume->grid.spacing(), (std::array{0.25, 0.5, 2.0})) << "that of a picture is known";
        EXPECT_EQ(image.remark->code, ErrorCode::SeriesNotAStack);
    }
    EXPECT_EQ(readImage({file(0), sliceFromText("stored:3")})->pixels.bytes[0], 100);
    EXPECT_EQ(readImage({file(0), sliceFromText("stored:5")}).error().code, ErrorCode::NoImages);
    EXPECT_THAT(onePerVolume({file(0), file(1), file(2), file(3), file(4)}), ElementsAre(file(3)));
}

TEST_F(DicomSeriesTest, WhatIsUnevenIsNamed) {
    writeSlices({0, 2, 4});
    DicomSample other = slice(4);
    other.put(DCM_SOPInstanceUID, "1.2.826.77.another");
    other.write(file(3));
    EXPECT_THAT(remark(), HasSubstr("several of its slices lie at one place"));
    EXPECT_EQ(seriesOf(file(0))->files.size(), 4U);
    slice(6.5).write(file(3));
    EXPECT_THAT(remark(), HasSubstr("the steps of its slices are uneven"));
    EXPECT_FALSE(seriesOf(file(0))->grid.isPlaced);
    EXPECT_THAT(remark(), Not(HasSubstr("1.2.826")));
    EXPECT_THAT(remark(), Not(HasSubstr("QUACK")));
}

TEST_F(DicomSeriesTest, FilesThatLookOtherwiseAreOpenedApart) {
    writeSlices({0, 2, 4});
    DicomSample localizer = slice(6);
    localizer.place("-10\\20\\6", "1\\0\\0\\0\\0\\-1");
    localizer.write(file(3));
    DicomSample coarse = slice(8);
    coarse.put(DCM_PixelSpacing, "0.5\\0.5");
    coarse.write(file(4));
    EXPECT_THAT(remark(), HasSubstr("spacing or kind of pixels are opened apart: 2"));
    EXPECT_TRUE(seriesOf(file(0))->grid.isPlaced);
    EXPECT_THAT(seriesOf(file(0))->files, ElementsAre(file(0), file(1), file(2)));
    EXPECT_EQ(remark(3), "it is alone");
    const ImageContent image = readImage(file(3)).value();
    EXPECT_FALSE(image.slice);
    EXPECT_FALSE(image.remark);
    EXPECT_THAT(onePerVolume({file(3), file(2), file(1), file(4), file(0)}),
                ElementsAre(file(3), file(0), file(4)));
    localizer.place("-10\\22\\6", "1\\0\\0\\0\\0\\-1");
    localizer.put(DCM_SOPInstanceUID, "1.2.826.77.another");
    localizer.write(file(4));
    EXPECT_EQ(seriesOf(file(3))->files.size(), 2U) << "several of them make a stack of their own";
    EXPECT_EQ(readImage(folder_.path()).error().code, ErrorCode::SeveralSeries);
}

TEST_F(DicomSeriesTest, FilesThatStorePixelsInOtherWaysAreOpenedApart) {
    writeSlices({0, 2, 4});
    DicomSample other = slice(6);
    other.put(DCM_BitsStored, 16);
    other.put(DCM_HighBit, 15);
    other.write(file(3));
    EXPECT_THAT(remark(), HasSubstr("are opened apart: 1"));
    EXPECT_EQ(readImage(file(0))->volume->grid.size[2], 3);
    EXPECT_FALSE(readImage(file(3))->slice);
}

TEST_F(DicomSeriesTest, FoldersAreNotReadOnceItIsAskedToStop) {
    writeSlices({0, 2, 4});
    std::stop_source stop;
    stop.request_stop();
    EXPECT_TRUE(stackedFilesIn(folder_.path(), stop.get_token()).empty());
    EXPECT_TRUE(onePerVolume({file(0), file(1)}, stop.get_token()).empty());
    EXPECT_EQ(stackedFilesIn(folder_.path(), {}).size(), 3U) << "what was not read is read the next time";
}

TEST_F(DicomSeriesTest, AFileAndItsSliceOfEachViewFindEachOther) {
    writeSlices({12.5, 5, 10, 7.5});
    const VolumeSource source = VolumeSource::of(file(0)).value().value();
    EXPECT_EQ(source.fileOf(sliceFromText("stored:2").value()), file(2));
    EXPECT_EQ(source.sliceOf(file(2), SliceView::Stored), sliceFromText("stored:2"));
    EXPECT_EQ(source.sliceOf(file(2), SliceView::Axial), sliceFromText("axial:2"));
    EXPECT_EQ(source.fileOf(sliceFromText("coronal:2").value()), file(1)) << "all files; the first";
    EXPECT_EQ(source.sliceOf(file(2), SliceView::Coronal), std::nullopt);
    EXPECT_TRUE(source.fileOf(sliceFromText("stored:4").value()).empty());
    EXPECT_EQ(source.sliceOf(file(7), SliceView::Stored), std::nullopt);
}

TEST_F(DicomSeriesTest, FilesOfOtherSeriesAndCopiesAreLeftOut) {
    writeSlices({0, 2, 4});
    slice(4).write(folder_ / "copy.dcm", EXS_BigEndianExplicit);
    DicomSample placeless;
    placeless.put(DCM_SeriesInstanceUID, "1.2.826.77");
    placeless.put(DCM_SOPInstanceUID, "1.2.826.77.report");
    placeless.write(folder_ / "scout.dcm");
    EXPECT_EQ(seriesOf(file(0))->files.size(), 3U);
    EXPECT_THAT(onePerVolume({file(2), folder_ / "copy.dcm"}), ElementsAre(file(0)));
    EXPECT_FALSE(seriesOf(folder_ / "scout.dcm"));
    slice(0, "5.5").write(folder_ / "b.dcm");
    slice(1, "5.5").write(folder_ / "c.dcm");
    EXPECT_EQ(readImage(folder_.path()).error().code, ErrorCode::SeveralSeries);
}

TEST_F(DicomSeriesTest, VersionsOfOnePictureAreNoStack) {
    for (size_t i = 0; i < 3; ++i) {
        DicomSample sample = slice(3);
        sample.put(DCM_SOPInstanceUID, "1.2.826.77.99." + std::to_string(i));
        sample.write(file(i));
    }
    const ImageContent image = readImage(file(1)).value();
    EXPECT_FALSE(image.slice);
    EXPECT_FALSE(image.remark);
}

TEST_F(DicomSeriesTest, AnAddedOrChangedFileIsSeen) {
    writeSlices({0, 2});
    EXPECT_EQ(readImage(file(0))->volume->grid.size[2], 2);
    slice(4).write(file(2));
    EXPECT_EQ(readImage(file(0))->volume->grid.size[2], 3);
    std::filesystem::remove(file(1));
    EXPECT_EQ(readImage(file(0))->volume->grid.size[2], 2);
}

TEST_F(DicomSeriesTest, ADamagedSliceIsNamed) {
    writeSlices({0, 2, 4});
    std::filesystem::resize_file(file(1), std::filesystem::file_size(file(1)) - 8);
    const auto image = readImage(file(0));
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error().code, ErrorCode::ImageDamaged);
    EXPECT_THAT(describe(image.error()), HasSubstr("IM1"));
}

}  // namespace
}  // namespace finebrush::dicom
