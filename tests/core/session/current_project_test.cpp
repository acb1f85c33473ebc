#include "core/session/current_project.h"

#include "core/project/project_work.h"
#include "tests/core/project/written_project.h"
#include "tests/core/session/session_fixture.h"

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A project that is open, without the rest of a session.
class CurrentProjectTest : public ::testing::Test {
  protected:
    /// Waits for what the closer has still to do.
    void closeAll() {
        bool isDone = false;
        closer.run<void>([](const std::stop_token&) -> Result<void> { return {}; },
                         [&](const Result<void>&) { isDone = true; });
        ASSERT_TRUE(queue.runUntil([&] { return isDone; }));
    }

    testing::TemporaryFolder folder;
    testing::ManualQueue queue;
    std::vector<ErrorCode> failures;
    std::vector<std::filesystem::path> saved;
    Worker closer{queue.post()};
    CurrentProject current{queue.post(),
                           folder / "recovery",
                           closer,
                           {.durabilityChanged = [] {},
                            .failed = [this](const Error& error) { failures.push_back(error.code); },
                            .saved = [this](const std::filesystem::path& path) { saved.push_back(path); },
                            .undone = [](const ProjectEffect&) {}}};
};

TEST_F(CurrentProjectTest, WhatIsInMemoryIsSavedWhereTheFileCannotBeReadAnyMore) {
    testing::writeManyStrokes(folder / "p.finebrush");
    current.adopt(ProjectDatabase::open(folder / "p.finebrush", 0).value(), CurrentProject::Origin::File);
    std::filesystem::resize_file(folder / "p.finebrush", 4096);
    current.saveAs(folder / "rescued.finebrush");
    EXPECT_TRUE(current.isSaving());
    ASSERT_TRUE(queue.runUntil([this] { return !saved.empty() || !failures.empty(); }));
    EXPECT_THAT(saved, ElementsAre(folder / "rescued.finebrush"));
    EXPECT_THAT(failures, IsEmpty());
    EXPECT_FALSE(current.isSaving());
    EXPECT_TRUE(current.isDurable());
    EXPECT_EQ(current.filePath(), folder / "rescued.finebrush");

    current.project().undo();
    current.startNew({});
    EXPECT_TRUE(queue.runUntil([this] { return !isProjectInUse(folder / "rescued.finebrush"); }));
    const auto opened = ProjectDatabase::open(folder / "rescued.finebrush");
    ASSERT_TRUE(opened.has_value()) << describe(opened.error());
    EXPECT_EQ(opened->contents.images.front().labelledPixels(), 299);
    EXPECT_EQ(opened->contents.history.size(), 200);
}

TEST_F(CurrentProjectTest, OfSavesThatOverlapTheFirstAndTheNewestAreMade) {
    current.startNew(testing::makeClasses({"a"}));
    current.project().addImage(testing::makeRecord({20, 20}));
    current.saveAs(folder / "first.finebrush");
    current.saveAs(folder / "first.finebrush");
    current.saveAs(folder / "second.finebrush");
    current.saveAs(folder / "third.finebrush");
    ASSERT_TRUE(queue.runUntil([this] { return !current.isSaving(); }));
    EXPECT_THAT(saved, ElementsAre(folder / "first.finebrush", folder / "third.finebrush"));
    EXPECT_THAT(failures, IsEmpty());
    EXPECT_EQ(current.filePath(), folder / "third.finebrush");
    EXPECT_FALSE(std::filesystem::exists(folder / "second.finebrush"));
}

TEST_F(CurrentProjectTest, ASaveThatWaitsIsForgottenWithItsProject) {
    current.startNew(testing::makeClasses({"a"}));
    current.project().addImage(testing::makeRecord({20, 20}));
    current.saveAs(folder / "first.finebrush");
    current.saveAs(folder / "second.finebrush");
    current.startNew(testing::makeClasses({"b"}));
    current.project().addImage(testing::makeRecord({20, 20}));
    current.saveAs(folder / "third.finebrush");
    ASSERT_TRUE(queue.runUntil([this] { return !current.isSaving(); }));
    EXPECT_THAT(saved, ElementsAre(folder / "third.finebrush"));
    EXPECT_FALSE(std::filesystem::exists(folder / "second.finebrush")) << "another project's";
    EXPECT_EQ(current.filePath(), folder / "third.finebrush");
}

TEST_F(CurrentProjectTest, WhatAnotherWindowHasOpenIsNotDiscarded) {
    std::filesystem::create_directories(folder / "recovery");
    const std::filesystem::path left = folder / "recovery/left.finebrush";
    testing::writeManyStrokes(left);
    current.startNew(testing::makeClasses({"a"}));
    {
        const auto opened = ProjectDatabase::open(left);
        ASSERT_TRUE(opened.has_value()) << describe(opened.error());
        current.discardRecoverable(left);
        ASSERT_TRUE(queue.runUntil([this] { return !failures.empty(); }));
    }
    EXPECT_THAT(failures, ElementsAre(ErrorCode::ProjectInUse));
    EXPECT_TRUE(std::filesystem::exists(left));
    current.discardRecoverable(left);
    closeAll();
    EXPECT_FALSE(std::filesystem::exists(left));
    EXPECT_THAT(failures, ElementsAre(ErrorCode::ProjectInUse));
}

TEST_F(CurrentProjectTest, ACopyIsKeptWhereMoreThanTheShownImageIsAnother) {
    std::filesystem::create_directories(folder / "recovery");
    const std::filesystem::path seen = folder / "recovery/seen.finebrush",
                                chosen = folder / "recovery/chosen.finebrush";
    for (const auto& copy : {seen, chosen}) {
        testing::writeManyStrokes(copy);
        current.adopt(ProjectDatabase::open(copy).value(), CurrentProject::Origin::FreshCopy);
        current.project().setSetting(copy == seen ? "shown_image" : kAdaptationChoiceKey, "{}");
    }
    current.startNew({});
    closeAll();
    EXPECT_FALSE(std::filesystem::exists(seen));
    EXPECT_TRUE(std::filesystem::exists(chosen));
}

TEST_F(CurrentProjectTest, WorkWithoutAnImageKeepsItsFile) {
    current.startNew(testing::makeClasses({"a"}));
    const std::filesystem::path begun = current.filePath();
    current.startNew(testing::makeClasses({"a"}));
    const std::filesystem::path edited = current.filePath();
    current.project().addClass("b");
    current.project().undo();
    current.startNew({});
    closeAll();
    EXPECT_FALSE(std::filesystem::exists(begun));
    EXPECT_TRUE(std::filesystem::exists(edited)) << "what is undone can be redone";
}

TEST_F(CurrentProjectTest, AnEmptyProjectThatCannotBeWrittenIsNoLoss) {
    std::ofstream(folder / "recovery") << "a file where a folder should be";
    current.startNew(testing::makeClasses({"a"}));
    ASSERT_TRUE(queue.runUntil([this] { return current.saveProblem().has_value(); }));
    EXPECT_FALSE(current.hasUnsavedWork());
    current.project().addImage(testing::makeRecord({20, 20}));
    EXPECT_FALSE(current.hasUnsavedWork()) << "an image that is looked at is no work";
    current.project().beginStroke(current.project().images().front().record.id, 0, 5, {9, 9});
    EXPECT_TRUE(current.hasUnsavedWork());
}

}  // namespace
}  // namespace finebrush
