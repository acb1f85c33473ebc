#include "core/exporters/volume_exporter.h"

#include "core/image/dicom/dicom_elements.h"
#include "core/image/dicom/dicom_file.h"
#include "core/image/image_reader.h"
#include "core/image/nifti/nifti_file.h"
#include "tests/core/exporters/export_fixtures.h"
#include "tests/core/image/dicom/series_fixtures.h"
#include "tests/core/image/tiff/tiff_fixtures.h"
#include "tests/core/image/volume/volume_fixtures.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <random>

namespace finebrush {
namespace {

using testing::TemporaryFolder;

/// Classes 0 and 5 and nothing, in random voxels.
LabelVolume randomLabels(const VolumeGrid& grid) {
    constexpr uint8_t kValues[] = {0, 5, kUnlabelled};
    LabelVolume labels(grid, kUnlabelled);
    std::mt19937 random(1);
    for (int64_t voxel = 0; voxel < grid.voxels(); ++voxel) labels.set(voxel, kValues[random() % 3]);
    return labels;
}

TEST(VolumeExporter, NiftiKeepsTheHeadersGrid) {
    const TemporaryFolder folder;
    testing::writeNifti(folder / "scan.nii", {5, 6, 7});
    const LabelVolume labels = randomLabels(readVolumeInfo(folder / "scan.nii").value()->grid);
    const auto written =
        exportLabelVolume(folder / "scan_labels.nii.gz", folder / "scan.nii", labels, {folder / "scan.nii"});
    ASSERT_TRUE(written) << describe(written.error());
    const Volume read = nifti::readVolume(folder / "scan_labels.nii.gz", 1 << 20).value();
    EXPECT_EQ(read.info.grid, labels.grid());
    EXPECT_THAT(read.bytes, ::testing::ElementsAreArray(labels.values()));
    EXPECT_EQ(exportLabelVolume(folder / "scan.nii", folder / "scan.nii", labels, {folder / "scan.nii"})
                  .error()
                  .code,
              ErrorCode::ExportOverInput);
}

TEST(VolumeExporter, OnlyVoxelsWithoutALabelBecomeZero) {
    VolumeGrid grid;
    grid.size = {5, 6, 7};
    const LabelVolume labels = randomLabels(grid);
    const LabelVolume filled = withUnlabelledAsZero(labels);
    EXPECT_EQ(filled.grid(), grid);
    EXPECT_TRUE(std::ranges::equal(labels.values(), filled.values(), [](uint8_t before, uint8_t now) {
        return now == (before == kUnlabelled ? 0 : before);
    }));
}

TEST(VolumeExporter, NiftiOfADicomSeriesLiesOnIt) {
    const TemporaryFolder folder;
    testing::writeSeries(folder / "series", 5);
    const VolumeGrid grid = readVolumeInfo(folder / "series/IM0").value()->grid;
    const LabelVolume labels = randomLabels(grid);
    ASSERT_TRUE(exportLabelVolume(folder / "labels.nii.gz", folder / "series/IM0", labels, {}));
    const VolumeGrid read = nifti::readInfo(folder / "labels.nii.gz")->grid;
    EXPECT_EQ(read.size, grid.size);
    ASSERT_TRUE(read.isPlaced);
    for (size_t row = 0; row < 3; ++row) {
        for (size_t column = 0; column < 4; ++column)
            EXPECT_NEAR(read.patientFromVoxel[row][column], grid.patientFromVoxel[row][column], 1e-5);
    }
}

TEST(VolumeExporter, NiftiOfPagesHasASliceForEach) {
    const TemporaryFolder folder;
    testing::writeBytes(folder / "stack.tif", testing::encodeSmallPages({{1}, {2}, {3}}));
    const LabelVolume labels = randomLabels(readVolumeInfo(folder / "stack.tif").value()->grid);
    ASSERT_TRUE(exportLabelVolume(folder / "labels.nii.gz", folder / "stack.tif", labels, {}));
    const Volume read = nifti::readVolume(folder / "labels.nii.gz", 1 << 20).value();
    EXPECT_EQ(read.info.grid.size, (std::array{testing::kSmallSide, testing::kSmallSide, 3}));
    EXPECT_FALSE(read.info.grid.isPlaced);
    EXPECT_THAT(read.bytes, ::testing::ElementsAreArray(labels.values()));
}

TEST(VolumeExporter, NiftiHasRoomForMoreSlicesThanItsFirstVersion) {
    const TemporaryFolder folder;
    VolumeGrid grid;
    grid.size = {1, 2, 40000};
    const LabelVolume labels = randomLabels(grid);
    ASSERT_TRUE(exportLabelVolume(folder / "labels.nii.gz", folder / "none", labels, {}));
    const Volume read = nifti::readVolume(folder / "labels.nii.gz", 1 << 20).value();
    EXPECT_EQ(read.info.grid.size, grid.size);
    EXPECT_THAT(read.bytes, ::testing::ElementsAreArray(labels.values()));
}

TEST(VolumeExporter, SegmentationsBelongToTheStudyOfTheImages) {
    const TemporaryFolder folder;
    testing::writeSeries(folder / "series", 5);
    for (const auto& entry : std::filesystem::directory_iterator(folder / "series")) {
        DcmFileFormat file;
        ASSERT_TRUE(file.loadFile(entry.path().c_str()).good());
        file.getDataset()->putAndInsertString(DCM_SpecificCharacterSet, "ISO_IR 192");
        file.getDataset()->putAndInsertString(DCM_PatientName, "홍^길동");
        ASSERT_TRUE(file.saveFile(entry.path().c_str()).good());
    }
    const LabelVolume labels = randomLabels(readVolumeInfo(folder / "series/IM0").value()->grid);
    ClassTable classes = testing::twoClasses();
    LabelClass cell = classes.classes()[1];
    cell.name = "세포";
    classes.update(cell);
    const auto written = exportSegmentation(folder / "seg.dcm", folder / "series/IM0", labels, classes, {},
                                            dicom::PatientTexts::Keep);
    ASSERT_TRUE(written) << describe(written.error());
    const auto used = dicom::useFile(folder / "seg.dcm", false, [&](DcmDataset& dataset) {
        EXPECT_EQ(dicom::textOf(dataset, DCM_SOPClassUID), UID_SegmentationStorage);
        EXPECT_EQ(dicom::textOf(dataset, DCM_StudyInstanceUID), "1.2.826.1");
        EXPECT_EQ(dicom::textOf(dataset, DCM_FrameOfReferenceUID), "1.2.826.5");
        EXPECT_EQ(dicom::textOf(dataset, DCM_PatientName), "홍^길동");
        EXPECT_EQ(dicom::textOf(dataset, DCM_SpecificCharacterSet), "ISO_IR 192");
        EXPECT_EQ(dicom::textOf(dataset, DCM_Modality), "SEG");
        EXPECT_EQ(dicom::wholeNumberOf(dataset, DCM_NumberOfFrames), 10);
        DcmItem* second = dicom::itemOf(dataset, DCM_SegmentSequence, 1);
        ASSERT_TRUE(second);
        EXPECT_EQ(dicom::textOf(*second, DCM_SegmentLabel), "세포");
    });
    EXPECT_TRUE(used);

    ASSERT_TRUE(exportSegmentation(folder / "unnamed.dcm", folder / "series/IM0", labels, classes, {},
                                   dicom::PatientTexts::LeaveOut));
    EXPECT_TRUE(dicom::useFile(folder / "unnamed.dcm", false, [](DcmDataset& dataset) {
        EXPECT_EQ(dicom::textOf(dataset, DCM_StudyInstanceUID), "1.2.826.1");
        EXPECT_EQ(dicom::textOf(dataset, DCM_FrameOfReferenceUID), "1.2.826.5");
        EXPECT_EQ(dicom::textOf(dataset, DCM_PatientName).value_or(""), "");
        EXPECT_EQ(dicom::textOf(dataset, DCM_PatientIdentityRemoved), "YES");
    }));
}

TEST(VolumeExporter, SegmentationsOfSomeMegabytesAreWhole) {
    const TemporaryFolder folder;
    constexpr int kSide = 1500;
    testing::writeSeries(folder / "series", 5);
    const std::vector<uint16_t> pixels(size_t{kSide} * kSide, 7);
    for (const auto& entry : std::filesystem::directory_iterator(folder / "series")) {
        DcmFileFormat file;
        ASSERT_TRUE(file.loadFile(entry.path().c_str()).good());
        file.getDataset()->putAndInsertUint16(DCM_Rows, kSide);
        file.getDataset()->putAndInsertUint16(DCM_Columns, kSide);
        file.getDataset()->putAndInsertUint16Array(DCM_PixelData, pixels.data(), pixels.size());
        ASSERT_TRUE(file.saveFile(entry.path().c_str()).good());
    }
    const LabelVolume labels = randomLabels(readVolumeInfo(folder / "series/IM0").value()->grid);
    ASSERT_EQ(labels.grid().size, (std::array{kSide, kSide, 5}));
    const auto written = exportSegmentation(folder / "seg.dcm", folder / "series/IM0", labels,
                                            testing::twoClasses(), {}, dicom::PatientTexts::LeaveOut);
    ASSERT_TRUE(written) << describe(written.error());
    EXPECT_GT(std::filesystem::file_size(folder / "seg.dcm"), uintmax_t{2} << 20);
}

TEST(VolumeExporter, ThatIsStoppedLeavesNoFile) {
    const TemporaryFolder folder;
    testing::writeSeries(folder / "series", 5);
    const LabelVolume labels = randomLabels(readVolumeInfo(folder / "series/IM0").value()->grid);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(
        exportLabelVolume(folder / "labels.nii.gz", folder / "series/IM0", labels, {}, stop.get_token()),
        false);
    EXPECT_EQ(exportSegmentation(folder / "seg.dcm", folder / "series/IM0", labels, testing::twoClasses(), {},
                                 dicom::PatientTexts::LeaveOut, stop.get_token()),
              false);
    EXPECT_THAT(folder.names(), ::testing::ElementsAre("series"));
}

TEST(VolumeExporter, SegmentationsNeedAPlaceInThePatientAndLabels) {
    const TemporaryFolder folder;
    testing::DicomSample sample;
    sample.write(folder / "flat.dcm");
    VolumeGrid grid = readVolumeInfo(folder / "flat.dcm").value()->grid;
    EXPECT_EQ(exportSegmentation(folder / "seg.dcm", folder / "flat.dcm", randomLabels(grid),
                                 testing::twoClasses(), {}, dicom::PatientTexts::LeaveOut)
                  .error()
                  .code,
              ErrorCode::SegmentationNotPlaced);
    testing::writeSeries(folder / "series", 5);
    grid = readVolumeInfo(folder / "series/IM0").value()->grid;
    EXPECT_EQ(exportSegmentation(folder / "seg.dcm", folder / "series/IM0", LabelVolume(grid, kUnlabelled),
                                 testing::twoClasses(), {}, dicom::PatientTexts::LeaveOut)
                  .error()
                  .code,
              ErrorCode::NothingToExport);
}

}  // namespace
}  // namespace finebrush
