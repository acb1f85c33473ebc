#include "core/project/database/project_database.h"

#include "core/project/database/blob.h"
#include "core/project/database/project_schema.h"
#include "core/project/database/tile_row.h"
#include "core/project/project_salvage.h"
#include "tests/core/project/written_project.h"
#include "tests/support/child_process.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <fstream>
#include <optional>
#include <random>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace finebrush {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using testing::TemporaryFolder;
using testing::viewOf;
using testing::writeFullProject;
using testing::WrittenProject;

std::vector<uint8_t> bytesOf(const std::filesystem::path& path) {
    return readFile(path).value();
}

TEST(ProjectDatabase, ReadsWhatWasWritten) {
    for (uint32_t seed = 0; seed < 8; ++seed) {
        const TemporaryFolder folder;
        const auto expected = writeFullProject(folder / "p.finebrush", seed);
        Result<ProjectDatabase::Opened> opened = ProjectDatabase::open(folder / "p.finebrush");
        ASSERT_TRUE(opened.has_value()) << describe(opened.error());
        const ProjectContents& contents = opened->contents;
        EXPECT_EQ(contents.lastRun->metrics, testing::makeRun().metrics);
        EXPECT_EQ(contents.lastRun->outcome.adapter, testing::makeRun().outcome.adapter);
        EXPECT_EQ(contents.lastRun->finishedAt, testing::makeRun().finishedAt);
        ASSERT_EQ(contents.predictions.size(), 1U);
        EXPECT_EQ(*contents.predictions.begin()->second->unpacked(),
                  testing::makePrediction(contents.images[0].record.id, {300, 270}, 1));
        EXPECT_EQ(contents.images[0].record.thumbnail.rgb(), (std::vector<uint8_t>{1, 2, 3, 4, 5, 6}));
        EXPECT_EQ(contents.images[0].record.fingerprint.bytes, 12345U);
        EXPECT_EQ(toText(contents.images[1].record.address()), "/elsewhere/2.nii.gz#coronal:17:2");
        EXPECT_FALSE(contents.images[0].record.slice);
        Project project(std::move(opened->contents), [](const ProjectWrites&) {});
        EXPECT_EQ(viewOf(project), expected) << "seed " << seed;
        EXPECT_EQ(project.setting("shown_image"), project.images()[0].record.id);
    }
}

TEST(ProjectDatabase, PredictedCellsAreKeptUntilTheNextRun) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "p.finebrush";
    const PixelSize size{1500, 700};
    LabelMap predicted(size);
    ImageId id;
    const auto reopened = [&] { return ProjectDatabase::open(path).value(); };
    {
        WrittenProject written(path);
        written.project.addImage(testing::makeRecord(size, folder / "map.tif"));
        id = written.project.images()[0].record.id;
        written.project.recordRun(testing::makeRun());
        for (const CellAddress& cell : cellsOf(size, 0)) {
            predicted.fill(coveredByCell(size, cell), static_cast<uint8_t>(cell.column));
            written.project.setPredictedCell({id, cell}, packCell(predicted, cell), DisplayMapping{10, 30});
            EXPECT_EQ(written.project.predictedCells(id)->areWhole(), cell.column == 1);
        }
        EXPECT_EQ(written.project.predictedCells(id)->labels, predicted);
    }
    {
        const ProjectDatabase::Opened opened = reopened();
        const PredictedCells& kept = opened.contents.predictedCells.at(id);
        EXPECT_EQ(kept.labels, predicted);
        EXPECT_TRUE(kept.areWhole());
        ASSERT_TRUE(writeProject(opened.contents, folder / "copy.finebrush").has_value());
    }
    {
        const ProjectDatabase::Opened copy = ProjectDatabase::open(folder / "copy.finebrush").value();
        EXPECT_EQ(copy.contents.predictedCells.at(id).labels, predicted);
        EXPECT_TRUE(copy.contents.predictedCells.at(id).areWhole());
        EXPECT_EQ(copy.contents.predictedCells.at(id).seenAs, (DisplayMapping{10, 30}));
    }
    {
        ProjectDatabase::Opened opened = reopened();
        Project project(std::move(opened.contents), [&](const ProjectWrites& writes) {
            EXPECT_TRUE(opened.database.write(std::span(&writes, 1)).has_value());
        });
        project.recordRun(testing::makeRun());
        EXPECT_EQ(project.predictedCells(id), nullptr);
    }
    EXPECT_TRUE(reopened().contents.predictedCells.empty());
}

