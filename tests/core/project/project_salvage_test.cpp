#include "core/project/project_salvage.h"

#include "core/project/project_check.h"
#include "tests/core/project/written_project.h"
#include "tests/support/child_process.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <csignal>
#include <random>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using testing::TemporaryFolder;
using testing::viewOf;
using testing::writeFullProject;
using testing::WrittenProject;

/// A folder with a project, and one for copies.
struct SalvageTest : ::testing::Test {
    std::vector<uint8_t> bytes() const { return readFile(path).value(); }
    Result<SalvagedProject> salvage() const { return salvageProject(path, scratch); }
    void run(const std::string& statement) const {
        SQLite::Database(utf8(path), SQLite::OPEN_READWRITE).exec(statement);
    }
    void replaceBytes(const std::vector<uint8_t>& bytes) const {
        deleteProjectFile(path);
        ASSERT_TRUE(writeFileAtomically(path, bytes).has_value());
    }

    TemporaryFolder folder;
    std::filesystem::path path = folder / "p.finebrush";
    std::filesystem::path scratch = folder / "scratch";
};
using ProjectSalvage = SalvageTest;

TEST_F(ProjectSalvage, ASoundProjectIsReadWholeAndWrittenAgain) {
    const testing::ProjectView expected = writeFullProject(path, 11);
    const std::vector<uint8_t> before = bytes();
    const auto salvaged = salvage();
    ASSERT_TRUE(salvaged.has_value()) << describe(salvaged.error());
    EXPECT_TRUE(salvaged->isSound()) << salvaged->verdict << ::testing::PrintToString(salvaged->lost);
    ASSERT_TRUE(writeProject(salvaged->contents, folder / "copy.finebrush").has_value());
    EXPECT_EQ(bytes(), before);
    EXPECT_TRUE(std::filesystem::is_empty(scratch));

    Project original = testing::projectOf(ProjectDatabase::open(path)->contents);
    Project copy = testing::projectOf(ProjectDatabase::open(folder / "copy.finebrush")->contents);
    EXPECT_EQ(viewOf(copy), expected);
    EXPECT_EQ(copy.lastRun(), original.lastRun());
    EXPECT_EQ(copy.predictions().size(), original.predictions().size());
    EXPECT_EQ(copy.setting("shown_image"), original.setting("shown_image"));
    while (original.canRedo()) original.redo();
    while (copy.canRedo()) copy.redo();
    while (original.canUndo()) {
        ASSERT_EQ(viewOf(copy), viewOf(original));
        original.undo();
        copy.undo();
    }
    EXPECT_FALSE(copy.canUndo());
}

TEST_F(ProjectSalvage, EveryRunIsWrittenAgainWithItsAdapter) {
    AdaptationRun earlier = testing::makeRun();
    earlier.outcome.steps = 10;
    earlier.outcome.adapter["adapter_model.safetensors"] = {7};
    {
        WrittenProject written(path);
        written.project.recordRun(earlier);
        written.project.recordRun(testing::makeRun());
    }
    const auto salvaged = salvage();
    ASSERT_TRUE(salvaged.has_value()) << describe(salvaged.error());
    EXPECT_TRUE(salvaged->isSound());
    ASSERT_TRUE(writeProject(salvaged->contents, folder / "copy.finebrush").has_value());
    Result<ProjectDatabase::Opened> copy = ProjectDatabase::open(folder / "copy.finebrush");
    ASSERT_TRUE(copy.has_value()) << describe(copy.error());
    EXPECT_EQ(copy->contents.lastRun, testing::makeRun());
    ASSERT_EQ(copy->contents.earlierRuns.size(), 1U);
    EXPECT_EQ(copy->database.earlierRun(copy->contents.earlierRuns[0].number).value(), earlier);
}

TEST_F(ProjectSalvage, NoClassIsMadeUpForLabelsOfARemovedImage) {
    testing::ProjectView before;
    {
        WrittenProject written(path);
        Project& project = written.project;
        project.addImage(testing::makeRecord({60, 40}));
        project.addImage(testing::makeRecord({60, 40}, "/nowhere/other.png"));
        project.addClass("scratch");
        const LabelClass scratch = project.classes().classes().back();
        const ImageId image = project.images()[0].record.id;
        project.beginStroke(image, scratch.value, 9, {20, 20});
        project.finishPainting();
        before = viewOf(project);
        project.removeImage(image);
        project.removeClass(scratch.id);
    }
    const auto salvaged = salvage();
    ASSERT_TRUE(salvaged.has_value()) << describe(salvaged.error());
    EXPECT_TRUE(salvaged->isSound()) << salvaged->verdict << ::testing::PrintToString(salvaged->lost);
    Project project = testing::projectOf(salvaged->contents);
    project.undo();
    project.undo();
    EXPECT_EQ(viewOf(project), before) << "the class comes back with the image";
}

