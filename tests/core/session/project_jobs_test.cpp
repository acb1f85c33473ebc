#include "core/session/project_jobs.h"

#include "tests/core/project/written_project.h"
#include "tests/core/session/session_fixture.h"
#include "tests/support/child_process.h"

namespace finebrush {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

/// Sessions that open a project which cannot be worked on where it is.
class ProjectCopies : public testing::SessionTest {
  protected:
    /// Each attempt ends in one sentence.
    void expectNothingCanBeChanged() {
        const ClassTable classes = session->classes();
        const size_t images = session->images().size();
        LabelClass renamed = classes.classes()[0];
        renamed.name = "renamed";
        const ImageId image = session->images()[0].id;
        const std::vector<std::function<void()>> attempts = {
            [&] { session->addClass("x"); },
            [&] { session->updateClass(renamed); },
            [&] { session->removeClass(renamed.id); },
            [&] { session->removeImage(image); },
            [&] {
                session->beginStroke(0, 5, {5, 5});
            },
            [&] { session->addImages({folder / "x.png"}); },
            [&] { session->importLabels({folder / "x.png"}); },
            [&] { session->copyLabelsFromPrevious(); },
            [&] { session->copyLabelsFromNext(); },
            [&] { session->interpolateSlices(); },
            [&] { session->undo(); },
            [&] { session->redo(); },
            [&] { session->adapt({}); },
            [&] { session->acceptPrediction(true); }};
        for (size_t i = 0; i < attempts.size(); ++i) {
            events.clear();
            attempts[i]();
            EXPECT_THAT(noticed(), ElementsAre(ErrorCode::ProjectReadOnly)) << "attempt " << i;
        }
        EXPECT_EQ(session->classes(), classes);
        EXPECT_EQ(session->images().size(), images);
        LabelClass hidden = classes.classes()[0];
        hidden.visible = !hidden.visible;
        events.clear();
        session->updateClass(hidden);
        EXPECT_THAT(noticed(), IsEmpty()) << "what is shown may be chosen";
        session->updateClass(classes.classes()[0]);
    }

