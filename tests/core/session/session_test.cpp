#include "core/session/session.h"

#include "core/exporters/mask_exporter.h"
#include "tests/core/image/dicom/dicom_fixtures.h"
#include "tests/core/session/session_fixture.h"

#include <gmock/gmock.h>

#include <fstream>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using testing::writePicture;

using SessionFiles = testing::SessionTest;
using SessionLabels = testing::SessionTest;

// ---- images and projects ----

TEST_F(SessionFiles, BeginsWithAnEmptyProjectOfTwoClasses) {
    EXPECT_EQ(session->classes().size(), 2);
    EXPECT_EQ(session->classes().classes()[0].name, "background");
    EXPECT_TRUE(session->images().empty());
    EXPECT_EQ(session->shownImage(), nullptr);
    EXPECT_EQ(session->labels().size(), PixelSize());
    EXPECT_TRUE(session->projectPath().empty());
    EXPECT_FALSE(session->canAdapt());
    EXPECT_FALSE(session->canUndo());
}

TEST_F(SessionFiles, AddedImagesAreListedAndTheFirstIsShown) {
    writePicture(folder / "첫째.png", {200, 100});
    writePicture(folder / "b.png", {30, 50});
    session->addImages({folder / "첫째.png", folder / "b.png"});
    ASSERT_TRUE(queue.runUntil([&] { return session->images().size() == 2 && session->shownImage(); }));
    EXPECT_EQ(session->images()[0].size, (PixelSize{200, 100}));
    EXPECT_EQ(session->images()[0].thumbnail.size(), (PixelSize{96, 48}));
    EXPECT_EQ(session->images()[0].thumbnail.rgb().size(), 96U * 48 * 3);
    EXPECT_EQ(session->shownImage()->id, session->images()[0].id);
    EXPECT_EQ(session->shownImage()->displayed->bytes.size(), 200U * 100 * 3);
    EXPECT_EQ(session->labels().size(), (PixelSize{200, 100}));
    EXPECT_EQ(eventsOf<ImageShown>().back().image, session->shownImage());
}

TEST_F(SessionFiles, AFileThatIsThereAlreadyIsOnlyShown) {
    const ImageId first = addPicture("a.png");
    addPicture("b.png");
    session->addImages({folder / "." / "a.png"});
    EXPECT_TRUE(queue.runUntil([&] { return session->shownImage()->id == first; }));
    EXPECT_THAT(session->images(), SizeIs(2));
}

TEST_F(SessionFiles, FilesThatAreNoImagesAreEachNoticedAndTheRestIsAdded) {
    std::ofstream(folder / "text.png") << "not an image";
    writePicture(folder / "good.png", {10, 10});
    session->addImages({folder / "text.png", folder / "missing.png", folder / "good.png"});
    ASSERT_TRUE(queue.runUntil([&] { return session->images().size() == 1; }));
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::ImageFormatUnknown, ErrorCode::FileMissing));
}

TEST_F(SessionFiles, TheNewestWishDecidesWhichImageIsShown) {
    std::vector<ImageId> ids;
    for (const char* name : {"a.png", "b.png", "c.png", "d.png"}) ids.push_back(addPicture(name));
    events.clear();
    for (const ImageId& id : ids) session->showImage(id);
    session->showImage(ids[1]);
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage()->id == ids[1]; }));
    EXPECT_THAT(eventsOf<ImageShown>(), SizeIs(1));
}

TEST_F(SessionFiles, AnImageThatIsGoneIsNoticedAndWhatIsShownStays) {
    const ImageId gone = addPicture("gone.png");
    const ImageId kept = addPicture("kept.png");
    std::filesystem::remove(folder / "gone.png");
    events.clear();
    session->showImage(gone);
    ASSERT_TRUE(waitFor<Notice>());
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::FileMissing));
    EXPECT_EQ(session->shownImage()->id, kept);
    EXPECT_TRUE(session->images()[0].missing);
}