TEST(ProjectDatabase, EarlierRunsStayInTheFileUntilTheyAreAskedFor) {
    const TemporaryFolder folder;
    const auto run = [](int steps) {
        AdaptationRun made = testing::makeRun();
        made.outcome.steps = steps;
        made.outcome.adapter["adapter_model.safetensors"].front() = static_cast<uint8_t>(steps);
        return made;
    };
    {
        WrittenProject written(folder / "p.finebrush");
        for (const int steps : {10, 20, 30}) written.project.recordRun(run(steps));
        ASSERT_TRUE(testing::copied(&written.database, {}, folder / "copy.finebrush"));
    }
    for (const char* name : {"p.finebrush", "copy.finebrush"}) {
        Result<ProjectDatabase::Opened> opened = ProjectDatabase::open(folder / name);
        ASSERT_TRUE(opened.has_value()) << describe(opened.error());
        const ProjectContents& contents = opened->contents;
        EXPECT_EQ(contents.lastRun, run(30));
        EXPECT_EQ(contents.lastRunNumber, 3);
        ASSERT_EQ(contents.earlierRuns.size(), 2U);
        EXPECT_EQ(contents.earlierRuns[1].number, 2);
        EXPECT_EQ(contents.earlierRuns[1].adapterBytes, 7);
        EXPECT_EQ(contents.earlierRuns[1].run, withoutBulk(run(20)));
        EXPECT_EQ(opened->database.earlierRun(1).value(), run(10));
        EXPECT_EQ(opened->database.earlierRun(2).value(), run(20));
        EXPECT_EQ(opened->database.earlierRun(9).error().code, ErrorCode::ProjectMalformed);
    }
    ProjectDatabase::Opened opened = ProjectDatabase::open(folder / "p.finebrush").value();
    const ProjectWrites writes = {RunWrite{4, std::make_shared<AdaptationRun>(run(40)), {1, 2}}};
    ASSERT_TRUE(opened.database.write(std::span(&writes, 1)).has_value());
    EXPECT_EQ(opened.database.earlierRun(1)->metrics, run(10).metrics);
    EXPECT_TRUE(opened.database.earlierRun(1)->outcome.adapter.empty()) << "given up";
    EXPECT_EQ(opened.database.earlierRun(3).value(), run(30));
}

TEST(ProjectDatabase, RunsOfBeforeEarlierAdaptersWereKeptAreStillThere) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "p.finebrush";
    {
        WrittenProject written(path);
        for (int i = 0; i < 2; ++i) written.project.recordRun(testing::makeRun());
    }
    SQLite::Database(utf8(path), SQLite::OPEN_READWRITE)
        .exec(
            "DROP TABLE earlier_adapter_files; ALTER TABLE images DROP COLUMN review;"
            " DROP TABLE predicted_tiles; DROP TABLE predicted_cells;"
            " ALTER TABLE predictions DROP COLUMN seen_as;"
            " PRAGMA user_version = 7");
    Result<ProjectDatabase::Opened> opened = ProjectDatabase::open(path);
    ASSERT_TRUE(opened.has_value()) << describe(opened.error());
    EXPECT_EQ(opened->contents.lastRun, testing::makeRun());
    ASSERT_EQ(opened->contents.earlierRuns.size(), 1U);
    EXPECT_EQ(opened->contents.earlierRuns[0].adapterBytes, 0);
    EXPECT_EQ(opened->database.earlierRun(1)->metrics, testing::makeRun().metrics);
    EXPECT_TRUE(opened->database.earlierRun(1)->outcome.adapter.empty());
}

TEST(ProjectDatabase, UndoGoesOnAfterReopening) {
    const TemporaryFolder folder;
    std::vector<testing::ProjectView> states;
    {
        WrittenProject written(folder / "p.finebrush");
        written.project.addImage(testing::makeRecord({300, 270}));
        std::mt19937 random(5);
        states.push_back(viewOf(written.project));
        while (states.size() < 12) {
            testing::doSomething(written.project, random);
            if (viewOf(written.project) != states.back()) states.push_back(viewOf(written.project));
        }
        for (int i = 0; i < 5; ++i) written.project.undo();
    }
    ProjectDatabase::Opened opened = ProjectDatabase::open(folder / "p.finebrush").value();
    Project project(std::move(opened.contents), [](const ProjectWrites&) {});
    for (size_t i = 7; i < states.size(); ++i) {
        project.redo();
        EXPECT_EQ(viewOf(project), states[i]);
    }
    for (size_t i = states.size(); i-- > 0;) {
        EXPECT_EQ(viewOf(project), states[i]);
        project.undo();
    }
}

