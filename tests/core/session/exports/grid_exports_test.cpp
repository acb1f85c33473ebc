#include "core/session/exports/grid_exports.h"

#include "core/exporters/volume_exporter.h"
#include "core/image/nifti/nifti_file.h"
#include "core/image/raster/raster_reader.h"
#include "core/labels/pixel_region.h"
#include "tests/core/exporters/map_fixtures.h"
#include "tests/core/image/dicom/series_fixtures.h"
#include "tests/core/image/tiff/tiff_fixtures.h"
#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/core/session/session_fixture.h"
#include "tests/support/file_bytes.h"

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class GridExports : public testing::SessionTest {
  protected:
    void addAndShow(const std::filesystem::path& file) {
        session->addImages({file});
        ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    }
    std::vector<std::filesystem::path> exported(GridFormat format) {
        events.clear();
        session->exportOnGrid(folder / "out", format);
        EXPECT_TRUE(queue.runUntil(
            [this] { return !eventsOf<JobFinished>().empty() || !eventsOf<Notice>().empty(); }));
        return eventsOf<JobFinished>().empty() ? std::vector<std::filesystem::path>()
                                               : eventsOf<JobFinished>().front().files;
    }
    std::vector<GridFormat> offered() const {
        std::vector<GridFormat> formats;
        for (const GridFormat format : {GridFormat::GeoTiff, GridFormat::GeoPackage, GridFormat::GeoJson,
                                        GridFormat::LabelVolume, GridFormat::LabelVolumeWithUnlabelled,
                                        GridFormat::Segmentation, GridFormat::SegmentationOfPatient}) {
            if (session->canExportOnGrid(format)) formats.push_back(format);
        }
        return formats;
    }
};

TEST_F(GridExports, AMapsMasksAndOutlinesLieOnIt) {
    testing::writeMap(folder / "map.tif", {60, 40});
    addAndShow(folder / "map.tif");
    paintTwoClasses();
    EXPECT_THAT(offered(), ElementsAre(GridFormat::GeoTiff, GridFormat::GeoPackage, GridFormat::GeoJson));
    const IndexMask expected = session->labels().toMask();
    EXPECT_THAT(exported(GridFormat::GeoTiff), ElementsAre(folder / "out/map_mask.tif"));
    EXPECT_EQ(readIndexMask(folder / "out/map_mask.tif").value(), expected);
    EXPECT_THAT(exported(GridFormat::GeoPackage), ElementsAre(folder / "out/map.gpkg"));
    EXPECT_THAT(exported(GridFormat::GeoJson), ElementsAre(folder / "out/map.geojson"));
    EXPECT_THAT(exported(GridFormat::LabelVolume), IsEmpty());
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::NothingToExport));
}

TEST_F(GridExports, APictureHasOutlinesInPixels) {
    addPicture("a.png");
    paintTwoClasses();
    EXPECT_THAT(offered(), ElementsAre(GridFormat::GeoJson));
    EXPECT_THAT(exported(GridFormat::GeoJson), ElementsAre(folder / "out/a.geojson"));
}

TEST_F(GridExports, PagesBecomeOneVolume) {
    const PixelSize size{60, 50};
    testing::writePages(folder / "stack.tif", {testing::randomPixels(size, 1, PixelType::UInt16, 1),
                                               testing::randomPixels(size, 1, PixelType::UInt16, 2)});
    addAndShow(folder / "stack.tif");
    EXPECT_THAT(offered(), ElementsAre(GridFormat::LabelVolume, GridFormat::LabelVolumeWithUnlabelled));
    showSlice({SliceView::Stored, 1, 0});
    paintTwoClasses();
    const IndexMask expected = session->labels().toMask();
    EXPECT_THAT(exported(GridFormat::LabelVolumeWithUnlabelled),
                ElementsAre(folder / "out/stack_labels.nii.gz"));
    const Volume volume = nifti::readVolume(folder / "out/stack_labels.nii.gz", 1 << 20).value();
    EXPECT_EQ(sliceOf(volume, {SliceView::Stored, 1, 0}).bytes, expected.values);
}

TEST_F(GridExports, SlicesOfAllViewsBecomeOneVolume) {
    testing::writeNifti(folder / "brain.nii.gz", {30, 20, 9});
    addAndShow(folder / "brain.nii.gz");
    EXPECT_THAT(offered(), ElementsAre(GridFormat::LabelVolume, GridFormat::LabelVolumeWithUnlabelled));
    showSlice({SliceView::Axial, 2, 0});
    session->fill(PixelRegion::ofRect({0, 0, 30, 20}, {30, 20}), 0);
    showSlice({SliceView::Coronal, 5, 0});
    session->fill(PixelRegion::ofRect({0, 0, 30, 9}, {30, 9}), 1);
    EXPECT_THAT(exported(GridFormat::LabelVolumeWithUnlabelled),
                ElementsAre(folder / "out/brain_labels.nii.gz"));
    ASSERT_TRUE(waitFor<Notice>());
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::ViewsDisagree));
    EXPECT_EQ(eventsOf<Notice>().front().error.arguments[1], "30");
    const Volume volume = nifti::readVolume(folder / "out/brain_labels.nii.gz", 1 << 20).value();
    const PixelBuffer axial = sliceOf(volume, {SliceView::Axial, 2, 0});
    EXPECT_TRUE(std::ranges::all_of(axial.bytes, [](uint8_t value) { return value == 0; }));
    const PixelBuffer coronal = sliceOf(volume, {SliceView::Coronal, 5, 0});
    EXPECT_EQ(std::ranges::count(coronal.bytes, 1), 30 * 8);
    EXPECT_EQ(std::ranges::count(volume.bytes, kUnlabelled), 30 * 20 * 9 - 600 - 240);
}