TEST_F(SessionFiles, AMovedImageIsFoundByItsContent) {
    const ImageId id = addPicture("a.png", {70, 30});
    paint(1, {20, 20});
    saveAs(folder / "p.finebrush");
    std::filesystem::create_directories(folder / "far/away");
    std::filesystem::rename(folder / "a.png", folder / "far/away/renamed.png");
    restart();
    open(folder / "p.finebrush");
    ASSERT_TRUE(queue.runUntil([&] { return session->images()[0].missing; }));
    writePicture(folder / "far/decoy.png", {70, 30});
    session->locateImages(folder / "far");
    ASSERT_TRUE(queue.runUntil([&] { return !session->images()[0].missing; }));
    EXPECT_EQ(session->images()[0].path, folder / "far/away/renamed.png");
    show(id);
    EXPECT_GT(session->labels().histogram()[1], 0);
}

TEST_F(SessionFiles, AFileWithOtherContentIsShownAndSaidOnceAndCanBeLookedFor) {
    const ImageId id = addPicture("a.png", {70, 30});
    paint(1, {20, 20});
    const ImageId other = addPicture("b.png");
    show(id);
    saveAs(folder / "p.finebrush");
    std::filesystem::create_directories(folder / "far");
    std::filesystem::rename(folder / "a.png", folder / "far/a.png");
    writePicture(folder / "longer name", {70, 30});  // whose pixels tell its name
    std::filesystem::rename(folder / "longer name", folder / "a.png");
    restart();
    open(folder / "p.finebrush");
    ASSERT_TRUE(waitFor<Notice>());
    EXPECT_EQ(eventsOf<Notice>().front().error,
              (Error{ErrorCode::ImageContentDiffers, {utf8(folder / "a.png")}, {}}));
    show(id);
    EXPECT_GT(session->labels().histogram()[1], 0);
    EXPECT_TRUE(session->images()[0].differs);
    EXPECT_FALSE(session->images()[1].differs);
    show(other);
    show(id);

    session->locateImages(folder / "far");
    ASSERT_TRUE(queue.runUntil([&] { return !session->images()[0].differs; }));
    EXPECT_EQ(session->images()[0].path, folder / "far/a.png");
    ASSERT_TRUE(
        queue.runUntil([&] { return session->shownImage() && session->shownImage()->pixels.bytes[2] == 5; }));
    EXPECT_EQ(session->shownImage()->id, id);
    EXPECT_GT(session->labels().histogram()[1], 0);
    EXPECT_THAT(noticed(), SizeIs(1));
}

TEST_F(SessionFiles, FramesOfOtherContentAreNoticed) {
    const auto write = [&](uint16_t value) {
        testing::DicomSample frames;
        frames.put(DCM_NumberOfFrames, "2");
        frames.putPixels(std::vector<uint16_t>(2 * testing::DicomSample::kPixels, value));
        frames.write(folder / "a.dcm");
    };
    write(1);
    session->addImages({folder / "a.dcm"});
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() && session->shownImage()->slice; }));
    saveAs(folder / "p.finebrush");
    write(2);
    restart();
    open(folder / "p.finebrush");
    ASSERT_TRUE(waitFor<Notice>());
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::ImageContentDiffers));
}

TEST_F(SessionFiles, AFileThatWasWrittenAnewIsLookedAtAgain) {
    const ImageId changed = addPicture("a.png", {70, 30});
    const ImageId other = addPicture("b.png");
    show(changed);
    saveAs(folder / "p.finebrush");
    // A picture tells the length of the name under which it was written.
    auto write = [&, day = 1](const char* as) mutable {
        writePicture(folder / as, {70, 30});
        std::filesystem::rename(folder / as, folder / "a.png");
        std::filesystem::last_write_time(
            folder / "a.png", std::filesystem::file_time_type::clock::now() - std::chrono::hours(24 * day++));
    };
    write("longer name");
    restart();
    open(folder / "p.finebrush");
    ASSERT_TRUE(queue.runUntil([&] { return session->images()[0].differs; }));
    write("a.png");
    show(other);
    show(changed);
    ASSERT_TRUE(queue.runUntil([&] { return !session->images()[0].differs; }));
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::ImageContentDiffers));
    write("longer name");
    show(other);
    show(changed);
    EXPECT_TRUE(queue.runUntil([&] { return session->images()[0].differs; }));
    EXPECT_THAT(noticed(), SizeIs(2));
}