TEST(ProjectDatabase, MarksOfImagesAreKeptAndUndoneAfterReopening) {
    const TemporaryFolder folder;
    const auto reviewsIn = [](const Project& project) { return viewOf(project).reviews; };
    {
        WrittenProject written(folder / "p.finebrush");
        for (const char* name : {"a.png", "b.png", "c.png"})
            written.project.addImage(testing::makeRecord({10, 10}, folder / name));
        const std::vector<ImageId> ids = viewOf(written.project).images;
        written.project.setReview({ids[0], ids[1]}, ReviewState::Done);
        written.project.setReview({ids[1]}, ReviewState::ToCheck);
        ASSERT_TRUE(testing::copied(&written.database, {}, folder / "copy.finebrush"));
    }
    for (const char* name : {"p.finebrush", "copy.finebrush"}) {
        {
            ProjectDatabase::Opened opened = ProjectDatabase::open(folder / name).value();
            Project project(std::move(opened.contents), [&](const ProjectWrites& writes) {
                EXPECT_TRUE(opened.database.write(std::span(&writes, 1)).has_value());
            });
            EXPECT_THAT(reviewsIn(project),
                        ElementsAre(ReviewState::Done, ReviewState::ToCheck, ReviewState::Open));
            project.undo();
        }
        Project again = testing::projectOf(ProjectDatabase::open(folder / name)->contents);
        EXPECT_THAT(reviewsIn(again), ElementsAre(ReviewState::Done, ReviewState::Done, ReviewState::Open));
        again.undo();
        EXPECT_THAT(reviewsIn(again), Each(ReviewState::Open));
        again.redo();
        again.redo();
        EXPECT_THAT(reviewsIn(again),
                    ElementsAre(ReviewState::Done, ReviewState::ToCheck, ReviewState::Open));
    }
}

TEST(ProjectDatabase, StepsOfLongAgoAreFetchedFromTheFile) {
    const TemporaryFolder folder;
    constexpr int kStrokes = 1500;
    {
        WrittenProject written(folder / "p.finebrush");
        written.project.addImage(testing::makeRecord({100, 100}));
        const ImageId image = written.project.images().front().record.id;
        for (int i = 0; i < kStrokes; ++i) {
            written.project.beginStroke(image, 1, 1, {i % 100 + 0.5, i / 100 + 0.5});
            written.project.finishPainting();
        }
        for (int i = 0; i < 3; ++i) written.project.undo();
    }
    ProjectDatabase::Opened opened = ProjectDatabase::open(folder / "p.finebrush").value();
    EXPECT_EQ(opened.contents.history.size(), kStrokes);
    EXPECT_LT(opened.contents.history.edits().size(), 400U) << "opening reads what is seldom needed";
    ProjectDatabase& database = opened.database;
    Project project(std::move(opened.contents), [&database](const ProjectWrites& writes) {
        EXPECT_TRUE(database.write(std::span(&writes, 1)).has_value());
    });
    project.setOlderEdits(
        [&](int64_t first, int64_t last) { project.takeOlder(database.edits(first, last)); });
    for (int left = kStrokes - 3; left > 0; --left) {
        ASSERT_EQ(project.images().front().labelledPixels(), left);
        ASSERT_TRUE(project.canUndo());
        project.undo();
    }
    EXPECT_FALSE(project.canUndo());
    EXPECT_EQ(project.images().front().labelledPixels(), 0);
    for (int i = 0; i < 40; ++i) project.redo();
    EXPECT_EQ(project.images().front().labelledPixels(), 40);
}

TEST(ProjectDatabase, HistoryBeginsWhereTheFileCanNoLongerBeRead) {
    const TemporaryFolder folder;
    {
        WrittenProject written(folder / "p.finebrush");
        written.project.addImage(testing::makeRecord({100, 100}));
        for (int i = 0; i < 300; ++i) written.project.addClass("a");
        const ImageId image = written.project.images().front().record.id;
        for (int i = 0; i < 300; ++i) {
            written.project.beginStroke(image, 1, 1, {i % 100 + 0.5, i / 100 + 0.5});
            written.project.finishPainting();
        }
    }
    SQLite::Database(utf8(folder / "p.finebrush"), SQLite::OPEN_READWRITE)
        .exec("UPDATE edits SET content = x'00' WHERE number = 2");
    ProjectDatabase::Opened opened = ProjectDatabase::open(folder / "p.finebrush").value();
    Project project = testing::projectOf(std::move(opened.contents));
    project.setOlderEdits(
        [&](int64_t first, int64_t last) { project.takeOlder(opened.database.edits(first, last)); });
    for (int steps = 0; project.canUndo() && steps < 1000; ++steps) project.undo();
    EXPECT_EQ(project.images().front().labelledPixels(), 100) << "what was read with the project is undone";
    EXPECT_FALSE(project.canUndo());
    project.addClass("goes on");
}

/// A project that was reopened after 300 strokes of a pixel each, with older edits that come when the test
/// wants.
class OlderEdits : public ::testing::Test {
  protected:
    OlderEdits() {
        {
            WrittenProject written(folder_ / "p.finebrush");
            written.project.addImage(testing::makeRecord({100, 100}));
            for (int i = 0; i < 300; ++i) paint(written.project, i);
        }
        opened_.emplace(ProjectDatabase::open(folder_ / "p.finebrush").value());
        project_.emplace(std::move(opened_->contents), [](const ProjectWrites&) {});
        project_->setOlderEdits([this](int64_t first, int64_t last) { asked_.emplace_back(first, last); });
    }

    static void paint(Project& project, int pixel) {
        project.beginStroke(project.images().front().record.id, 1, 1, {pixel % 100 + 0.5, pixel / 100 + 0.5});
        project.finishPainting();
    }
    void undo(int steps) {
        for (int i = 0; i < steps; ++i) project_->undo();
    }
    int64_t painted() const { return project_->images().front().labelledPixels(); }
    Result<EditList> answer() { return opened_->database.edits(asked_.back().first, asked_.back().second); }