TEST_F(GridExports, ASegmentationThatWasImportedIsExportedAsItWas) {
    testing::writeNifti(folder / "brain.nii.gz", {30, 20, 9});
    addAndShow(folder / "brain.nii.gz");
    LabelVolume segmentation(session->shownImage()->grid, 0);
    for (int64_t voxel = 600; voxel < 1800; voxel += 7)
        segmentation.set(voxel, static_cast<uint8_t>(1 + voxel % 3));
    ASSERT_TRUE(exportLabelVolume(folder / "segmentation.nii.gz", folder / "brain.nii.gz", segmentation, {}));
    session->importLabels({folder / "segmentation.nii.gz"});
    ASSERT_TRUE(waitFor<JobFinished>());
    const auto voxelsOf = [this](GridFormat format) {
        std::filesystem::remove(folder / "out/brain_labels.nii.gz");
        EXPECT_THAT(exported(format), ElementsAre(folder / "out/brain_labels.nii.gz"));
        return nifti::readVolume(folder / "out/brain_labels.nii.gz", 1 << 20).value().bytes;
    };
    EXPECT_THAT(voxelsOf(GridFormat::LabelVolume), ::testing::ElementsAreArray(segmentation.values()));
    EXPECT_EQ(std::ranges::count(voxelsOf(GridFormat::LabelVolumeWithUnlabelled), kUnlabelled), 6 * 600)
        << "all but the two slices with structures and the one on the screen";
}

TEST_F(GridExports, ADicomSeriesGetsASegmentationThatComesBack) {
    testing::writeSeries(folder / "series", 5);
    addAndShow(folder / "series/IM0");
    EXPECT_THAT(offered(), ElementsAre(GridFormat::LabelVolume, GridFormat::LabelVolumeWithUnlabelled,
                                       GridFormat::Segmentation, GridFormat::SegmentationOfPatient));
    paint(1, {2.5, 1.5}, 2);
    const IndexMask expected = session->labels().toMask();
    EXPECT_THAT(exported(GridFormat::Segmentation), ElementsAre(folder / "out/IM0_seg.dcm"));
    session->undo();
    events.clear();
    session->importLabels({folder / "out/IM0_seg.dcm"});
    ASSERT_TRUE(waitFor<JobFinished>());
    EXPECT_THAT(noticed(), IsEmpty());
    EXPECT_EQ(session->labels().toMask(), expected);
    EXPECT_EQ(session->classes().size(), 2) << "its classes are those of the project, by name";
}

TEST_F(GridExports, OnlyTheExportThatSaysSoNamesThePatient) {
    testing::writeSeries(folder / "series", 5);
    for (const auto& entry : std::filesystem::directory_iterator(folder / "series")) {
        DcmFileFormat file;
        ASSERT_TRUE(file.loadFile(entry.path().c_str()).good());
        file.getDataset()->putAndInsertString(DCM_PatientName, "DOE^JANE");
        file.getDataset()->putAndInsertString(DCM_PatientID, "P4711");
        ASSERT_TRUE(file.saveFile(entry.path().c_str()).good());
    }
    const auto namesPatient = [](const std::filesystem::path& file) {
        const std::vector<uint8_t> bytes = testing::bytesOf(file);
        const std::string text(bytes.begin(), bytes.end());
        return text.find("DOE^JANE") != text.npos || text.find("P4711") != text.npos;
    };
    ::testing::internal::CaptureStderr();
    addAndShow(folder / "series/IM0");
    paint(1, {2.5, 1.5}, 2);
    exported(GridFormat::LabelVolume);
    exported(GridFormat::Segmentation);
    for (const auto exportAs : {&Session::exportMasks, &Session::exportLabelme}) {
        events.clear();
        (*session.*exportAs)(folder / "out");
        ASSERT_TRUE(waitFor<JobFinished>());
    }
    saveAs(folder / "out/p.finebrush");
    ASSERT_TRUE(queue.runUntil([&] { return session->isDurable(); }));
    const std::string log = ::testing::internal::GetCapturedStderr();
    EXPECT_EQ(log.find("DOE"), log.npos);
    EXPECT_EQ(log.find("P4711"), log.npos);
    size_t files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "out")) {
        if (!entry.is_regular_file()) continue;
        ++files;
        EXPECT_FALSE(namesPatient(entry.path())) << entry.path();
    }
    EXPECT_GE(files, 5U);
    std::filesystem::remove(folder / "out/IM0_seg.dcm");
    EXPECT_TRUE(namesPatient(exported(GridFormat::SegmentationOfPatient).front()));
}

}  // namespace
}  // namespace finebrush
