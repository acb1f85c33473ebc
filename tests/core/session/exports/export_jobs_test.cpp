#include "core/session/exports/export_jobs.h"

#include "core/image/raster/raster_reader.h"
#include "tests/core/exporters/annotation_readers.h"
#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/core/session/session_fixture.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

using SessionExport = testing::SessionTest;

nlohmann::json jsonIn(const std::filesystem::path& file) {
    return nlohmann::json::parse(readFile(file).value());
}

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

TEST_F(SessionExport, ImagesThatAreLeftOutAreCountedOnceTheFilesAreWritten) {
    addPicture("a.png");
    paintTwoClasses();
    addPicture("unpainted 1.png");
    addPicture("unpainted 2.png");
    testing::writeNifti(folder / "brain.nii.gz", {30, 20, 5});
    session->addImages({folder / "brain.nii.gz"});
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage()->slice.has_value(); }));
    showSlice("axial:1");
    paint(0, {10, 10});
    showSlice("axial:3");
    events.clear();
    session->exportMasks(folder / "out");
    ASSERT_TRUE(waitFor<JobFinished>());
    ASSERT_THAT(noticed(), ElementsAre(ErrorCode::ImagesLeftOut));
    EXPECT_THAT(eventsOf<Notice>().front().error.arguments, ElementsAre("2"))
        << "slices that were looked at do not count";
    events.clear();
    session->exportMasks(folder / "out");
    ASSERT_TRUE(waitFor<ReplaceWanted>());
    EXPECT_TRUE(noticed().empty()) << "nothing is written yet";
    session->exportOnGrid(folder / "polygons", GridFormat::GeoJson);
    ASSERT_TRUE(waitFor<JobFinished>());
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::ImagesLeftOut));
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

TEST_F(SessionExport, SlicesOfAVolumeAreExportedUnderTheirAddresses) {
    testing::writeNifti(folder / "brain.nii.gz", {30, 20, 5});
    session->addImages({folder / "brain.nii.gz"});
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    paint(0, {10, 10});
    session->showSlice({SliceView::Axial, 1, 0});
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage()->slice->index == 1; }));
    paint(1, {10, 10});
    events.clear();
    session->exportMasks(folder / "out");
    ASSERT_TRUE(waitFor<JobFinished>());
    EXPECT_EQ(readIndexMask(folder / "out/brain_axial001_mask.png").value().at(10, 10), 1);
    EXPECT_EQ(readIndexMask(folder / "out/brain_axial002_mask.png").value().at(10, 10), 0);
    events.clear();
    session->exportOverlays(folder / "out", 0.5);
    ASSERT_TRUE(waitFor<JobFinished>());
    EXPECT_EQ(readRaster(folder / "out/brain_axial002_overlay.png").value().size, (PixelSize{30, 20}));
    events.clear();
    session->exportCoco(folder / "out/all.json");
    ASSERT_TRUE(waitFor<JobFinished>());
    const nlohmann::json images = jsonIn(folder / "out/all.json").at("images");
    EXPECT_EQ(images.at(0).at("file_name"), "brain.nii.gz#axial:2");
    EXPECT_EQ(images.at(1).at("file_name"), "brain.nii.gz#axial:1");
}

TEST_F(SessionExport, ImagesOfTheLongestNamesAreExported) {
    std::string name;
    for (int letter = 0; letter < 83; ++letter) name += "가";
    name += "aa.png";
    ASSERT_EQ(name.size(), 255U);
    addPicture(name);
    paintTwoClasses();
    const IndexMask labels = session->labels().toMask();
    const auto exported = [&](const std::function<void()>& start) {
        events.clear();
        start();
        EXPECT_TRUE(waitFor<JobFinished>());
        EXPECT_THAT(noticed(), ::testing::IsEmpty());
        const auto finished = eventsOf<JobFinished>();
        const auto files = finished.empty() ? std::vector<std::filesystem::path>() : finished.front().files;
        EXPECT_THAT(files, SizeIs(1));
        return files.empty() ? std::filesystem::path() : files.front();
    };
    const auto mask = exported([&] { session->exportMasks(folder / "masks"); });
    EXPECT_EQ(readIndexMask(mask).value(), labels);
    const auto overlay = exported([&] { session->exportOverlays(folder / "overlays", 0.5); });
    EXPECT_TRUE(std::filesystem::exists(overlay));
    const auto labelme = exported([&] { session->exportLabelme(folder / "labelme"); });
    EXPECT_EQ(jsonIn(labelme).at("imagePath"), "../" + name);
    const auto coco = exported([&] { session->exportCoco(folder / "coco.json"); });
    EXPECT_EQ(jsonIn(coco).at("images").at(0).at("file_name"), name);
    const auto polygons = exported([&] { session->exportOnGrid(folder / "grid", GridFormat::GeoJson); });
    EXPECT_TRUE(std::filesystem::exists(polygons));
}