    TemporaryFolder folder_;
    std::optional<ProjectDatabase::Opened> opened_;
    std::optional<Project> project_;
    std::vector<std::pair<int64_t, int64_t>> asked_;
};

TEST_F(OlderEdits, AreAskedForBeforeTheyAreNeeded) {
    undo(150);
    ASSERT_EQ(asked_, (std::vector<std::pair<int64_t, int64_t>>{{1, 100}}));
    paint(*project_, 9999);
    EXPECT_FALSE(project_->takeOlder(answer()));
    undo(151);
    EXPECT_EQ(painted(), 0);
    EXPECT_FALSE(project_->canUndo());
    while (project_->canRedo()) project_->redo();
    EXPECT_EQ(painted(), 151);
}

TEST_F(OlderEdits, AnUndoWaitsForThemAndIsDoneOnce) {
    undo(200);
    ASSERT_EQ(painted(), 100);
    EXPECT_TRUE(project_->canUndo());
    EXPECT_TRUE(project_->undo().labels.empty());
    EXPECT_FALSE(project_->canUndo());
    undo(3);
    EXPECT_EQ(painted(), 100);
    const auto undone = project_->takeOlder(answer());
    ASSERT_TRUE(undone && *undone);
    EXPECT_EQ((*undone)->labels.size(), 1U);
    EXPECT_EQ(painted(), 99);
    EXPECT_TRUE(project_->canUndo());
}

TEST_F(OlderEdits, AnUndoThatWaitsDoesNotTakeBackWhatIsDoneMeanwhile) {
    undo(201);
    paint(*project_, 9999);
    EXPECT_FALSE(project_->takeOlder(answer()));
    EXPECT_EQ(painted(), 101);
    undo(2);
    EXPECT_EQ(painted(), 99);
}

TEST_F(OlderEdits, AreAskedForAgainWhereTheyCouldNotBeRead) {
    undo(150);
    const Error error{ErrorCode::FileNotReadable, {"p"}, "Input/output error"};
    EXPECT_FALSE(project_->takeOlder(failure(error))) << "nobody needs them yet";
    undo(51);
    ASSERT_EQ(asked_.size(), 2U);
    const auto undone = project_->takeOlder(failure(error));
    ASSERT_TRUE(undone && !*undone);
    EXPECT_EQ(undone->error(), error);
    EXPECT_TRUE(project_->canUndo());
    undo(1);
    ASSERT_EQ(asked_.size(), 3U);
    ASSERT_TRUE(project_->takeOlder(answer()));
    EXPECT_EQ(painted(), 99);
}

/// Makes a project with an image below its folder "a", which is called "b" then.
void writeAndMove(const TemporaryFolder& folder) {
    std::filesystem::create_directories(folder / "a/images");
    std::ofstream(folder / "a/images/x.png") << "x";
    {
        WrittenProject written(folder / "a/p.finebrush");
        written.project.addImage(testing::makeRecord({10, 10}, folder / "a/images/x.png"));
    }
    std::filesystem::rename(folder / "a", folder / "b");
}

TEST(ProjectDatabase, ImagesMoveWithTheProject) {
    const TemporaryFolder folder;
    writeAndMove(folder);
    const auto opened = ProjectDatabase::open(folder / "b/p.finebrush");
    ASSERT_TRUE(opened.has_value());
    EXPECT_EQ(opened->contents.images[0].record.path, folder / "b/images/x.png");
}

TEST(ProjectDatabase, ACopyOfAProjectThatWasMovedFindsItsImages) {
    const TemporaryFolder folder;
    writeAndMove(folder);
    {
        auto opened = ProjectDatabase::open(folder / "b/p.finebrush");
        ASSERT_TRUE(opened.has_value()) << describe(opened.error());
        ASSERT_TRUE(testing::copied(&opened->database, {}, folder / "far/away/q.finebrush"));
    }
    {
        const auto copy = ProjectDatabase::open(folder / "far/away/q.finebrush");
        ASSERT_TRUE(copy.has_value()) << describe(copy.error());
        EXPECT_EQ(copy->contents.images[0].record.path, folder / "b/images/x.png");
    }
    std::filesystem::create_directories(folder / "moved");
    std::filesystem::rename(folder / "far", folder / "moved/far");
    std::filesystem::rename(folder / "b", folder / "moved/b");
    const auto again = ProjectDatabase::open(folder / "moved/far/away/q.finebrush");
    ASSERT_TRUE(again.has_value()) << describe(again.error());
    EXPECT_EQ(again->contents.images[0].record.path, folder / "moved/b/images/x.png");
}