TEST_F(SessionFiles, LookingForImagesBringsNoneBackThatWasRemovedMeanwhile) {
    addPicture("a.png", {70, 30});
    const ImageId removed = addPicture("b.png");
    paint(1, {20, 20});
    addPicture("c.png");
    saveAs(folder / "p.finebrush");
    std::filesystem::create_directories(folder / "far");
    for (const char* name : {"a.png", "b.png"}) std::filesystem::rename(folder / name, folder / "far" / name);
    restart();
    open(folder / "p.finebrush");
    ASSERT_TRUE(queue.runUntil([&] { return session->images()[1].missing; }));
    session->locateImages(folder / "far");
    session->removeImage(removed);
    ASSERT_TRUE(queue.runUntil([&] { return !session->images()[0].missing; }));
    EXPECT_THAT(session->images(), SizeIs(2));
    EXPECT_TRUE(session->canUndo());
    session->undo();
    EXPECT_THAT(session->images(), SizeIs(3));
    session->undo();
    EXPECT_EQ(session->images()[1].labelledPixels, 0);
}

TEST_F(SessionFiles, AnImageOfAnotherSizeUnderTheSameNameIsRefused) {
    const ImageId changed = addPicture("changed.png", {30, 30});
    addPicture("other.png");
    writePicture(folder / "changed.png", {31, 30});
    events.clear();
    session->showImage(changed);
    ASSERT_TRUE(waitFor<Notice>());
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::LabelsSizeMismatch));
}

TEST_F(SessionFiles, SavedAndReopenedEverythingIsAsItWas) {
    addPicture("a.png");
    const ImageId second = addPicture("b.png", {300, 280});
    paintTwoClasses();
    session->addClass("third");
    session->undo();
    const LabelMap labels = session->labels();
    saveAs(folder / "내 프로젝트.finebrush");
    EXPECT_EQ(session->projectPath(), folder / "내 프로젝트.finebrush");
    EXPECT_TRUE(session->isDurable());

    restart();
    open(folder / "내 프로젝트.finebrush");
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    EXPECT_EQ(session->shownImage()->id, second);
    EXPECT_EQ(session->labels(), labels);
    EXPECT_GT(session->images()[1].labelledPixels, 0);
    EXPECT_TRUE(session->canRedo());
    session->redo();
    EXPECT_EQ(session->classes().size(), 3);
    for (int i = 0; i < 3; ++i) session->undo();
    EXPECT_TRUE(session->labels().isEmpty());
    EXPECT_FALSE(session->canUndo());
}

TEST_F(SessionFiles, OpeningTheProjectThatIsOpenSaysSoAndKeepsIt) {
    addPicture("a.png");
    saveAs(folder / "a.finebrush");
    const auto shown = session->shownImage();
    open(folder / "a.finebrush");
    EXPECT_EQ(session->shownImage(), shown) << "it is not read anew";
    EXPECT_TRUE(noticed().empty());
}

TEST_F(SessionFiles, AProjectThatCannotBeOpenedLeavesTheOneOfNow) {
    const ImageId id = addPicture("a.png");
    std::ofstream(folder / "bad.finebrush") << "nothing of ours";
    events.clear();
    session->openProject(folder / "bad.finebrush");
    ASSERT_TRUE(waitFor<Notice>());
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::ProjectMalformed));
    EXPECT_EQ(session->shownImage()->id, id);
    EXPECT_TRUE(eventsOf<ProjectChanged>().empty());
}

TEST_F(SessionFiles, AProjectThatCannotBeSavedThereGoesOnWhereItIs) {
    addPicture("a.png");
    paintTwoClasses();
    events.clear();
    session->saveProjectAs("/proc/nowhere/p.finebrush");
    ASSERT_TRUE(waitFor<Notice>());
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::FileNotWritable));
    EXPECT_TRUE(session->projectPath().empty());
    EXPECT_TRUE(waitUntilDurable());
}

TEST_F(SessionFiles, SavingWhatCannotBeWrittenTriesAgainAndSaysWhatCameOfIt) {
    const std::filesystem::path path = folder / "p.finebrush";
    addPicture("a.png");
    saveAs(path);
    std::filesystem::rename(path, folder / "aside");
    std::ofstream(path) << "another file under its name";
    paintTwoClasses();
    ASSERT_TRUE(waitFor<Notice>());
    EXPECT_TRUE(session->saveProblem());
    EXPECT_TRUE(session->hasUnsavedWork());
    events.clear();
    session->saveProjectAs(path);
    EXPECT_TRUE(session->isSaving());
    ASSERT_TRUE(waitFor<Notice>());
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::FileMissing));
    EXPECT_THAT(eventsOf<JobFinished>(), SizeIs(0));
    EXPECT_FALSE(session->isSaving());

    std::filesystem::remove(path);
    std::filesystem::rename(folder / "aside", path);
    saveAs(path);
    EXPECT_FALSE(session->hasUnsavedWork());
    EXPECT_FALSE(session->saveProblem());
    restart();
    open(path);
    EXPECT_GT(session->images()[0].labelledPixels, 0);
}

