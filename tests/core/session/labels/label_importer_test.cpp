#include "core/session/labels/label_importer.h"

#include "core/exporters/class_list.h"
#include "core/exporters/mask_exporter.h"
#include "core/exporters/volume_exporter.h"
#include "core/image/image_reader.h"
#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/core/session/session_fixture.h"

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

class SessionImport : public testing::SessionTest {
  protected:
    /// A labelme file with a rectangle of each name, side by side.
    std::filesystem::path writeLabelme(const std::string& name, const std::vector<std::string>& labels) {
        std::string shapes;
        for (size_t i = 0; i < labels.size(); ++i) {
            const std::string left = std::to_string(10 * i), right = std::to_string(10 * i + 10);
            shapes += std::string(i ? "," : "") + R"({"shape_type": "rectangle", "label": ")" + labels[i] +
                      R"(", "points": [[)" + left + ",0],[" + right + ",10]]}";
        }
        EXPECT_TRUE(writeFileAtomically(folder / name, "{\"shapes\": [" + shapes + "]}").has_value());
        return folder / name;
    }
    void importAndWait(const std::vector<std::filesystem::path>& files,
                       PaintOver over = PaintOver::Everything) {
        events.clear();
        session->importLabels(files, over);
        ASSERT_TRUE(queue.runUntil(
            [this] { return !eventsOf<JobFinished>().empty() || !eventsOf<Notice>().empty(); }));
    }
};

TEST_F(SessionImport, ClassesAreMatchedByNameAndCreatedWhereMissing) {
    addPicture("a.png");
    importAndWait({writeLabelme("a.json", {"class 1", "roof"})});
    EXPECT_THAT(noticed(), IsEmpty());
    ASSERT_EQ(session->classes().size(), 3);
    EXPECT_EQ(session->classes().classes()[2].name, "roof");
    EXPECT_EQ(session->labels().at(5, 5), session->classes().classes()[1].value);
    EXPECT_EQ(session->labels().at(15, 5), session->classes().classes()[2].value);
    EXPECT_EQ(session->labels().at(25, 5), kUnlabelled);
}

TEST_F(SessionImport, AnImportIsOneStepOfUndo) {
    const ImageId first = addPicture("a.png"), second = addPicture("b.png");
    paint(0, {5, 5});
    const LabelMap before = session->labels();
    importAndWait({writeLabelme("a.json", {"class 1"}), writeLabelme("b.json", {"class 1", "roof"})});
    EXPECT_EQ(eventsOf<JobFinished>().at(0).kind, JobFinished::Kind::ImportedLabels);
    EXPECT_THAT(eventsOf<JobFinished>().at(0).files, SizeIs(2));
    EXPECT_EQ(session->images()[0].labelledPixels, 100);
    EXPECT_EQ(session->classes().size(), 3);
    session->undo();
    EXPECT_EQ(session->labels(), before);
    EXPECT_EQ(session->images()[0].labelledPixels, 0);
    EXPECT_EQ(session->classes().size(), 2) << "the class went with its labels";
    session->redo();
    EXPECT_EQ(session->classes().size(), 3);
    show(first);
    EXPECT_EQ(session->labels().at(5, 5), 1);
    show(second);
    EXPECT_EQ(session->labels().at(5, 5), 1);
}

TEST_F(SessionImport, WhatIsPaintedIsReplacedOnlyWhereThatIsAskedFor) {
    addPicture("a.png");
    paint(0, {5, 5});
    const std::filesystem::path file = writeLabelme("a.json", {"class 1"});
    importAndWait({file}, PaintOver::Unlabelled);
    EXPECT_EQ(session->labels().at(5, 5), 0);
    EXPECT_EQ(session->labels().at(0, 0), 1) << "nothing was painted there";
    session->undo();
    EXPECT_EQ(session->labels().at(0, 0), kUnlabelled);
    importAndWait({file}, PaintOver::Everything);
    EXPECT_EQ(session->labels().at(5, 5), 1);
    EXPECT_EQ(session->labels().at(0, 0), 1);
}