TEST(ProjectDatabase, AFileOfAnotherLengthBesideTheProjectDoesNotStandForTheImage) {
    const TemporaryFolder folder;
    std::filesystem::create_directories(folder / "a");
    std::filesystem::create_directories(folder / "b");
    std::ofstream(folder / "a/x.png") << "labelled";
    ImageRecord record = testing::makeRecord({10, 10}, folder / "a/x.png");
    record.fingerprint.bytes = 8;
    WrittenProject(folder / "a/p.finebrush").project.addImage(record);
    std::filesystem::copy_file(folder / "a/p.finebrush", folder / "b/p.finebrush");
    const auto placeInCopy = [&] {
        return ProjectDatabase::open(folder / "b/p.finebrush")->contents.images[0].record.path;
    };
    std::ofstream(folder / "b/x.png") << "of another set";
    EXPECT_EQ(placeInCopy(), folder / "a/x.png");
    std::ofstream(folder / "b/x.png") << "8 bytes.";
    EXPECT_EQ(placeInCopy(), folder / "b/x.png");
    std::ofstream(folder / "b/x.png") << "written anew";
    std::filesystem::remove(folder / "a/x.png");
    EXPECT_EQ(placeInCopy(), folder / "b/x.png") << "there is no better one";
}

TEST(ProjectDatabase, AFileThatIsNoProjectIsRefusedUnaltered) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "p.finebrush";
    std::mt19937 random(1);
    std::string noise(20000, ' ');
    for (char& c : noise) c = static_cast<char>(random());
    for (const std::string& content :
         {std::string(), std::string("text\n"), noise, "SQLite format 3\0" + noise}) {
        ASSERT_TRUE(writeFileAtomically(path, content).has_value());
        const auto opened = ProjectDatabase::open(path);
        ASSERT_FALSE(opened.has_value());
        EXPECT_EQ(opened.error().code, ErrorCode::ProjectMalformed) << describe(opened.error());
        EXPECT_THAT(describe(opened.error()), ::testing::HasSubstr("p.finebrush"));
        EXPECT_EQ(bytesOf(path), std::vector<uint8_t>(content.begin(), content.end()));
    }
}

TEST(ProjectDatabase, OtherFilesAreRefusedByName) {
    const TemporaryFolder folder;
    EXPECT_EQ(ProjectDatabase::open(folder / "none").error().code, ErrorCode::FileMissing);
    EXPECT_EQ(ProjectDatabase::open(folder.path()).error().code, ErrorCode::NotARegularFile);
    {
        SQLite::Database other(utf8(folder / "other.db"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        other.exec("CREATE TABLE edits (number INTEGER)");
    }
    EXPECT_EQ(ProjectDatabase::open(folder / "other.db").error().code, ErrorCode::ProjectMalformed);
}

/// Makes a full project look as one of an older schema: without columns that came later.
testing::ProjectView writeOlderProject(const std::filesystem::path& path, int version,
                                       std::initializer_list<const char*> droppedColumns) {
    testing::ProjectView expected = writeFullProject(path, 3);
    ClassTable byPlace;
    for (LabelClass entry : expected.classes.classes()) {
        entry.key = defaultKey(byPlace.size());
        byPlace.insert(byPlace.size(), entry);
    }
    expected.classes = byPlace;
    SQLite::Database database(utf8(path), SQLite::OPEN_READWRITE);
    database.exec("ALTER TABLE images DROP COLUMN review");
    database.exec("ALTER TABLE predictions DROP COLUMN seen_as");
    for (const char* table : {"earlier_adapter_files", "predicted_tiles", "predicted_cells"})
        database.exec(std::string("DROP TABLE ") + table);
    database.exec("ALTER TABLE tiles DROP COLUMN counts; ALTER TABLE tiles DROP COLUMN checksum");
    database.exec("ALTER TABLE classes DROP COLUMN key");
    for (const char* column : droppedColumns) database.exec(std::string("ALTER TABLE ") + column);
    database.exec("PRAGMA user_version = " + std::to_string(version));
    return expected;
}

TEST(ProjectDatabase, AProjectOfTheFirstVersionIsBroughtUpToDate) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "p.finebrush";
    const testing::ProjectView expected =
        writeOlderProject(path, 1,
                          {"images DROP COLUMN display", "images DROP COLUMN slice",
                           "runs DROP COLUMN finished_at", "classes DROP COLUMN locked"});
    Result<ProjectDatabase::Opened> opened = ProjectDatabase::open(path);
    ASSERT_TRUE(opened.has_value()) << describe(opened.error());
    EXPECT_EQ(opened->contents.lastRun->finishedAt, 0);
    Project project(std::move(opened->contents), [](const ProjectWrites&) {});
    EXPECT_EQ(viewOf(project), expected);
    EXPECT_EQ(project.lastRun()->metrics, testing::makeRun().metrics);
}

TEST(ProjectDatabase, AProjectFromBeforeThereWereSlicesAndLocksGetsThem) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "p.finebrush";
    const testing::ProjectView expected = writeOlderProject(
        path, 2, {"images DROP COLUMN display", "images DROP COLUMN slice", "classes DROP COLUMN locked"});
    ImageRecord slice;
    {
        Result<ProjectDatabase::Opened> opened = ProjectDatabase::open(path);
        ASSERT_TRUE(opened.has_value()) << describe(opened.error());
        EXPECT_EQ(opened->contents.lastRun->finishedAt, testing::makeRun().finishedAt);
        slice = opened->contents.images[0].record;
        EXPECT_FALSE(slice.slice);
        Project project(std::move(opened->contents), [](const ProjectWrites&) {});
        EXPECT_EQ(viewOf(project), expected);
        slice.slice = SliceAddress{SliceView::Axial, 3, 0};
        const ProjectWrites writes = {ImageWrite{slice}};
        ASSERT_TRUE(opened->database.write(std::span(&writes, 1)).has_value());
    }
    EXPECT_EQ(ProjectDatabase::open(path)->contents.images[0].record.slice, slice.slice);
}

