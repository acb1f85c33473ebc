#include "core/session/images/slice_places.h"

#include "core/session/images/image_jobs.h"
#include "tests/core/image/dicom/dicom_fixtures.h"
#include "tests/core/image/tiff/tiff_fixtures.h"
#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

/// A folder of slices that are called by their depths in mm.
class SlicePlacesTest : public ::testing::Test {
  protected:
    void writeSlices(const std::vector<int>& depths) const {
        for (const int depth : depths) {
            testing::DicomSample sample;
            sample.put(DCM_SeriesInstanceUID, "1.2.826.77");
            sample.put(DCM_SOPInstanceUID, "1.2.826.77." + std::to_string(depth));
            sample.place("0\\0\\" + std::to_string(depth));
            sample.write(file(depth));
        }
    }
    std::filesystem::path file(int depth) const { return folder_ / std::to_string(depth); }
    ImageRecord described(const std::filesystem::path& path, const char* slice) const {
        return describeImage({path, sliceFromText(slice)}, std::nullopt, {}).value().record;
    }
    static std::string now(const ImageRecord& record) {
        const ImageAddress address = SlicePlaces().now(record).address();
        return toText(ImageAddress(address.file.filename(), address.slice));
    }

    testing::TemporaryFolder folder_;
};

TEST_F(SlicePlacesTest, ASliceStaysItsFileWhenOthersComeOrGo) {
    writeSlices({10, 12, 14});
    const ImageRecord first = described(file(10), "stored:0"), last = described(file(10), "axial:2");
    EXPECT_EQ(now(first), "10#stored:0");
    EXPECT_EQ(now(last), "10#axial:2");
    writeSlices({8, 6, 16});
    EXPECT_EQ(now(first), "6#stored:2");
    EXPECT_EQ(now(last), "6#axial:4");
    std::filesystem::remove(file(6));
    EXPECT_EQ(now(last), "8#axial:3");
    const ImageRecord across = described(file(8), "coronal:1");
    writeSlices({6});
    EXPECT_EQ(now(across), "6#coronal:1");
}

TEST_F(SlicePlacesTest, AGapThatIsFilledMovesWhatLiesBehindIt) {
    writeSlices({10, 12, 16});
    const ImageRecord behind = described(file(10), "stored:2");
    writeSlices({14});
    EXPECT_EQ(now(behind), "10#stored:3");
}

TEST_F(SlicePlacesTest, RecordsOfOlderProjectsHaveTheFingerprintOfTheFirstFile) {
    writeSlices({10, 12, 14});
    ImageRecord record = described(file(10), "stored:2");
    record.fingerprint = fingerprintOf(file(10)).value();
    EXPECT_EQ(now(record), "10#stored:2");
    writeSlices({8, 6});
    EXPECT_EQ(now(record), "6#stored:4");
}

TEST_F(SlicePlacesTest, AFileThatWasAloneIsASliceOnceItsSeriesComes) {
    writeSlices({10});
    const ImageRecord alone = describeImage(file(10), std::nullopt, {}).value().record;
    EXPECT_EQ(alone.slice, std::nullopt);
    EXPECT_EQ(now(alone), "10");
    writeSlices({8, 12, 14});
    EXPECT_EQ(now(alone), "8#stored:1");
}

TEST_F(SlicePlacesTest, ATiffThatWasOnePictureIsTheSliceOfItsFirstPage) {
    testing::writeBytes(file(1), testing::encodeSmallPages({{1}, {2}, {3}}));
    ImageRecord record = describeImage(file(1), std::nullopt, {}).value().record;
    EXPECT_EQ(record.slice, sliceFromText("stored:0"));
    EXPECT_EQ(now(record), "1#stored:0");
    record.slice.reset();
    EXPECT_EQ(now(record), "1#stored:0");
    EXPECT_EQ(openImage(record)->pixels.bytes.front(), 1);
    EXPECT_EQ(now(described(file(1), "stored:2")), "1#stored:2");
}

TEST_F(SlicePlacesTest, SlicesOfAVolumeAreCounted) {
    writeSlices({10, 12, 14});
    testing::writeNifti(folder_ / "brain.nii", {6, 5, 7});
    SlicePlaces places;
    EXPECT_EQ(places.slicesIn(file(10)), 3);
    EXPECT_EQ(places.slicesIn(folder_ / "brain.nii"), 7);
    EXPECT_EQ(places.slicesIn(folder_ / "gone"), 0);
}

TEST_F(SlicePlacesTest, WhatIsNotFoundStaysWhereItWas) {
    writeSlices({10, 12, 14});
    ImageRecord record = described(file(10), "stored:1");
    record.fingerprint.sha256 = "another";
    EXPECT_EQ(now(record), "10#stored:1");
    record.path = folder_ / "gone";
    EXPECT_EQ(now(record), "gone#stored:1");
}

}  // namespace
}  // namespace finebrush