TEST_F(SessionExport, ACocoFileHoldsTheLabelsOfAllImages) {
    std::filesystem::create_directories(folder / "images/1");
    std::filesystem::create_directories(folder / "images/2");
    addPicture("images/1/세포.png");
    paintTwoClasses();
    const IndexMask first = session->labels().toMask();
    addPicture("images/2/세포.png", {33, 22});
    paint(1, {10, 10});
    const IndexMask second = session->labels().toMask();
    addPicture("elsewhere.png");
    events.clear();
    session->exportCoco(folder / "out/annotations.json");
    ASSERT_TRUE(waitFor<JobFinished>());
    EXPECT_EQ(eventsOf<JobFinished>().front().kind, JobFinished::Kind::ExportedCoco);
    EXPECT_THAT(eventsOf<JobFinished>().front().files, ElementsAre(folder / "out/annotations.json"));

    const nlohmann::json document = jsonIn(folder / "out/annotations.json");
    ASSERT_THAT(document.at("images"), SizeIs(2));
    EXPECT_EQ(document["images"][0].at("file_name"), "1/세포.png");
    EXPECT_EQ(document["images"][1].at("file_name"), "2/세포.png");
    EXPECT_EQ(document["categories"][1].at("name"), "class 1");
    EXPECT_EQ(testing::maskFromCoco(document, document["images"][0]), first);
    EXPECT_EQ(testing::maskFromCoco(document, document["images"][1]), second);
}

TEST_F(SessionExport, LabelmeFilesHoldTheLabelsOfEachImageAndFindIt) {
    std::filesystem::create_directories(folder / "images");
    addPicture("images/세포 1.png");
    paintTwoClasses();
    const IndexMask labels = session->labels().toMask();
    addPicture("images/unpainted.png");
    events.clear();
    session->exportLabelme(folder / "annotations");
    ASSERT_TRUE(waitFor<JobFinished>());
    EXPECT_EQ(eventsOf<JobFinished>().front().kind, JobFinished::Kind::ExportedLabelme);
    EXPECT_THAT(eventsOf<JobFinished>().front().files, ElementsAre(folder / "annotations/세포 1.json"));
    const nlohmann::json document = jsonIn(folder / "annotations/세포 1.json");
    EXPECT_EQ(document.at("imagePath"), "../images/세포 1.png");
    EXPECT_EQ(testing::maskFromLabelme(document, {{"background", 0}, {"class 1", 1}}), labels);
}

TEST_F(SessionExport, AnImageIsNotOverwrittenByItsAnnotations) {
    addPicture("a.png");
    paintTwoClasses();
    const auto before = readFile(folder / "a.png").value();
    events.clear();
    session->exportCoco(folder / "a.png");
    ASSERT_TRUE(waitFor<Notice>());
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::ExportOverInput));
    EXPECT_EQ(readFile(folder / "a.png").value(), before);
}

TEST_F(SessionExport, FilesInTheWayAreReplacedOnlyWhenAgreedTo) {
    addPicture("a.png");
    paintTwoClasses();
    addPicture("b.png");
    paint(1, {20, 20});
    std::filesystem::create_directories(folder / "out");
    std::ofstream(folder / "out/a.json") << "somebody's work";
    const auto before = readFile(folder / "out/a.json").value();
    events.clear();
    session->exportLabelme(folder / "out");
    ASSERT_TRUE(waitFor<ReplaceWanted>());
    EXPECT_THAT(eventsOf<ReplaceWanted>().front().files, ElementsAre(folder / "out/a.json"));
    EXPECT_EQ(readFile(folder / "out/a.json").value(), before);
    EXPECT_FALSE(std::filesystem::exists(folder / "out/b.json"));
    EXPECT_TRUE(eventsOf<JobFinished>().empty());

    eventsOf<ReplaceWanted>().front().replace();
    ASSERT_TRUE(waitFor<JobFinished>());
    EXPECT_THAT(eventsOf<JobFinished>().front().files, SizeIs(2));
    EXPECT_EQ(jsonIn(folder / "out/a.json").at("imageHeight"), 40);
}