TEST(ProjectDatabase, AProjectFromBeforeThereWereDisplaysShowsItsImagesAsUsual) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "p.finebrush";
    const testing::ProjectView expected = writeOlderProject(path, 3, {"images DROP COLUMN display"});
    const DisplayMapping display{-160, 240.25, 1.3, true, std::array{3, 1, 0}, true};
    {
        Result<ProjectDatabase::Opened> opened = ProjectDatabase::open(path);
        ASSERT_TRUE(opened.has_value()) << describe(opened.error());
        EXPECT_FALSE(opened->contents.images[0].record.display);
        const ProjectWrites writes = {DisplayWrite{opened->contents.images[0].record.id, display}};
        ASSERT_TRUE(opened->database.write(std::span(&writes, 1)).has_value());
    }
    Result<ProjectDatabase::Opened> again = ProjectDatabase::open(path);
    EXPECT_EQ(again->contents.images[0].record.display, display);
    Project project(std::move(again->contents), [](const ProjectWrites&) {});
    EXPECT_EQ(viewOf(project), expected);
}

TEST(ProjectDatabase, AProjectFromBeforeClassesHadKeysGetsThoseOfTheirPlaces) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "p.finebrush";
    {
        WrittenProject written(path);
        for (int i = 0; i < 10; ++i) written.project.addClass("class");
        written.project.removeClass(ClassId(written.project.classes().classes()[4].id));
    }
    {
        SQLite::Database database(utf8(path), SQLite::OPEN_READWRITE);
        database.exec("ALTER TABLE images DROP COLUMN review");
        database.exec("ALTER TABLE predictions DROP COLUMN seen_as");
        for (const char* table : {"earlier_adapter_files", "predicted_tiles", "predicted_cells"})
            database.exec(std::string("DROP TABLE ") + table);
        database.exec("ALTER TABLE classes DROP COLUMN key");
        database.exec("PRAGMA user_version = 6");
    }
    const Result<ProjectDatabase::Opened> opened = ProjectDatabase::open(path);
    ASSERT_TRUE(opened.has_value()) << describe(opened.error());
    std::string keys;
    for (const LabelClass& entry : opened->contents.classes.classes()) keys += textOfKey(entry.key);
    EXPECT_EQ(keys, "1234567890");
    EXPECT_EQ(opened->contents.classes.size(), 11);
}

TEST(ProjectDatabase, AProjectFromBeforeImagesWereMarkedHasThemOpen) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "p.finebrush";
    const testing::ProjectView expected = writeFullProject(path, 3);
    SQLite::Database(utf8(path), SQLite::OPEN_READWRITE)
        .exec(
            "ALTER TABLE images DROP COLUMN review; DROP TABLE predicted_tiles;"
            " DROP TABLE predicted_cells; ALTER TABLE predictions DROP COLUMN seen_as; PRAGMA user_version = "
            "8");
    {
        Result<ProjectDatabase::Opened> opened = ProjectDatabase::open(path);
        ASSERT_TRUE(opened.has_value()) << describe(opened.error());
        const ProjectWrites writes = {ReviewWrite{opened->contents.images[0].record.id, ReviewState::Done}};
        ASSERT_TRUE(opened->database.write(std::span(&writes, 1)).has_value());
        EXPECT_EQ(viewOf(testing::projectOf(std::move(opened->contents))), expected);
    }
    EXPECT_EQ(ProjectDatabase::open(path)->contents.images[0].record.review, ReviewState::Done);
}

TEST(ProjectDatabase, AProjectFromBeforeTilesHadChecksumsGetsThem) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "p.finebrush";
    const testing::ProjectView expected = writeOlderProject(path, 5, {});
    for (const char* when : {"before", "after"}) {
        Result<ProjectDatabase::Opened> opened = ProjectDatabase::open(path);
        ASSERT_TRUE(opened.has_value()) << when << ": " << describe(opened.error());
        EXPECT_EQ(viewOf(testing::projectOf(std::move(opened->contents))), expected) << when;
    }
    SQLite::Database database(utf8(path), SQLite::OPEN_READONLY);
    EXPECT_GT(database.execAndGet("SELECT count(*) FROM tiles").getInt(), 0);
    EXPECT_EQ(database.execAndGet("SELECT count(*) FROM tiles WHERE checksum = 0").getInt(), 0);
}