TEST_F(ProjectSalvage, WhateverBytesAreDamagedTheRestIsReadAndTheFileStaysAsItIs) {
    writeFullProject(path, 2);
    const std::vector<uint8_t> sound = bytes();
    std::mt19937 random(7);
    int read = 0, rounds = 0;
    const auto attempt = [&](const std::vector<uint8_t>& damaged) {
        ++rounds;
        replaceBytes(damaged);
        const auto salvaged = salvage();
        EXPECT_EQ(bytes(), damaged) << "round " << rounds;
        if (!salvaged) return;
        ++read;
        const std::filesystem::path copy = folder / "copy.finebrush";
        deleteProjectFile(copy);
        const auto written = writeProject(salvaged->contents, copy);
        ASSERT_TRUE(written.has_value()) << "round " << rounds << ": " << describe(written.error());
        const auto reopened = checkProject(copy);
        ASSERT_TRUE(reopened.has_value()) << "round " << rounds << ": " << describe(reopened.error());
        EXPECT_TRUE(reopened->isSound()) << "round " << rounds;
    };
    for (int round = 0; round < 60; ++round) {  // a stretch of bytes is gone
        std::vector<uint8_t> damaged = sound;
        const size_t at = random() % damaged.size();
        const size_t end = std::min(damaged.size(), at + 1 + random() % 3000);
        for (size_t i = at; i < end; ++i) damaged[i] = static_cast<uint8_t>(random());
        attempt(damaged);
    }
    const int readOfDamaged = read;
    EXPECT_GT(readOfDamaged, 45) << "of 60";
    for (int round = 0; round < 40; ++round) {  // the end is gone
        std::vector<uint8_t> cut = sound;
        cut.resize(sound.size() * static_cast<size_t>(round) / 40);
        attempt(cut);
    }
    EXPECT_GT(read - readOfDamaged, 15) << "of 40";
    EXPECT_TRUE(std::filesystem::is_empty(scratch));
}

TEST_F(ProjectSalvage, ADamagedHeaderCostsNothing) {
    const testing::ProjectView expected = writeFullProject(path, 3);
    std::vector<uint8_t> damaged = bytes();
    std::fill_n(damaged.begin(), 24, uint8_t{0});
    replaceBytes(damaged);
    ASSERT_FALSE(ProjectDatabase::open(path).has_value());
    const auto salvaged = salvage();
    ASSERT_TRUE(salvaged.has_value()) << describe(salvaged.error());
    EXPECT_EQ(viewOf(testing::projectOf(salvaged->contents)), expected);
}

TEST_F(ProjectSalvage, WhatIsDamagedInTheFirstPageCostsNothingElse) {
    const testing::ProjectView expected = writeFullProject(path, 3);
    const std::vector<uint8_t> sound = bytes();
    const auto expectWhole = [&](const std::vector<uint8_t>& damaged, const char* what) {
        replaceBytes(damaged);
        const auto salvaged = salvage();
        ASSERT_TRUE(salvaged.has_value()) << what << ": " << describe(salvaged.error());
        EXPECT_EQ(viewOf(testing::projectOf(salvaged->contents)), expected) << what;
        EXPECT_FALSE(salvaged->isSound()) << what;
    };
    std::vector<uint8_t> damaged = sound;
    std::fill_n(damaged.begin(), 4096, uint8_t{0});
    expectWhole(damaged, "all of it is gone");
    damaged = sound;
    std::fill_n(damaged.begin() + 100, 8, uint8_t{0});
    expectWhole(damaged, "the head of its tree is gone");
    damaged = sound;
    const std::string word = "CREATE TABLE images";
    const auto found = std::search(damaged.begin(), damaged.begin() + 4096, word.begin(), word.end());
    ASSERT_NE(found, damaged.begin() + 4096);
    *found ^= 0x40;
    expectWhole(damaged, "a letter of the schema is another");
    damaged = sound;
    damaged[60] = 1;
    expectWhole(damaged, "the version is absurd");
    EXPECT_TRUE(std::filesystem::is_empty(scratch));
}

