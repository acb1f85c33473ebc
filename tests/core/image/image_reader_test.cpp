#include "core/image/image_reader.h"

#include "core/image/raster/png_writer.h"
#include "tests/core/image/dicom/dicom_fixtures.h"
#include "tests/core/image/image_fixtures.h"
#include "tests/core/image/volume/volume_fixtures.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using testing::DicomSample;
using ::testing::HasSubstr;
using testing::TemporaryFolder;
using testing::voxelValue;
using testing::writeNifti;

constexpr SliceAddress kMiddle{SliceView::Axial, 2, 0};

int16_t valueAt(const PixelBuffer& pixels, int x, int y) {
    int16_t value = 0;
    std::memcpy(&value, &pixels.bytes[static_cast<size_t>(y * pixels.size.width + x) * 2], 2);
    return value;
}

TEST(ImageReader, AVolumeGivesItsMiddleSlice) {
    const TemporaryFolder folder;
    for (const char* name : {"a.nii", "a.nii.gz", "nothing said by the name"}) {
        writeNifti(folder / name, {5, 4, 5});
        const Result<ImageContent> image = readImage(folder / name);
        ASSERT_TRUE(image) << describe(image.error());
        EXPECT_EQ(image->pixels.size, (PixelSize{5, 4}));
        EXPECT_EQ(image->slice, kMiddle);
        EXPECT_EQ(image->volume->grid.size, (std::array<int, 3>{5, 4, 5}));
        EXPECT_EQ(valueAt(image->pixels, 3, 1), voxelValue(3, 1, 2));
    }
}

TEST(ImageReader, ThatComplexVoxelsAreTheirMagnitudeIsTold) {
    const TemporaryFolder folder;
    testing::writeComplexNifti(folder / "complex.nii", {5, 4, 5});
    const Result<ImageContent> image = readImage(folder / "complex.nii");
    ASSERT_TRUE(image) << describe(image.error());
    EXPECT_EQ(image->remark, (Error{ErrorCode::PhaseLeftOut, {utf8(folder / "complex.nii")}, {}}));
    EXPECT_EQ(image->pixels.type, PixelType::Float32);
    float second = 0;
    std::memcpy(&second, &image->pixels.bytes[sizeof second], sizeof second);
    EXPECT_EQ(second, 5 * (2 * 5 * 4 + 1));
    writeNifti(folder / "plain.nii", {5, 4, 5});
    EXPECT_EQ(readImage(folder / "plain.nii")->remark, std::nullopt);
}

TEST(ImageReader, AProjectIsLeftAlone) {
    const TemporaryFolder folder;
    for (const char* name : {"p.finebrush", "p.finebrush-wal"}) {
        writeNifti(folder / name, {5, 4, 5});
        const Result<ImageContent> image = readImage(folder / name);
        ASSERT_FALSE(image) << name;
        EXPECT_EQ(image.error().code, ErrorCode::ImageFormatUnknown);
    }
}

TEST(ImageReader, ASliceIsReadByItsAddress) {
    const TemporaryFolder folder;
    writeNifti(folder / "a.nii.gz", {5, 4, 3}, 2);
    const auto read = [&](const char* slice) {
        return readImage({folder / "a.nii.gz", sliceFromText(slice)}).value();
    };
    EXPECT_EQ(valueAt(read("axial:0").pixels, 3, 1), voxelValue(3, 1, 0));
    EXPECT_EQ(valueAt(read("axial:2:1").pixels, 3, 1), voxelValue(3, 1, 2, 1));
    EXPECT_EQ(read("coronal:1").pixels.size, (PixelSize{5, 3}));
    EXPECT_EQ(valueAt(read("coronal:1").pixels, 3, 0), voxelValue(3, 1, 2));
    EXPECT_EQ(valueAt(read("sagittal:4").pixels, 3, 0), voxelValue(4, 3, 2));
    EXPECT_EQ(read("stored:1").slice, sliceFromText("stored:1"));
}

TEST(ImageReader, ASliceThatIsNotThereIsNamedWithItsFile) {
    const TemporaryFolder folder;
    writeNifti(folder / "a.nii", {5, 4, 3});
    testing::writeBytes(folder / "b.png", encodePng({2, 1}, 1, std::vector<uint8_t>{7, 9}).value());
    for (const char* address : {"a.nii#axial:3", "a.nii#coronal:0:1", "b.png#axial:0"}) {
        const Result<ImageContent> image = readImage(addressFromText(utf8(folder / address)));
        ASSERT_FALSE(image) << address;
        EXPECT_EQ(image.error().code, ErrorCode::NoImages);
        EXPECT_THAT(describe(image.error()), HasSubstr(address));
    }
}