TEST_F(SessionImport, TellsWhatValuesWithoutNamesBecame) {
    addPicture("a.png");
    testing::writeNifti(folder / "scan.nii.gz", {6, 5, 7});
    session->addImages({folder / "scan.nii.gz"});
    ASSERT_TRUE(queue.runUntil([&] { return session->images().size() == 2; }));
    LabelVolume labels(readVolumeInfo(folder / "scan.nii.gz").value()->grid, 0);
    labels.set(0, 1);
    labels.set(1, 7);
    ASSERT_TRUE(exportLabelVolume(folder / "labels.nii.gz", folder / "scan.nii.gz", labels, {}));
    importAndWait({folder / "labels.nii.gz"});
    ASSERT_THAT(eventsOf<JobFinished>(), SizeIs(1));
    EXPECT_THAT(eventsOf<JobFinished>()[0].classOfValue,
                ElementsAre(Pair(0, "background"), Pair(1, "class 1"), Pair(7, "class 7")));
    importAndWait({writeLabelme("a.json", {"class 1"})});
    EXPECT_THAT(eventsOf<JobFinished>().at(0).classOfValue, IsEmpty()) << "it names its classes";
}

TEST_F(SessionImport, ClassesWithoutANameAreCalledAsThePersonWould) {
    session->setClassNaming({"배경", "클래스 %1"});
    session->newProject();
    addPicture("a.png");
    IndexMask mask{{60, 40}, std::vector<uint8_t>(2400, 7)};
    ASSERT_TRUE(exportMask(folder / "a_mask.png", LabelMap::fromMask(mask), {}, {}).has_value());
    importAndWait({folder / "a_mask.png"});
    ASSERT_EQ(session->classes().size(), 3);
    EXPECT_EQ(session->classes().classes()[2].name, "클래스 7");
}

TEST_F(SessionImport, AVolumesLabelsBringItsSlices) {
    testing::writeNifti(folder / "scan.nii.gz", {6, 5, 7});
    session->addImages({folder / "scan.nii.gz"});
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    const VolumeGrid grid = session->shownImage()->grid;
    LabelVolume labels(grid, 0);
    IndexMask roof{{6, 5}, std::vector<uint8_t>(30, 1)};
    for (const int slice : {1, 5}) labels.setSlice({SliceView::Axial, slice, 0}, roof);
    ASSERT_TRUE(exportLabelVolume(folder / "labels.nii.gz", folder / "scan.nii.gz", labels, {}));
    importAndWait({folder / "labels.nii.gz"});
    EXPECT_THAT(noticed(), IsEmpty());
    ASSERT_THAT(session->images(), SizeIs(3)) << "the middle slice, and two with more than background";
    EXPECT_EQ(session->images()[0].slice, (SliceAddress{SliceView::Axial, 1, 0}));
    EXPECT_EQ(session->images()[0].labelledPixels, 30);
    EXPECT_FALSE(session->images()[0].thumbnail.rgb().empty());
    session->undo();
    EXPECT_THAT(session->images(), SizeIs(1)) << "slices without paint do not stay";
    session->redo();
    EXPECT_THAT(session->images(), SizeIs(3));
}

TEST_F(SessionImport, OwnMasksComeBackWithTheirValuesInAnotherProject) {
    addPicture("a.png");
    const ClassTable classes = testing::makeClasses({"background", "class 1", "x", "y"});
    IndexMask mask{{60, 40}, std::vector<uint8_t>(2400, kUnlabelled)};
    for (size_t i = 0; i < 600; ++i) mask.values[i] = i % 2 ? 3 : 1;
    ASSERT_TRUE(exportMask(folder / "a_mask.png", LabelMap::fromMask(mask), classes, {}).has_value());
    importAndWait({folder / "a_mask.png"});
    EXPECT_EQ(session->labels().toMask(), mask);
    EXPECT_EQ(session->classes().size(), 3) << "of value 3 the project had no class";
    EXPECT_EQ(session->classes().classes()[2].colour, classes.classes()[3].colour);
}

TEST_F(SessionImport, LockedClassesKeepTheirPixels) {
    addPicture("a.png");
    paint(0, {5, 5});
    LabelClass locked = session->classes().classes()[0];
    locked.locked = true;
    session->updateClass(locked);
    importAndWait({writeLabelme("a.json", {"class 1"})});
    EXPECT_EQ(session->labels().at(5, 5), 0);
    EXPECT_EQ(session->labels().at(0, 0), 1);
}