TEST_F(SessionFiles, AProjectWhoseFolderIsGoneIsSavedThereAgain) {
    const std::filesystem::path path = folder / "study/p.finebrush";
    addPicture("a.png");
    saveAs(path);
    std::filesystem::rename(folder / "study", folder / "gone");
    paintTwoClasses();
    ASSERT_TRUE(queue.runUntil([&] { return session->saveProblem().has_value(); }));
    saveAs(path);
    EXPECT_FALSE(session->hasUnsavedWork());
    restart();
    open(path);
    EXPECT_GT(session->images()[0].labelledPixels, 0);
}

TEST_F(SessionFiles, NothingOnTheScreenRefersToAProjectThatIsGone) {
    addPicture("a.png");
    paintTwoClasses();
    events.clear();
    session->beginStroke(1, 5, {5, 5});
    session->setClassNaming({"배경", "클래스 %1"});
    session->newProject();
    ASSERT_FALSE(eventsOf<ImageShown>().empty());
    EXPECT_EQ(eventsOf<ImageShown>().back().image, nullptr);
    EXPECT_THAT(eventsOf<ProjectChanged>(), SizeIs(1));
    EXPECT_TRUE(session->images().empty());
    EXPECT_EQ(session->classes().classes().front().name, "배경");
    EXPECT_EQ(session->classes().classes().back().name, "클래스 1");
    session->extendStroke({9, 9});
    session->finishPainting();
    EXPECT_FALSE(session->canUndo());
}

TEST_F(SessionFiles, AProjectThatWasNeverSavedCanBeRecovered) {
    addPicture("a.png");
    paintTwoClasses();
    EXPECT_TRUE(recoverable().empty()) << "the project of now is none that was left behind";
    restart();
    const auto left = recoverable();
    ASSERT_THAT(left, SizeIs(1));
    open(left.front());
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    EXPECT_GT(session->labels().histogram()[0], 0);
    EXPECT_TRUE(session->projectPath().empty());

    saveAs(folder / "saved.finebrush");
    EXPECT_FALSE(std::filesystem::exists(left.front()));
    restart();
    EXPECT_TRUE(recoverable().empty());
}

TEST_F(SessionFiles, ImagesThatWereOnlyLookedAtLeaveNoFile) {
    addPicture("a.png");
    ASSERT_TRUE(waitUntilDurable());
    restart();
    EXPECT_TRUE(recoverable().empty());
    addPicture("b.png");
    session->addClass("a change");
    restart();
    EXPECT_THAT(recoverable(), SizeIs(1));
}

TEST_F(SessionFiles, WhatWasChosenForImagesThatWereOnlyLookedAtCanBeRecovered) {
    addPicture("a.png");
    session->setDisplay({10, 30});
    restart();
    const auto left = recoverable();
    ASSERT_THAT(left, SizeIs(1));
    open(left.front());
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    EXPECT_EQ(session->shownImage()->display, (DisplayMapping{10, 30}));
    session->setDisplay(session->shownImage()->usualDisplay);
    restart();
    EXPECT_THAT(recoverable(), SizeIs(0));

    addPicture("b.png");
    messages::AdaptationSettings chosen;
    chosen.method = "bitfit";
    session->chooseAdaptation(chosen);
    restart();
    EXPECT_THAT(recoverable(), SizeIs(1));
}

TEST_F(SessionFiles, ClassesCanBeRecoveredWithoutAnyImage) {
    session->addClass("axon");
    restart();
    const auto left = recoverable();
    ASSERT_THAT(left, SizeIs(1));
    open(left.front());
    EXPECT_EQ(session->classes().classes().back().name, "axon");
    EXPECT_TRUE(session->canUndo());
}