TEST_F(ProjectSalvage, LostLabelsCostTheStepsThatLeadToThemButNoOtherLabels) {
    {
        WrittenProject written(path);
        written.project.addImage(testing::makeRecord({600, 200}));
        const ImageId image = written.project.images().front().record.id;
        for (const double x : {100.0, 300.0, 550.0}) {
            written.project.beginStroke(image, 1, 20, {x, 100});
            written.project.finishPainting();
        }
    }
    run("UPDATE tiles SET labels = x'0001' WHERE tile_column = 1");
    const auto salvaged = salvage();
    ASSERT_TRUE(salvaged.has_value());
    EXPECT_THAT(salvaged->lost, ElementsAre(Pair("tiles", 1)));
    const LabelMap& labels = salvaged->contents.images.front().labels;
    EXPECT_EQ(labels.at(100, 100), 1);
    EXPECT_EQ(labels.at(300, 100), kUnlabelled);
    EXPECT_EQ(labels.at(550, 100), 1);
    EXPECT_FALSE(salvaged->contents.history.canUndo());
}

TEST_F(ProjectSalvage, LabelsThatCanBeReadAreNotGivenUpForTheirChecksum) {
    const testing::ProjectView expected = writeFullProject(path, 12);
    run("UPDATE tiles SET checksum = checksum + 1, counts = x'0001000000'");
    ASSERT_FALSE(ProjectDatabase::open(path).has_value());
    const auto salvaged = salvage();
    ASSERT_TRUE(salvaged.has_value());
    EXPECT_FALSE(salvaged->isSound());
    EXPECT_TRUE(salvaged->contents.history.canUndo());
    EXPECT_EQ(viewOf(testing::projectOf(salvaged->contents)), expected);
}

TEST_F(ProjectSalvage, AGapInTheJournalCostsOnlyTheStepsBeforeIt) {
    {
        WrittenProject written(path);
        written.project.addImage(testing::makeRecord({50, 50}));
        for (int i = 0; i < 9; ++i) written.project.addClass("class");
    }
    run("UPDATE edits SET content = x'00' WHERE number = 4");
    const auto salvaged = salvage();
    ASSERT_TRUE(salvaged.has_value());
    EXPECT_EQ(salvaged->contents.classes.size(), 11);
    EXPECT_EQ(salvaged->contents.history.size(), 5);
    EXPECT_THAT(salvaged->lost, ElementsAre(Pair("edits", 4)));
}

TEST_F(ProjectSalvage, LabelsWhoseClassIsGoneGetANewOne) {
    const testing::ProjectView expected = writeFullProject(path, 12);
    run("DELETE FROM classes");
    const auto salvaged = salvage();
    ASSERT_TRUE(salvaged.has_value());
    for (const ProjectImage& image : salvaged->contents.images) {
        const auto counts = image.labels.histogram();
        for (size_t value = 0; value < kUnlabelled; ++value) {
            if (counts[value] == 0) continue;
            EXPECT_TRUE(salvaged->contents.classes.findValue(static_cast<uint8_t>(value)));
        }
    }
    EXPECT_EQ(viewOf(testing::projectOf(salvaged->contents)).labels, expected.labels);
}

TEST_F(ProjectSalvage, AnImageSurvivesItsThumbnail) {
    writeFullProject(path, 5);
    run("UPDATE images SET thumbnail = x'00'");
    EXPECT_EQ(salvage()->contents.images.size(), 2U);
}

TEST_F(ProjectSalvage, MarksOfImagesAreReadAndOneThatIsDamagedCostsNothingElse) {
    {
        WrittenProject written(path);
        for (const char* name : {"a.png", "b.png"})
            written.project.addImage(testing::makeRecord({50, 50}, folder / name));
        written.project.setReview(viewOf(written.project).images, ReviewState::ToCheck);
    }
    run("UPDATE images SET review = 'perhaps' WHERE position = 1");
    const auto salvaged = salvage();
    ASSERT_TRUE(salvaged.has_value()) << describe(salvaged.error());
    ASSERT_TRUE(writeProject(salvaged->contents, folder / "copy.finebrush").has_value());
    Project copy = testing::projectOf(ProjectDatabase::open(folder / "copy.finebrush")->contents);
    EXPECT_THAT(viewOf(copy).reviews, ElementsAre(ReviewState::Open, ReviewState::ToCheck));
    EXPECT_TRUE(copy.canUndo());

    run("ALTER TABLE images DROP COLUMN review; PRAGMA user_version = 8");
    EXPECT_EQ(salvage()->contents.images.size(), 2U) << "from before images were marked";
}

