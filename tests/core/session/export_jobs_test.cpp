#include "core/session/export_jobs.h"

#include "core/image/raster_reader.h"
#include "tests/core/session/session_fixture.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

using SessionExport = testing::SessionTest;

TEST_F(SessionExport, MasksHoldTheLabelsOfEachImage) {
    addPicture("a.png");
    paintTwoClasses();
    const IndexMask expected = session->labels().toMask();
    addPicture("unpainted.png");
    events.clear();
    session->exportMasks(folder / "out/masks");
    ASSERT_TRUE(waitFor<JobFinished>());
    EXPECT_EQ(eventsOf<JobFinished>().front().kind, JobFinished::Kind::ExportedMasks);
    EXPECT_THAT(eventsOf<JobFinished>().front().files, ElementsAre(folder / "out/masks/a_mask.png"));
    EXPECT_EQ(readIndexMask(folder / "out/masks/a_mask.png").value(), expected);
}

TEST_F(SessionExport, ImagesOfOneNameDoNotOverwriteEachOther) {
    std::filesystem::create_directories(folder / "1");
    std::filesystem::create_directories(folder / "2");
    addPicture("1/a.png");
    paint(0, {10, 10});
    addPicture("2/a.png");
    paint(1, {10, 10});
    events.clear();
    session->exportMasks(folder / "out");
    ASSERT_TRUE(waitFor<JobFinished>());
    const auto files = eventsOf<JobFinished>().front().files;
    ASSERT_THAT(files, SizeIs(2));
    EXPECT_EQ(readIndexMask(files[0]).value().at(10, 10), 0);
    EXPECT_EQ(readIndexMask(files[1]).value().at(10, 10), 1);
}

TEST_F(SessionExport, OverlaysArePicturesOfTheImagesSize) {
    addPicture("a.png", {50, 30});
    paintTwoClasses();
    events.clear();
    session->exportOverlays(folder / "out", 0.5);
    ASSERT_TRUE(waitFor<JobFinished>());
    EXPECT_EQ(readRaster(folder / "out/a_overlay.png").value().size, (PixelSize{50, 30}));
}

TEST_F(SessionExport, NothingToExportIsSaid) {
    addPicture("a.png");
    events.clear();
    session->exportMasks(folder / "out");
    session->exportOverlays(folder / "out", 0.5);
    session->exportAdapter(folder / "out");
    ASSERT_TRUE(queue.runUntil([&] { return noticed().size() == 3; }));
    EXPECT_THAT(noticed(), ::testing::Each(ErrorCode::NothingToExport));
    EXPECT_FALSE(std::filesystem::exists(folder / "out"));
}

TEST_F(SessionExport, AFolderThatCannotBeWrittenIsNamed) {
    addPicture("a.png");
    paintTwoClasses();
    events.clear();
    session->exportMasks("/proc/nowhere");
    ASSERT_TRUE(waitFor<Notice>());
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::FileNotWritable));
}

TEST(ExportAdapter, RefusesNamesThatLeaveTheFolder) {
    const testing::TemporaryFolder folder;
    for (const std::string& name : {std::string("../evil"), std::string("/etc/evil"), std::string("a/b"),
                                    std::string(".."), std::string(), std::string("a\0b", 3)}) {
        const auto outcome = exportAdapter({{name, {1}}}, folder / "out");
        ASSERT_FALSE(outcome.has_value()) << name;
        EXPECT_EQ(outcome.error().code, ErrorCode::AdapterMalformed);
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace finebrush