    const std::filesystem::path path = folder / "p.finebrush";
};

TEST_F(ProjectCopies, ADamagedProjectOpensAsACopyAndIsNeverReplaced) {
    testing::writeFullProject(path, 4);
    SQLite::Database(utf8(path), SQLite::OPEN_READWRITE).exec("UPDATE tiles SET labels = x'0001'");
    const auto before = readFile(path).value();
    open(path);
    ASSERT_TRUE(waitFor<Notice>());
    EXPECT_THAT(noticed(), Contains(ErrorCode::ProjectDamagedCopied));
    EXPECT_TRUE(session->projectPath().empty());
    EXPECT_EQ(session->copiedFrom(), path);
    EXPECT_FALSE(session->images().empty());

    events.clear();
    session->saveProjectAs(path);
    ASSERT_TRUE(waitFor<Notice>());
    EXPECT_THAT(noticed().back(), ErrorCode::ProjectOverOriginal);
    EXPECT_EQ(readFile(path).value(), before);
    saveAs(folder / "rescued.finebrush");
    EXPECT_TRUE(session->copiedFrom().empty());
    EXPECT_EQ(session->projectPath(), folder / "rescued.finebrush");
}

TEST_F(ProjectCopies, ACopyThatWasNotChangedLeavesNothingBehind) {
    testing::writeFullProject(path, 4);
    SQLite::Database(utf8(path), SQLite::OPEN_READWRITE).exec("UPDATE tiles SET labels = x'0001'");
    open(path);
    restart();
    EXPECT_THAT(recoverable(), IsEmpty());
    open(path);
    session->addClass("a change");
    restart();
    ASSERT_EQ(recoverable().size(), 1U);
    open(recoverable().front());
    restart();
    EXPECT_EQ(recoverable().size(), 1U) << "looking at it again must not delete it";
}

TEST_F(ProjectCopies, ALargeProjectInWhichDamageIsFoundLaterGoesOnAsACopy) {
    {
        testing::WrittenProject written(path);
        written.project.addImage(testing::makeRecord({300, 200}, folder / "a.png"));
        const ImageId image = written.project.images().front().record.id;
        for (int i = 0; i < 250; ++i) {
            written.project.beginStroke(image, 1, 1, {i + 0.5, 100.5});
            written.project.finishPainting();
        }
        written.project.setSetting("large", std::string(ProjectDatabase::kCheckedAtOnce, 'x'));
    }
    testing::damageTileIndex(path);
    const auto before = readFile(path).value();
    open(path);
    EXPECT_EQ(session->projectPath(), path);
    ASSERT_TRUE(queue.runUntil([&] { return session->copiedFrom() == path; }));
    EXPECT_THAT(noticed(), Contains(ErrorCode::ProjectDamagedCopied));
    EXPECT_TRUE(session->projectPath().empty());
    EXPECT_EQ(session->images().front().labelledPixels, 250);

    session->addClass("later");
    session->undo();
    session->undo();
    ASSERT_TRUE(waitUntilDurable());
    restart();
    EXPECT_TRUE(readFile(path).value() == before);
    ASSERT_EQ(recoverable().size(), 1U);
    open(recoverable().front());
    EXPECT_EQ(session->images().front().labelledPixels, 249);
    session->redo();
    session->redo();
    EXPECT_EQ(session->images().front().labelledPixels, 250);
    EXPECT_EQ(session->classes().classes().back().name, "later");
    EXPECT_THAT(noticed(), Not(Contains(ErrorCode::ProjectDamagedCopied)));
}

TEST_F(ProjectCopies, TheSecondWindowIsToldAndOnlyLooks) {
    testing::writeFullProject(path, 4);
    session.reset();  // with its threads
    testing::ProjectHolder first(path);
    ASSERT_TRUE(first.holds());
    restart();
    open(path);
    EXPECT_THAT(noticed(), Contains(ErrorCode::ProjectInUseReadOnly));
    EXPECT_FALSE(session->images().empty());
    EXPECT_TRUE(session->isReadOnly());
    expectNothingCanBeChanged();
    restart();
    EXPECT_THAT(recoverable(), IsEmpty()) << "looking leaves no copy behind";
    open(path);
    saveAs(folder / "own.finebrush");
    EXPECT_FALSE(session->isReadOnly());
    session->addClass("a change");
    EXPECT_EQ(session->classes().classes().back().name, "a change");

    // The lock goes with the process, whatever ends it.
    first.kill();
    open(path);
    EXPECT_THAT(noticed(), Not(Contains(ErrorCode::ProjectInUseReadOnly)));
    EXPECT_FALSE(session->isReadOnly());
    EXPECT_EQ(session->projectPath(), path);
}

TEST_F(ProjectCopies, AProjectOnAReadOnlyMediumOpensAsACopy) {
    session.reset();  // its threads may hold what the child needs
    const int status = testing::inChild([this] {
        if (!testing::mountSmallDisk(folder / "disk")) return testing::kNoSmallDisk;
        const std::filesystem::path file = folder / "disk/p.finebrush";
        testing::writeFullProject(file, 4);
        if (!testing::makeReadOnly(folder / "disk")) return 1;
        const auto opened = openProjectOrCopy(file, folder / "recovery/copy.finebrush");
        if (!opened || !opened->whyCopied) return 2;
        if (opened->whyCopied->code != ErrorCode::ProjectNotWritableCopied) return 3;
        return opened->opened.contents.images.size() == 2 ? 0 : 4;
    });
    if (status == testing::kNoSmallDisk) GTEST_SKIP() << "NOT TESTED: this system lets no test mount a disk";
    EXPECT_EQ(status, 0);
}

TEST_F(ProjectCopies, StepsOfLongAgoAreUndoneAfterReopening) {
    addPicture("a.png");
    for (int i = 0; i < 300; ++i) paint(1, {i % 60 + 0.5, i / 60 + 0.5}, 1);
    saveAs(path);
    restart();
    open(path);
    for (int steps = 0; steps < 300; ++steps) {
        ASSERT_TRUE(queue.runUntil([&] { return session->canUndo(); })) << "after " << steps;
        session->undo();
    }
    EXPECT_TRUE(queue.runUntil([&] { return session->images().front().labelledPixels == 0; }));
    EXPECT_FALSE(session->canUndo());
}

TEST_F(ProjectCopies, LookingForImagesInTheWrongFolderSaysSo) {
    addPicture("a.png");
    saveAs(path);
    std::filesystem::remove(folder / "a.png");
    restart();
    open(path);
    ASSERT_TRUE(queue.runUntil([&] { return session->images().front().missing; }));
    std::filesystem::create_directories(folder / "empty");
    events.clear();
    session->locateImages(folder / "empty");
    ASSERT_TRUE(waitFor<Notice>());
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::MissingImagesNotFound));
}

}  // namespace
}  // namespace finebrush