TEST(ProjectDatabase, ADamagedProjectFromBeforeTilesHadChecksumsIsRefusedUnaltered) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "p.finebrush";
    writeOlderProject(path, 5, {});
    SQLite::Database(utf8(path), SQLite::OPEN_READWRITE).exec("UPDATE tiles SET labels = x'0001'");
    const std::vector<uint8_t> before = bytesOf(path);
    EXPECT_EQ(ProjectDatabase::open(path).error().code, ErrorCode::ProjectMalformed);
    EXPECT_EQ(bytesOf(path), before);
}

TEST(ProjectDatabase, OpeningUnpacksNoTile) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "p.finebrush";
    ImageId image;
    {
        WrittenProject written(path);
        written.project.addImage(testing::makeRecord({300, 200}));
        image = written.project.images().front().record.id;
        written.project.beginStroke(image, 1, 20, {30, 100});
        written.project.finishPainting();
    }
    std::vector<uint8_t> labels(100, 7);  // what cannot be unpacked, under the length of a tile
    std::ranges::copy(std::array<uint8_t, 8>{0, 0, 1}, labels.begin());
    LabelCounts counts;
    counts.add(1, 1234);
    {
        SQLite::Database database(utf8(path), SQLite::OPEN_READWRITE);
        SQLite::Statement update(database, "UPDATE tiles SET labels = ?, counts = ?, checksum = ?");
        bindBlob(update, 1, labels);
        bindBlob(update, 2, packCounts(counts));
        update.bind(3, int64_t{tileChecksum(image, {0, 0}, labels, packCounts(counts))});
        update.exec();
    }
    const Result<ProjectDatabase::Opened> opened = ProjectDatabase::open(path);
    ASSERT_TRUE(opened.has_value()) << describe(opened.error());
    EXPECT_EQ(opened->contents.images.front().counts, counts);
    EXPECT_EQ(opened->contents.images.front().labels.at(30, 100), kUnlabelled);
}

TEST(ProjectDatabase, TilesOfOneClassAreSharedOnceAProjectIsOpened) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "p.finebrush";
    {
        WrittenProject written(path);
        written.project.addImage(testing::makeRecord({600, 300}));
        const ProjectImage& image = written.project.images().front();
        const PixelRegion region = PixelRegion::ofRect({0, 0, 560, 300}, image.record.size);
        written.project.previewFill(image.record.id, region, 1);
        written.project.finishPainting();
    }
    const Result<ProjectDatabase::Opened> opened = ProjectDatabase::open(path);
    ASSERT_TRUE(opened.has_value()) << describe(opened.error());
    LabelMap expected({600, 300});
    expected.fill({0, 0, 560, 300}, 1);
    const LabelMap& labels = opened->contents.images.front().labels;
    EXPECT_TRUE(labels.sharesTile(expected, 0, 0)) << "without being unpacked";
    EXPECT_TRUE(labels.sharesTile(expected, 1, 0));
    EXPECT_EQ(labels, expected);
    EXPECT_EQ(opened->contents.images.front().counts.of(1), 560 * 300);
}

TEST(ProjectDatabase, AProjectOfANewerVersionIsRefusedUnaltered) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "p.finebrush";
    writeFullProject(path, 1);
    {
        SQLite::Database database(utf8(path), SQLite::OPEN_READWRITE);
        database.exec("PRAGMA user_version = " + std::to_string(currentSchemaVersion() + 1));
    }
    const std::vector<uint8_t> before = bytesOf(path);
    EXPECT_EQ(ProjectDatabase::open(path).error().code, ErrorCode::ProjectTooNew);
    EXPECT_EQ(bytesOf(path), before);
}

TEST(ProjectDatabase, DamagedFilesAreRefusedUnalteredOrRead) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "p.finebrush";
    writeFullProject(path, 2);
    const std::vector<uint8_t> sound = bytesOf(path);
    std::mt19937 random(6);
    int refused = 0;
    for (int round = 0; round < 400; ++round) {
        std::vector<uint8_t> damaged = sound;
        if (round % 4 == 0) damaged.resize(random() % damaged.size());
        for (uint32_t flips = random() % 30; flips > 0 && !damaged.empty(); --flips) {
            damaged[random() % damaged.size()] = static_cast<uint8_t>(random());
        }
        deleteProjectFile(path);
        ASSERT_TRUE(writeFileAtomically(path, damaged).has_value());
        const auto opened = ProjectDatabase::open(path);
        if (opened) continue;
        ++refused;
        EXPECT_EQ(bytesOf(path), damaged) << "round " << round;
    }
    EXPECT_GT(refused, 100);
}