TEST(ExportAdapter, SaysWhichFilesAreInTheWay) {
    const testing::TemporaryFolder folder;
    const messages::AdapterFiles files = {{"a.json", {1}}, {"b.safetensors", {2}}};
    ASSERT_TRUE(exportAdapter(files, folder.path(), false).has_value());
    const Result<ExportOutcome> again = exportAdapter({{"a.json", {3}}, {"c", {4}}}, folder.path(), false);
    ASSERT_TRUE(again.has_value());
    EXPECT_THAT(again->inTheWay, ElementsAre(folder / "a.json"));
    EXPECT_TRUE(again->files.empty());
    EXPECT_EQ(readFile(folder / "a.json").value(), std::vector<uint8_t>{1});
}

TEST_F(SessionExport, NothingToExportIsSaid) {
    addPicture("a.png");
    events.clear();
    session->exportMasks(folder / "out");
    session->exportOverlays(folder / "out", 0.5);
    session->exportCoco(folder / "out/annotations.json");
    session->exportLabelme(folder / "out");
    session->exportAdapter(folder / "out");
    ASSERT_TRUE(queue.runUntil([&] { return noticed().size() == 5; }));
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

TEST_F(SessionExport, OneThatIsStoppedLeavesWholeFilesOnlyAndSaysSo) {
    for (const char* name : {"a.png", "b.png", "c.png"}) {
        addPicture(name);
        paintTwoClasses();
    }
    events.clear();
    session->exportMasks(folder / "out");
    EXPECT_EQ(eventsOf<FileWork>().back(), (FileWork{true, false}));
    session->stopFileWork();
    ASSERT_TRUE(waitFor<JobFinished>());
    EXPECT_EQ(eventsOf<JobFinished>().front().kind, JobFinished::Kind::StoppedExport);
    EXPECT_EQ(eventsOf<FileWork>().back(), FileWork());
    std::vector<std::filesystem::path> files;
    if (std::filesystem::exists(folder / "out")) files = filesIn(folder / "out").value();
    EXPECT_EQ(eventsOf<JobFinished>().front().files, files);
    for (const auto& file : files) EXPECT_EQ(readIndexMask(file).value().at(10, 10), 0);
    EXPECT_TRUE(noticed().empty());
}

TEST(Exports, AreAskedToStopBeforeEachImage) {
    const testing::TemporaryFolder folder;
    ExportInput input{testing::makeClasses({"a"}), {}, folder / "out"};
    for (const char* name : {"1.png", "2.png"}) {
        ImageRecord record = testing::makeRecord({20, 20}, folder / name);
        LabelMap labels(record.size);
        labels.fill({0, 0, 5, 5}, 0);
        input.images.push_back({record, labels, nullptr});
    }
    std::stop_source stop;
    stop.request_stop();
    EXPECT_TRUE(exportMasks(input, stop.get_token())->files.empty());
    EXPECT_TRUE(exportLabelme(input, stop.get_token())->files.empty());
    EXPECT_TRUE(exportCoco(input, folder / "out/all.json", stop.get_token())->files.empty());
    EXPECT_TRUE(std::filesystem::is_empty(folder / "out"));
}

TEST(ExportAdapter, RefusesNamesThatLeaveTheFolder) {
    const testing::TemporaryFolder folder;
    for (const std::string& name : {std::string("../evil"), std::string("/etc/evil"), std::string("a/b"),
                                    std::string(".."), std::string(), std::string("a\0b", 3)}) {
        const auto outcome = exportAdapter({{name, {1}}}, folder / "out", true);
        ASSERT_FALSE(outcome.has_value()) << name;
        EXPECT_EQ(outcome.error().code, ErrorCode::AdapterMalformed);
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace finebrush