TEST(ImageReader, OtherImagesAreReadAsBefore) {
    const TemporaryFolder folder;
    testing::writeBytes(folder / "a.png", encodePng({2, 1}, 1, std::vector<uint8_t>{7, 9}).value());
    const ImageContent image = readImage(folder / "a.png").value();
    EXPECT_EQ(image.pixels.bytes, (std::vector<uint8_t>{7, 9}));
    EXPECT_EQ(image.display, DisplayMapping());
    EXPECT_FALSE(image.slice);
    EXPECT_FALSE(image.volume);
}

TEST(ImageReader, ErrorsNameTheFile) {
    const TemporaryFolder folder;
    testing::writeBytes(folder / "text.nii", std::vector<uint8_t>(500, 'x'));
    writeNifti(folder / "cut.nii", {5, 4, 3});
    std::filesystem::resize_file(folder / "cut.nii", 400);
    for (const auto& [name, code] : {std::pair("text.nii", ErrorCode::ImageFormatUnknown),
                                     {"cut.nii", ErrorCode::ImageDamaged},
                                     {"none.nii.gz", ErrorCode::FileMissing}}) {
        const Result<ImageContent> image = readImage(folder / name);
        ASSERT_FALSE(image) << name;
        EXPECT_EQ(image.error().code, code) << describe(image.error());
        EXPECT_THAT(describe(image.error()), HasSubstr(name));
    }
}

TEST(ImageReader, AllSlicesOfAVolumeAreShownAlike) {
    const TemporaryFolder folder;
    writeNifti(folder / "scan.nii", {20, 20, 9});
    const ImageContent first = readImage({folder / "scan.nii", SliceAddress{SliceView::Axial, 0, 0}}).value();
    const ImageContent last = readImage({folder / "scan.nii", SliceAddress{SliceView::Axial, 8, 0}}).value();
    EXPECT_NE(defaultDisplayMapping(first.pixels), defaultDisplayMapping(last.pixels));
    EXPECT_EQ(first.display, last.display);
}

TEST(ImageReader, TheWindowOfAFileIsItsFirstDisplay) {
    const TemporaryFolder folder;
    DicomSample sample;
    sample.write(folder / "plain.dcm");
    const ImageContent plain = readImage(folder / "plain.dcm").value();
    EXPECT_FALSE(plain.slice) << "a file of one frame is a picture as others are";
    EXPECT_EQ(plain.volume->format, "DICOM");
    EXPECT_EQ(plain.display, defaultDisplayMapping(plain.pixels));

    sample.put(DCM_WindowCenter, "40");
    sample.put(DCM_WindowWidth, "400");
    sample.write(folder / "window.dcm");
    EXPECT_EQ(readImage(folder / "window.dcm")->display, (DisplayMapping{-160, 240}));
}

TEST(ImageReader, TellsOfAVolumeBeforeItIsDecoded) {
    const TemporaryFolder folder;
    writeNifti(folder / "a.nii.gz", {5, 4, 3}, 2);
    testing::writeBytes(folder / "b.png", encodePng({2, 1}, 1, std::vector<uint8_t>{7, 9}).value());
    EXPECT_EQ(readVolumeInfo(folder / "a.nii.gz").value()->grid.frames, 2);
    EXPECT_FALSE(readVolumeInfo(folder / "b.png").value());
    EXPECT_FALSE(readVolumeInfo(folder / "none.nii").value());
}

TEST(ImageReader, KnowsTheEndingsOfImages) {
    for (const char* name : {"a.png", "A.NII.GZ", "a.nii", "scan.DCM", "a.b.tiff"}) {
        EXPECT_TRUE(hasImageEnding(name)) << name;
    }
    for (const char* name : {"a.gz", "a.txt", "nii", "a.tar.gz", "a.png.json"}) {
        EXPECT_FALSE(hasImageEnding(name)) << name;
    }
}

TEST(ImageReader, OpensRealVolumes) {
    const std::filesystem::path data = testing::sharedData();
    if (data.empty()) GTEST_SKIP() << "NO REAL VOLUMES: there is no ../shared/data beside this checkout";
    for (const char* name :
         {"nifti/brain_aal/ch2.nii.gz", "nifti/nibabel/example4d.nii.gz", "dicom/pydicom/CT_small.dcm",
          "dicom/pydicom/emri_small.dcm", "dicom/pydicom/examples_rgb_color.dcm"}) {
        const Result<ImageContent> image = readImage(data / name);
        ASSERT_TRUE(image) << describe(image.error());
        EXPECT_TRUE(image->pixels.isConsistent()) << name;
        EXPECT_TRUE(image->volume) << name;
    }
}

}  // namespace
}  // namespace finebrush