TEST(ProjectDatabase, TheStructureOfALargeFileIsCheckedWhenItIsAskedFor) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "p.finebrush";
    writeFullProject(path, 2);
    {
        Result<ProjectDatabase::Opened> opened = ProjectDatabase::open(path, 0);
        ASSERT_TRUE(opened.has_value()) << describe(opened.error());
        EXPECT_FALSE(opened->database.isChecked());
        EXPECT_EQ(opened->database.check(), true);
        EXPECT_TRUE(opened->database.isChecked());
    }
    EXPECT_TRUE(ProjectDatabase::open(path)->database.isChecked());
    testing::damageTileIndex(path);
    const std::vector<uint8_t> before = bytesOf(path);
    EXPECT_EQ(ProjectDatabase::open(path).error().code, ErrorCode::ProjectMalformed);
    {
        Result<ProjectDatabase::Opened> opened = ProjectDatabase::open(path, 0);
        ASSERT_TRUE(opened.has_value()) << describe(opened.error());
        const Result<bool> checked = opened->database.check();
        ASSERT_FALSE(checked.has_value());
        EXPECT_EQ(checked.error().code, ErrorCode::ProjectMalformed);
    }
    EXPECT_EQ(bytesOf(path), before);
}

/// Runs a statement on a sound project and opens the result.
class TamperedProject : public ::testing::TestWithParam<const char*> {};

TEST_P(TamperedProject, IsRefused) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "p.finebrush";
    writeFullProject(path, 3);
    SQLite::Database(utf8(path), SQLite::OPEN_READWRITE).exec(GetParam());
    const std::vector<uint8_t> before = bytesOf(path);
    const auto opened = ProjectDatabase::open(path);
    ASSERT_FALSE(opened.has_value()) << GetParam();
    EXPECT_EQ(opened.error().code, ErrorCode::ProjectMalformed);
    EXPECT_EQ(bytesOf(path), before);
}

INSTANTIATE_TEST_SUITE_P(
    Tampers, TamperedProject,
    ::testing::Values(
        "DROP TABLE tiles", "DELETE FROM images", "UPDATE images SET width = 2147483647",
        "UPDATE images SET width = -1", "UPDATE images SET id = '../../etc/passwd' WHERE position = 1",
        "UPDATE tiles SET labels = x'0001'", "UPDATE tiles SET checksum = checksum + 1",
        "UPDATE tiles SET counts = x'0001000000'", "UPDATE tiles SET counts = CAST(counts || x'00' AS BLOB)",
        "UPDATE tiles SET labels = CAST(labels || x'00' AS BLOB)",
        "UPDATE tiles SET tile_column = tile_column + 77", "UPDATE edits SET content = x'00'",
        "UPDATE edits SET number = number + 1000", "UPDATE edits SET undone = 1 - undone",
        "UPDATE classes SET value = 254 WHERE position = 0", "UPDATE classes SET colour = 'red'",
        "DELETE FROM classes", "UPDATE predictions SET width = width + 1",
        "UPDATE predictions SET mask = x''", "UPDATE runs SET metrics = x'ffffffff00'",
        "UPDATE runs SET outcome = request", "UPDATE images SET thumbnail_width = 40000",
        "UPDATE images SET slice = 'axial:-3'", "UPDATE images SET review = 'perhaps'"));

TEST(ProjectDatabase, TheSecondWindowFindsTheProjectInUse) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "p.finebrush";
    writeFullProject(path, 4);
    EXPECT_FALSE(isProjectInUse(path));
    const auto opened = ProjectDatabase::open(path);
    ASSERT_TRUE(opened.has_value());
    EXPECT_TRUE(isProjectInUse(path));
    EXPECT_EQ(ProjectDatabase::open(path).error().code, ErrorCode::ProjectInUse);

    const pid_t child = ::fork();
    if (child == 0) {
        const auto second = ProjectDatabase::open(path);
        ::_exit(!second && second.error().code == ErrorCode::ProjectInUse ? 0 : 1);
    }
    int status = -1;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

TEST(ProjectDatabase, StaysInUseWhereSomethingElseInTheProcessReadsTheFile) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "p.finebrush";
    writeFullProject(path, 4);
    testing::ProjectHolder first(path, [&] { std::ifstream(path).get(); });  // with it go the locks of SQLite
    ASSERT_TRUE(first.holds());
    EXPECT_TRUE(isProjectInUse(path));
    EXPECT_EQ(ProjectDatabase::open(path).error().code, ErrorCode::ProjectInUse);
    first.kill();
    EXPECT_FALSE(isProjectInUse(path));
    EXPECT_TRUE(ProjectDatabase::open(path).has_value());
}

TEST(ProjectDatabase, AFileThatWasDeletedIsNotWrittenToInSilence) {
    const TemporaryFolder folder;
    WrittenProject written(folder / "p.finebrush");
    std::filesystem::remove(folder / "p.finebrush");
    const ProjectWrites writes = {SettingWrite{"key", "value"}};
    const auto outcome = written.database.write(std::span(&writes, 1));
    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().code, ErrorCode::FileMissing);
}

}  // namespace
}  // namespace finebrush