TEST_F(SessionImport, OneThatIsStoppedChangesNothing) {
    addPicture("a.png");
    const std::filesystem::path file = writeLabelme("a.json", {"class 1", "roof"});
    events.clear();
    session->importLabels({file});
    EXPECT_EQ(eventsOf<FileWork>().back(), (FileWork{false, true}));
    session->stopFileWork();
    ASSERT_TRUE(waitFor<JobFinished>());
    EXPECT_EQ(eventsOf<JobFinished>().front().kind, JobFinished::Kind::StoppedImport);
    EXPECT_EQ(eventsOf<FileWork>().back(), FileWork());
    EXPECT_TRUE(session->labels().isEmpty());
    EXPECT_EQ(session->classes().size(), 2);
}

TEST_F(SessionImport, WhatIsRefusedChangesNothing) {
    addPicture("a.png", {60, 40});
    paint(1, {5, 5});
    const LabelMap before = session->labels();
    const int classes = session->classes().size();
    ASSERT_TRUE(
        writeFileAtomically(folder / "a.json",
                            std::string_view(R"({"imageWidth": 61, "imageHeight": 40, "shapes": []})"))
            .has_value());
    importAndWait({folder / "a.json"});
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::LabelsSizeMismatch));
    EXPECT_EQ(session->labels(), before);
    EXPECT_EQ(session->classes().size(), classes);
}

TEST_F(SessionImport, AClassListAddsWhatIsMissingAndColoursTheRest) {
    ClassTable list = testing::makeClasses({"class 1", "roof"});
    LabelClass red = list.classes()[0];
    red.colour = {255, 0, 0};
    list.update(red);
    for (const char* name : {"list.json", "list.label", "list.txt", "list.qml"}) {
        restart();
        ASSERT_TRUE(exportClassList(folder / name, list, {}).has_value());
        events.clear();
        session->importClasses(folder / name);
        ASSERT_TRUE(waitFor<JobFinished>()) << name;
        ASSERT_EQ(session->classes().size(), 3) << name;
        EXPECT_EQ(session->classes().classes()[1].colour, red.colour) << name;
        EXPECT_EQ(session->classes().classes()[2].name, "roof") << name;
    }
}

TEST_F(SessionImport, AClassListThatDoesNotFitIsRefusedWhole) {
    while (session->classes().size() < kMaxClasses - 1) session->addClass("filler");
    const ClassTable before = session->classes();
    ASSERT_TRUE(writeFileAtomically(folder / "list.txt", std::string_view("class 1\nroof\nroad\n")));
    events.clear();
    session->importClasses(folder / "list.txt");
    ASSERT_TRUE(waitFor<Notice>());
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::ClassListTooLong));
    EXPECT_THAT(describe(eventsOf<Notice>()[0].error), ::testing::HasSubstr("lacks 2 of"));
    EXPECT_THAT(describe(eventsOf<Notice>()[0].error), ::testing::HasSubstr("roof, road"));
    EXPECT_THAT(eventsOf<JobFinished>(), IsEmpty());
    EXPECT_EQ(session->classes(), before);
    ASSERT_TRUE(writeFileAtomically(folder / "list.txt", std::string_view("class 1\nroof\n")));
    session->importClasses(folder / "list.txt");
    ASSERT_TRUE(waitFor<JobFinished>());
    EXPECT_EQ(session->classes().classes().back().name, "roof");
}

TEST_F(SessionImport, TheClassListIsExported) {
    session->exportClasses(folder / "classes.qml");
    ASSERT_TRUE(waitFor<JobFinished>());
    const auto list = readClassList(folder / "classes.qml");
    ASSERT_TRUE(list.has_value()) << describe(list.error());
    EXPECT_EQ(list->classes()[1].name, "class 1");
}

TEST_F(SessionImport, ARemovedClassLeavesItsLabelsToAnother) {
    addPicture("a.png");
    paintTwoClasses();
    const LabelClass removed = session->classes().classes()[1], heir = session->classes().classes()[0];
    EXPECT_TRUE(session->hasLabels(removed.id));
    session->removeClass(removed.id, heir.id);
    EXPECT_EQ(session->labels().at(40, 30), heir.value);
    EXPECT_FALSE(session->hasLabels(removed.id));
    session->undo();
    EXPECT_EQ(session->labels().at(40, 30), removed.value);
    EXPECT_EQ(session->labels().at(10, 10), heir.value);
}

}  // namespace
}  // namespace finebrush