TEST_F(ProjectSalvage, AProjectThatIsBeingWrittenIsReadAsItWasLastCommitted) {
    int toParent[2], toChild[2];
    ASSERT_EQ(::pipe(toParent), 0);
    ASSERT_EQ(::pipe(toChild), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        WrittenProject written(path);
        written.project.addImage(testing::makeRecord({50, 50}));
        for (int i = 0; i < 9; ++i) written.project.addClass("class");
        char signal = 'x';
        if (::write(toParent[1], &signal, 1) != 1 || ::read(toChild[0], &signal, 1) != 1) ::_exit(1);
        written.project.addClass("after the copy");
        ::_exit(0);
    }
    char signal = 0;
    ASSERT_EQ(::read(toParent[0], &signal, 1), 1);
    const auto salvaged = salvage();
    EXPECT_TRUE(isProjectInUse(path)) << "the lock of the other process is gone";
    ASSERT_EQ(::write(toChild[1], &signal, 1), 1);
    int status = -1;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0) << "the other window could no longer write";
    ASSERT_TRUE(salvaged.has_value()) << describe(salvaged.error());
    EXPECT_TRUE(salvaged->isSound());
    EXPECT_EQ(salvaged->contents.classes.size(), 11);
}

TEST_F(ProjectSalvage, WhatIsNoProjectOrANewerOneIsRefused) {
    ASSERT_TRUE(writeFileAtomically(path, "just a text").has_value());
    EXPECT_EQ(salvage().error().code, ErrorCode::ProjectMalformed);
    EXPECT_EQ(salvageProject(folder / "none", scratch).error().code, ErrorCode::FileMissing);
    deleteProjectFile(path);
    writeFullProject(path, 1);
    run("PRAGMA user_version = 1000");
    EXPECT_EQ(salvage().error().code, ErrorCode::ProjectTooNew);
}

using ProjectCheck = SalvageTest;

TEST_F(ProjectCheck, TellsWhatAProjectHolds) {
    {
        WrittenProject written(path);
        written.project.addImage(testing::makeRecord({50, 50}, folder / "gone.png"));
        written.project.addImage(testing::makeRecord({50, 50}, path));
        written.project.setReview({written.project.images()[0].record.id}, ReviewState::Done);
        written.project.setReview({written.project.images()[1].record.id}, ReviewState::ToCheck);
        for (int i = 0; i < 3; ++i) written.project.addClass("class");
        written.project.undo();
        written.project.beginStroke(written.project.images()[0].record.id, 1, 1, {3.5, 3.5});
        written.project.finishPainting();
        written.project.undo();
    }
    const auto report = checkProject(path);
    ASSERT_TRUE(report.has_value()) << describe(report.error());
    EXPECT_TRUE(report->isSound());
    EXPECT_THAT(folder.names(), ::testing::Each(::testing::Not(::testing::HasSubstr("p.finebrush-"))));
    EXPECT_FALSE(report->isInUse);
    EXPECT_EQ(report->images, 2);
    EXPECT_EQ(report->classes, 4);
    EXPECT_EQ(report->edits, 5);
    EXPECT_EQ(report->undoneEdits, 1);
    EXPECT_EQ(report->doneImages, 1);
    EXPECT_EQ(report->imagesToCheck, 1);
    EXPECT_EQ(report->labelledPixels, 0);
    EXPECT_THAT(report->missingFiles, ElementsAre(folder / "gone.png"));
}

TEST_F(ProjectCheck, RepairWritesACopyThatIsSoundAndNeverOverAFile) {
    writeFullProject(path, 5);
    run("UPDATE tiles SET labels = x'0001' WHERE rowid = 1");
    const std::vector<uint8_t> before = bytes();
    EXPECT_FALSE(checkProject(path)->isSound());
    EXPECT_EQ(repairProject(path, path).error().code, ErrorCode::OptionInvalid);
    ASSERT_TRUE(repairProject(path, folder / "repaired.finebrush").has_value());
    EXPECT_TRUE(checkProject(folder / "repaired.finebrush")->isSound());
    EXPECT_TRUE(ProjectDatabase::open(folder / "repaired.finebrush").has_value());
    EXPECT_EQ(bytes(), before);
}

}  // namespace
}  // namespace finebrush