TEST_F(SessionFiles, WhatIsRecoverableCanBeDiscarded) {
    addPicture("a.png");
    paintTwoClasses();
    restart();
    const auto left = recoverable();
    ASSERT_THAT(left, SizeIs(1));
    session->discardRecoverable(left.front());
    ASSERT_TRUE(queue.runUntil([&] { return !std::filesystem::exists(left.front()); }));
    EXPECT_TRUE(recoverable().empty());
    std::ofstream(folder / "precious.finebrush") << "not in the recovery folder";
    session->discardRecoverable(folder / "precious.finebrush");
    EXPECT_TRUE(std::filesystem::exists(folder / "precious.finebrush"));
}

TEST_F(SessionFiles, AnEmptyProjectLeavesNoFile) {
    ASSERT_TRUE(waitUntilDurable());
    session.reset();
    EXPECT_TRUE(std::filesystem::is_empty(folder / "recovery"));
}

TEST_F(SessionFiles, ALabelledFolderIsImported) {
    std::filesystem::create_directories(folder / "set/images");
    std::filesystem::create_directories(folder / "set/labels");
    writePicture(folder / "set/images/a.png", {20, 10});
    writePicture(folder / "set/images/b.png", {20, 10});
    writePicture(folder / "set/images/c.png", {20, 10});
    std::ofstream(folder / "set/images/readme.txt") << "no image";
    IndexMask mask{{20, 10}, std::vector<uint8_t>(200, kUnlabelled)};
    mask.values[5] = 1;
    ASSERT_TRUE(exportMask(folder / "set/labels/a.png", LabelMap::fromMask(mask), {}, {}).has_value());
    mask.values[6] = 9;
    ASSERT_TRUE(exportMask(folder / "set/labels/b.png", LabelMap::fromMask(mask), {}, {}).has_value());
    const IndexMask small{{3, 3}, std::vector<uint8_t>(9, 1)};
    ASSERT_TRUE(exportMask(folder / "set/labels/c.png", LabelMap::fromMask(small), {}, {}).has_value());
    std::ofstream(folder / "set/classes.json")
        << R"([{"name": "ground", "value": 0}, {"name": "nucleus", "value": 1}])";

    session->importFolder(folder / "set");
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    EXPECT_THAT(session->images(), SizeIs(3));
    EXPECT_EQ(session->classes().findValue(1)->name, "nucleus");
    EXPECT_EQ(session->labels().at(5, 0), 1);
    EXPECT_EQ(session->classes().findValue(9)->name, "class 9") << "which the list does not have";
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::LabelsSizeMismatch));
    EXPECT_EQ(eventsOf<Notice>().front().error.arguments[0], utf8(folder / "set/labels/c.png"));
    EXPECT_FALSE(session->canUndo());
    EXPECT_TRUE(waitUntilDurable());
}

TEST_F(SessionFiles, AFolderWithoutImagesIsRefused) {
    std::filesystem::create_directories(folder / "empty");
    session->importFolder(folder / "empty");
    session->importFolder(folder / "missing");
    ASSERT_TRUE(queue.runUntil([&] { return noticed().size() == 2; }));
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::NoImages, ErrorCode::FileMissing));
}

// ---- labels, classes, undo ----

TEST_F(SessionLabels, AStrokeIsSeenAtOnceAndOneStepOfUndo) {
    const ImageId id = addPicture("a.png", {300, 300});
    events.clear();
    session->beginStroke(1, 10, {100, 100});
    EXPECT_EQ(session->labels().at(100, 100), 1);
    session->extendStroke({200, 100});
    EXPECT_EQ(session->labels().at(150, 100), 1);
    EXPECT_FALSE(session->canUndo());
    EXPECT_FALSE(session->isDurable());
    session->finishPainting();
    EXPECT_TRUE(session->canUndo());
    ASSERT_THAT(eventsOf<LabelsChanged>(), SizeIs(2));
    EXPECT_EQ(eventsOf<LabelsChanged>()[0].id, id);
    EXPECT_EQ(eventsOf<LabelsChanged>()[0].rect, (RectInImage{95, 95, 10, 10}));
    EXPECT_EQ(session->images()[0].labelledPixels, 300 * 300 - session->labels().histogram()[kUnlabelled]);
    ASSERT_TRUE(waitUntilDurable());
    session->undo();
    EXPECT_TRUE(session->labels().isEmpty());
    EXPECT_EQ(session->images()[0].labelledPixels, 0);
    session->redo();
    EXPECT_EQ(session->labels().at(150, 100), 1);
}

