#include "core/session/exports/statistics_export.h"

#include "core/labels/pixel_region.h"
#include "tests/core/exporters/map_fixtures.h"
#include "tests/core/image/dicom/series_fixtures.h"
#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/core/session/session_fixture.h"
#include "tests/support/file_bytes.h"

#include <sstream>

namespace finebrush {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::StartsWith;

class StatisticsExport : public testing::SessionTest {
  protected:
    void addAndShow(const std::filesystem::path& file) {
        session->addImages({file});
        ASSERT_TRUE(queue.runUntil(
            [&] { return session->shownImage() != nullptr && session->images().back().path == file; }));
        show(session->images().back().id);
    }
    /// Labels the left columns of the image on the screen, over all its height.
    void fillColumns(int columns, uint8_t value) {
        const PixelSize size = session->labels().size();
        session->fill(PixelRegion::ofRect({0, 0, columns, size.height}, size), value);
    }
    /// The rows of the table of the project, without the names of the columns.
    std::vector<std::string> exported() {
        events.clear();
        session->exportStatistics(folder / "out/statistics.csv");
        EXPECT_TRUE(waitFor<JobFinished>());
        EXPECT_THAT(eventsOf<JobFinished>().front().files, ElementsAre(folder / "out/statistics.csv"));
        const std::vector<uint8_t> bytes = testing::bytesOf(folder / "out/statistics.csv");
        std::istringstream text(std::string(bytes.begin(), bytes.end()));
        std::vector<std::string> rows;
        for (std::string row; std::getline(text, row);) rows.push_back(row.substr(0, row.find('\r')));
        rows.erase(rows.begin());
        return rows;
    }
};

TEST_F(StatisticsExport, OnlyWhatIsPaintedCounts) {
    addPicture("a.png", {60, 40});
    fillColumns(15, 1);
    addPicture("unpainted.png");
    EXPECT_THAT(exported(), ElementsAre("a.png,,background,0,0,0,,,", "a.png,,class 1,1,600,25,,,"));
}

TEST_F(StatisticsExport, AProjectWithoutLabelsHasNone) {
    addPicture("a.png");
    session->exportStatistics(folder / "out/statistics.csv");
    ASSERT_TRUE(waitFor<Notice>());
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::NothingToExport));
    EXPECT_FALSE(std::filesystem::exists(folder / "out/statistics.csv"));
}

TEST_F(StatisticsExport, AMapHasAreasInSquareMetres) {
    testing::writeMap(folder / "map.tif", {60, 40});
    addAndShow(folder / "map.tif");
    fillColumns(15, 1);
    EXPECT_THAT(exported(), Contains("map.tif,,class 1,1,600,25,60150,m2,"));
}

TEST_F(StatisticsExport, SlicesOfAViewAreAlsoTakenTogether) {
    testing::writeNifti(folder / "brain.nii.gz", {30, 20, 9}, 1, 2.5F);
    addAndShow(folder / "brain.nii.gz");
    showSlice({SliceView::Axial, 7, 0});
    fillColumns(3, 1);
    showSlice({SliceView::Axial, 2, 0});
    fillColumns(6, 1);
    showSlice({SliceView::Coronal, 5, 0});
    fillColumns(30, 0);
    EXPECT_THAT(exported(), ElementsAre("brain.nii.gz,axial:2,background,0,0,0,0,mm2,",
                                        "brain.nii.gz,axial:2,class 1,1,120,20,120,mm2,",
                                        "brain.nii.gz,axial:7,background,0,0,0,0,mm2,",
                                        "brain.nii.gz,axial:7,class 1,1,60,10,60,mm2,",
                                        "brain.nii.gz,axial:all,background,0,0,0,,,0",
                                        "brain.nii.gz,axial:all,class 1,1,180,15,,,450",
                                        "brain.nii.gz,coronal:5,background,0,270,100,675,mm2,",
                                        "brain.nii.gz,coronal:5,class 1,1,0,0,0,mm2,",
                                        "brain.nii.gz,coronal:all,background,0,270,100,,,675",
                                        "brain.nii.gz,coronal:all,class 1,1,0,0,,,0"));
}

TEST_F(StatisticsExport, ImagesAreCalledByTheirPathsBelowTheirFolder) {
    for (const char* part : {"1", "2"}) std::filesystem::create_directories(folder / part);
    addPicture("1/a.png");
    fillColumns(1, 1);
    addPicture("2/a.png");
    fillColumns(1, 1);
    EXPECT_THAT(exported(), ElementsAre(StartsWith("1/a.png,"), StartsWith("1/a.png,"),
                                        StartsWith("2/a.png,"), StartsWith("2/a.png,")));
}

TEST_F(StatisticsExport, APatientIsNotNamed) {
    testing::writeSeries(folder / "series", 5);
    for (const auto& entry : std::filesystem::directory_iterator(folder / "series")) {
        DcmFileFormat file;
        ASSERT_TRUE(file.loadFile(entry.path().c_str()).good());
        file.getDataset()->putAndInsertString(DCM_PatientName, "DOE^JANE");
        ASSERT_TRUE(file.saveFile(entry.path().c_str()).good());
    }
    addAndShow(folder / "series/IM0");
    fillColumns(2, 1);
    const std::vector<std::string> rows = exported();
    EXPECT_THAT(rows, ::testing::Each(::testing::Not(::testing::HasSubstr("DOE"))));
    EXPECT_THAT(rows, ::testing::SizeIs(4)) << "the slice, and all of its view";
    EXPECT_THAT(rows, ::testing::Each(StartsWith("IM0,")));
}

}  // namespace
}  // namespace finebrush
