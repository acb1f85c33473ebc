#include "core/image/dicom/lab_colour.h"
#include "core/image/dicom/segmentation_reader.h"
#include "core/image/image_reader.h"
#include "core/image/volume/volume_source.h"
#include "tests/core/image/dicom/series_fixtures.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>

namespace finebrush::dicom {
namespace {

using testing::DicomSample;
using ::testing::HasSubstr;
using testing::TemporaryFolder;

/// A segmentation as other programs write it, tag by tag: one segment of one marked pixel in each of two
/// slices.
class Segmentation : public ::testing::Test {
  protected:
    Segmentation() {
        testing::writeSeries(folder / "series", 5);
        grid = readVolumeInfo(folder / "series/IM0").value()->grid;
        images = (*VolumeSource::of(folder / "series/IM0"))->files();
    }

    DicomSample segmentation(const std::string& type = "BINARY") const {
        DicomSample sample;
        sample.put(DCM_SOPClassUID, UID_SegmentationStorage);
        sample.put(DCM_SegmentationType, type);
        const int bits = type == "BINARY" ? 1 : 8;
        for (const auto& [tag, value] : {std::pair<DcmTagKey, int>(DCM_BitsAllocated, bits),
                                         {DCM_BitsStored, bits},
                                         {DCM_HighBit, bits - 1}})
            sample.put(tag, value);
        sample.put(DCM_NumberOfFrames, "2");
        DcmItem& segment = item(sample.dataset(), DCM_SegmentSequence, 0);
        segment.putAndInsertUint16(DCM_SegmentNumber, 3);
        segment.putAndInsertString(DCM_SegmentLabel, "liver");
        DcmItem& shared = item(sample.dataset(), DCM_SharedFunctionalGroupsSequence, 0);
        item(shared, DCM_PixelMeasuresSequence, 0).putAndInsertString(DCM_PixelSpacing, "0.5\\0.25");
        item(shared, DCM_PlaneOrientationSequence, 0)
            .putAndInsertString(DCM_ImageOrientationPatient, "1\\0\\0\\0\\0.8\\0.6");
        item(shared, DCM_SegmentIdentificationSequence, 0).putAndInsertUint16(DCM_ReferencedSegmentNumber, 3);
        setPixels(sample, bits);
        return sample;
    }
    /// Marks pixel 7 of the first frame and pixel 9 of the second one.
    static void setPixels(DicomSample& sample, int bits) {
        std::vector<uint8_t> bytes(bits == 1 ? 6 : 48, 0);
        for (const int pixel : {7, DicomSample::kPixels + 9}) {
            const auto place = static_cast<size_t>(pixel);
            if (bits == 1) {
                bytes[place / 8] |= static_cast<uint8_t>(1 << (place % 8));
            } else {
                bytes[place] = 200;
            }
        }
        sample.putPixels(bytes);
    }
    static DcmItem& item(DcmItem& parent, const DcmTagKey& sequence, long place) {
        DcmItem* found = nullptr;
        EXPECT_TRUE(parent.findOrCreateSequenceItem(sequence, found, place).good());
        return *found;
    }
    /// Places a frame on a slice of the series.
    static void place(DicomSample& sample, long frame, double slice) {
        DcmItem& groups = item(sample.dataset(), DCM_PerFrameFunctionalGroupsSequence, frame);
        const std::string position =
            "-10\\" + std::to_string(20 - 1.2 * slice) + "\\" + std::to_string(5 + 1.6 * slice);
        item(groups, DCM_PlanePositionSequence, 0)
            .putAndInsertString(DCM_ImagePositionPatient, position.c_str());
    }
    Result<SegmentedVolume> read(DicomSample& sample) const {
        sample.write(folder / "seg.dcm");
        return readSegmentation(folder / "seg.dcm", grid, images);
    }
    std::string refusal(DicomSample& sample) const {
        const auto volume = read(sample);
        return volume ? "it was read" : describe(volume.error());
    }
    static std::vector<int> marked(const SegmentedVolume& volume) {
        std::vector<int> voxels;
        for (size_t i = 0; i < volume.labels.values().size(); ++i) {
            if (volume.labels.values()[i] != kUnlabelled) voxels.push_back(static_cast<int>(i));
        }
        return voxels;
    }