TEST_F(SessionLabels, AnyOtherEditFinishesTheStroke) {
    addPicture("a.png");
    session->beginStroke(1, 10, {20, 20});
    session->addClass("third");
    EXPECT_EQ(session->classes().size(), 3);
    session->undo();
    EXPECT_EQ(session->labels().at(20, 20), 1);
    session->undo();
    EXPECT_TRUE(session->labels().isEmpty());
}

TEST_F(SessionLabels, ACancelledStrokeIsNone) {
    addPicture("a.png");
    session->beginStroke(1, 10, {20, 20});
    events.clear();
    session->cancelPainting();
    EXPECT_TRUE(session->labels().isEmpty());
    EXPECT_FALSE(session->canUndo());
    EXPECT_THAT(eventsOf<LabelsChanged>(), SizeIs(1));
}

TEST_F(SessionLabels, UndoShowsTheImageThatItChanges) {
    const ImageId first = addPicture("first.png");
    const ImageId second = addPicture("second.png");
    show(first);
    paint(1, {5, 5});
    show(second);
    session->undo();
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage()->id == first; }));
    EXPECT_EQ(session->labels().at(5, 5), kUnlabelled);
}

TEST_F(SessionLabels, AFillIsSeenAtOnceAndOneStepOfUndoHoweverOftenItChanged) {
    addPicture("a.png");
    session->previewFill(PixelRegion::ofRect({0, 0, 30, 30}, {60, 40}), 1);
    EXPECT_EQ(session->labels().histogram()[1], 900);
    events.clear();
    session->previewFill(PixelRegion::ofRect({10, 10, 5, 5}, {60, 40}), 1);
    EXPECT_EQ(session->labels().histogram()[1], 25);
    ASSERT_THAT(eventsOf<LabelsChanged>(), SizeIs(1));
    EXPECT_EQ(eventsOf<LabelsChanged>()[0].rect, (RectInImage{0, 0, 30, 30}));
    EXPECT_FALSE(session->canUndo());
    session->finishPainting();
    EXPECT_EQ(session->images()[0].labelledPixels, 25);
    ASSERT_TRUE(waitUntilDurable());
    session->undo();
    EXPECT_TRUE(session->labels().isEmpty());
    EXPECT_FALSE(session->canUndo());
    session->redo();
    EXPECT_EQ(session->labels().histogram()[1], 25);
}

TEST_F(SessionLabels, ACancelledFillIsNone) {
    addPicture("a.png");
    paint(0, {10, 10});
    const LabelMap before = session->labels();
    session->previewFill(PixelRegion::ofRect({0, 0, 30, 30}, {60, 40}), 1);
    session->cancelPainting();
    EXPECT_EQ(session->labels(), before);
    EXPECT_FALSE(session->canRedo());
}

TEST_F(SessionLabels, AFillOfAnotherSessionIsUndoneAfterReopening) {
    addPicture("a.png");
    session->fill(PixelRegion::ofRect({0, 0, 30, 30}, {60, 40}), 1);
    saveAs(folder / "p.finebrush");
    restart();
    open(folder / "p.finebrush");
    show(session->images()[0].id);
    EXPECT_EQ(session->labels().histogram()[1], 900);
    session->undo();
    EXPECT_TRUE(session->labels().isEmpty());
}

TEST_F(SessionLabels, StrokesAndFillsLeaveALockedClassAsItIs) {
    addPicture("a.png");
    session->fill(PixelRegion::ofRect({0, 0, 30, 40}, {60, 40}), 0);
    LabelClass locked = session->classes().classes()[0];
    locked.locked = true;
    session->updateClass(locked);
    session->fill(PixelRegion::ofRect({0, 0, 60, 40}, {60, 40}), 1);
    paint(1, {30, 20}, 20);
    paint(kUnlabelled, {10, 20}, 20);
    EXPECT_EQ(session->labels().histogram()[0], 1200);
    EXPECT_EQ(session->labels().histogram()[1], 1200);
}

TEST_F(SessionLabels, TheModesAreKeptWithTheProject) {
    addPicture("a.png");
    session->setPaintsOver(PaintOver::Unlabelled);
    LabelClass locked = session->classes().classes()[1];
    locked.locked = true;
    session->updateClass(locked);
    saveAs(folder / "p.finebrush");
    restart();
    EXPECT_EQ(session->paintsOver(), PaintOver::Everything);
    open(folder / "p.finebrush");
    EXPECT_EQ(session->paintsOver(), PaintOver::Unlabelled);
    EXPECT_TRUE(session->classes().classes()[1].locked);
    show(session->images()[0].id);
    paint(0, {20, 20}, 10);
    session->fill(PixelRegion::ofRect({0, 0, 60, 40}, {60, 40}), 1);
    EXPECT_GT(session->labels().histogram()[0], 50);
}

TEST_F(SessionLabels, OnlyTheChosenClassIsPaintedOverUntilItIsGone) {
    addPicture("a.png");
    session->addClass("third");
    session->fill(PixelRegion::ofRect({0, 0, 20, 40}, {60, 40}), 0);
    session->fill(PixelRegion::ofRect({20, 0, 20, 40}, {60, 40}), 1);
    events.clear();
    session->setPaintsOver({1});
    EXPECT_THAT(eventsOf<PaintOverChanged>(), SizeIs(1));
    saveAs(folder / "p.finebrush");
    restart();
    open(folder / "p.finebrush");
    EXPECT_EQ(session->paintsOver(), (PaintOver{1}));
    show(session->images()[0].id);
    session->fill(PixelRegion::ofRect({0, 0, 60, 20}, {60, 40}), 2);
    EXPECT_EQ(session->labels().histogram()[0], 800);
    EXPECT_EQ(session->labels().histogram()[1], 400);
    EXPECT_EQ(session->labels().histogram()[2], 400);
    session->fill(PixelRegion::ofRect({0, 0, 60, 40}, {60, 40}), kUnlabelled);
    EXPECT_EQ(session->labels().histogram()[1], 0) << "the eraser takes that class alone";
    EXPECT_EQ(session->labels().histogram()[0], 800);
    session->removeClass(ClassId(session->classes().classes()[1].id));
    EXPECT_EQ(session->paintsOver(), PaintOver::Everything);
    session->fill(PixelRegion::ofRect({0, 0, 60, 40}, {60, 40}), 2);
    EXPECT_EQ(session->labels().histogram()[2], 2400);
}

TEST_F(SessionLabels, OnlyPixelsOfTheChosenValuesAreChanged) {
    addPicture("a.png");  // whose first band is x, and whose second is y
    const PixelRegion all = PixelRegion::ofRect({0, 0, 60, 40}, {60, 40});
    session->setPaintedValues({true, 0, ValueRange{10, 19}});
    EXPECT_THAT(eventsOf<PaintOverChanged>(), SizeIs(1));
    session->fill(all, 1);
    EXPECT_EQ(session->labels().histogram()[1], 400);
    session->setPaintedValues({true, 0, ValueRange{15, 24}});
    paint(0, {20, 20}, 20);
    EXPECT_EQ(session->labels().at(14, 20), 1);
    EXPECT_EQ(session->labels().at(15, 20), 0);
    EXPECT_EQ(session->labels().at(24, 20), 0);
    EXPECT_EQ(session->labels().at(25, 20), kUnlabelled);
    session->undo();
    EXPECT_EQ(session->labels().histogram()[1], 400);
    session->setPaintedValues({true, 1, ValueRange{0, 9}});
    session->fill(all, kUnlabelled);
    EXPECT_EQ(session->labels().histogram()[1], 300) << "the eraser keeps to the values as well";
    session->previewFill(all, 0);
    EXPECT_EQ(session->labels().histogram()[0], 600);
    session->cancelPainting();
    session->setPaintedValues({false, 1, ValueRange{0, 9}});
    session->fill(all, 1);
    EXPECT_EQ(session->labels().histogram()[1], 2400);
}

TEST_F(SessionLabels, AnEditThatTheValuesKeepFromEverythingSaysSo) {
    addPicture("a.png");
    session->setPaintedValues({true, 0, ValueRange{10, 19}});
    paint(1, {15, 20}, 30);
    paint(1, {15, 20}, 4);
    EXPECT_TRUE(eventsOf<NothingInRange>().empty()) << "it was painted, and then there was nothing to change";
    paint(1, {40, 20}, 6);
    EXPECT_THAT(eventsOf<NothingInRange>(), SizeIs(1));
    session->fill(PixelRegion::ofRect({30, 0, 20, 40}, {60, 40}), 1);
    EXPECT_THAT(eventsOf<NothingInRange>(), SizeIs(2));
    session->previewFill(PixelRegion::ofRect({30, 0, 20, 40}, {60, 40}), 1);
    session->finishFill();
    EXPECT_THAT(eventsOf<NothingInRange>(), SizeIs(3));
    session->setPaintedValues({true, 3, ValueRange{0, 255}});
    paint(0, {15, 20}, 30);
    EXPECT_THAT(eventsOf<NothingInRange>(), SizeIs(4)) << "the picture has no fourth band";
}