    TemporaryFolder folder;
    VolumeGrid grid;
    std::vector<std::filesystem::path> images;
};

TEST_F(Segmentation, FramesAreLaidOntoTheSlicesWhereTheyLie) {
    for (const char* type : {"BINARY", "FRACTIONAL"}) {
        DicomSample sample = segmentation(type);
        place(sample, 0, 3);
        place(sample, 1, 1);
        const auto volume = read(sample);
        ASSERT_TRUE(volume) << describe(volume.error());
        EXPECT_THAT(volume->segments, ::testing::ElementsAre(Segment{"liver", std::nullopt}));
        EXPECT_THAT(marked(*volume),
                    ::testing::ElementsAre(DicomSample::kPixels + 9, 3 * DicomSample::kPixels + 7))
            << type;
        EXPECT_TRUE(isSegmentation(folder / "seg.dcm"));
        EXPECT_FALSE(isSegmentation(folder / "series/IM0"));
    }
}

TEST_F(Segmentation, FramesWithoutAPlaceLieOnTheImagesThatTheyName) {
    DicomSample sample = segmentation();
    for (long frame = 0; frame < 2; ++frame) {
        DcmItem& groups = item(sample.dataset(), DCM_PerFrameFunctionalGroupsSequence, frame);
        DcmItem& derivation = item(groups, DCM_DerivationImageSequence, 0);
        item(derivation, DCM_SourceImageSequence, 0)
            .putAndInsertString(DCM_ReferencedSOPInstanceUID, frame == 0 ? "1.2.826.77.5" : "1.2.826.77.2");
    }
    const auto volume = read(sample);
    ASSERT_TRUE(volume) << describe(volume.error());
    EXPECT_THAT(marked(*volume),
                ::testing::ElementsAre(DicomSample::kPixels + 9, 4 * DicomSample::kPixels + 7));
}

TEST_F(Segmentation, WhatDoesNotLieOnTheVoxelsIsRefusedWithAReason) {
    DicomSample between = segmentation(), outside = segmentation(), nowhere = segmentation(),
                other = segmentation(), turned = segmentation();
    place(between, 0, 2.5);
    EXPECT_THAT(refusal(between), HasSubstr("between the slices"));
    place(outside, 0, 5);
    EXPECT_THAT(refusal(outside), HasSubstr("outside of the volume"));
    EXPECT_THAT(refusal(nowhere), HasSubstr("neither a place nor an image"));
    other.put(DCM_Columns, 4);
    EXPECT_THAT(refusal(other), HasSubstr("4 × 4"));
    place(turned, 0, 1);
    item(item(turned.dataset(), DCM_SharedFunctionalGroupsSequence, 0), DCM_PlaneOrientationSequence, 0)
        .putAndInsertString(DCM_ImageOrientationPatient, "1\\0\\0\\0\\1\\0");
    EXPECT_THAT(refusal(turned), HasSubstr("turned another way"));
}

TEST_F(Segmentation, DamagedOnesAreRefused) {
    DicomSample cut = segmentation(), unknown = segmentation(), mapped = segmentation("LABELMAP");
    for (DicomSample* sample : {&cut, &unknown, &mapped}) {
        place(*sample, 0, 0);
        place(*sample, 1, 1);
    }
    cut.put(DCM_NumberOfFrames, "3");
    EXPECT_THAT(refusal(cut), HasSubstr("cut off"));
    item(item(unknown.dataset(), DCM_SharedFunctionalGroupsSequence, 0), DCM_SegmentIdentificationSequence, 0)
        .putAndInsertUint16(DCM_ReferencedSegmentNumber, 4);
    EXPECT_THAT(refusal(unknown), HasSubstr("no known segment"));
    EXPECT_THAT(refusal(mapped), HasSubstr("LABELMAP"));
}

TEST(LabColour, RoundTripsToTheNearestValue) {
    for (const std::array<uint8_t, 3>& rgb :
         {std::array<uint8_t, 3>{0, 0, 0}, {255, 255, 255}, {200, 100, 0}, {10, 200, 250}}) {
        const auto back = rgbFromDicomLab(dicomLabFromRgb(rgb));
        for (size_t i = 0; i < 3; ++i) EXPECT_NEAR(back[i], rgb[i], 1);
    }
    EXPECT_EQ(dicomLabFromRgb({255, 255, 255})[0], 65535);
}

}  // namespace
}  // namespace finebrush::dicom