TEST_F(SessionLabels, TheShapeOfAClassIsMendedWithinTheValues) {
    addPicture("a.png");
    session->fill(PixelRegion::ofRect({10, 10, 10, 10}, {60, 40}), 1);
    session->setPaintedValues({true, 0, ValueRange{20, 255}});
    session->reshape(session->classes().classes()[1].id, {ClassShape::Edit::Grow});
    EXPECT_EQ(session->labels().histogram()[1], 110);
    EXPECT_EQ(session->labels().at(20, 15), 1);
}

TEST_F(SessionLabels, TheValuesAreKeptWithTheProjectAndWhatTheyAllowedInItsHistory) {
    addPicture("a.png");
    const PaintedValues values{true, 0, ValueRange{10, 19}};
    session->setPaintedValues(values);
    session->setPaintedValues({true, 0, ValueRange{9, 3}});
    EXPECT_EQ(session->paintedValues(), values) << "what is not sound is not heard";
    paint(1, {20, 20}, 20);
    const LabelMap painted = session->labels();
    saveAs(folder / "p.finebrush");
    restart();
    EXPECT_EQ(session->paintedValues(), PaintedValues());
    open(folder / "p.finebrush");
    EXPECT_EQ(session->paintedValues(), values);
    show(session->images()[0].id);
    EXPECT_EQ(session->labels(), painted);
    session->undo();
    EXPECT_TRUE(session->labels().isEmpty());
    session->setPaintedValues({});
    session->redo();
    EXPECT_EQ(session->labels(), painted);
}

TEST_F(SessionLabels, StrokesWithoutAnImageDoNothing) {
    session->fill(PixelRegion::ofRect({0, 0, 9, 9}, {60, 40}), 1);
    session->beginStroke(1, 10, {20, 20});
    session->extendStroke({30, 30});
    session->finishPainting();
    session->cancelPainting();
    EXPECT_FALSE(session->canUndo());
}

TEST_F(SessionLabels, AClassIsRemovedInEveryImageAndComesBackInEach) {
    const ImageId first = addPicture("a.png");
    paintTwoClasses();
    const ImageId second = addPicture("b.png");
    paintTwoClasses();
    const LabelClass removed = session->classes().classes()[1];
    events.clear();
    session->removeClass(removed.id);
    EXPECT_EQ(session->labels().histogram()[1], 0);
    EXPECT_THAT(eventsOf<LabelsChanged>(), SizeIs(2));
    EXPECT_THAT(eventsOf<ClassesChanged>(), SizeIs(1));
    session->undo();
    EXPECT_EQ(session->classes().classes()[1], removed);
    EXPECT_GT(session->labels().histogram()[1], 0);
    show(first);
    EXPECT_GT(session->labels().histogram()[1], 0);
    show(second);
}

TEST_F(SessionLabels, ARemovedImageLeavesTheScreenAndComesBack) {
    const ImageId id = addPicture("a.png");
    paintTwoClasses();
    session->removeImage(id);
    EXPECT_TRUE(session->images().empty());
    EXPECT_EQ(session->shownImage(), nullptr);
    session->undo();
    ASSERT_THAT(session->images(), SizeIs(1));
    show(id);
    EXPECT_GT(session->labels().histogram()[1], 0);
}

TEST_F(SessionLabels, WhereTheImageOnTheScreenIsRemovedItsNeighbourIsShown) {
    const ImageId first = addPicture("a.png");
    const ImageId second = addPicture("b.png");
    const ImageId third = addPicture("c.png");
    show(second);
    session->removeImage(second);
    EXPECT_TRUE(queue.runUntil([&] { return session->shownImage() && session->shownImage()->id == third; }));
    session->removeImage(first);
    EXPECT_EQ(session->shownImage()->id, third);
}

}  // namespace
}  // namespace finebrush
