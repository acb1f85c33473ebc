#include "core/project/database/project_copy.h"

#include "tests/core/project/written_project.h"
#include "tests/support/child_process.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace finebrush {
namespace {

using testing::copied;
using testing::TemporaryFolder;
using testing::viewOf;
using testing::writeFullProject;
using testing::WrittenProject;

TEST(ProjectCopy, ACopyHoldsTheProjectAndTheFurtherWrites) {
    const TemporaryFolder folder;
    WrittenProject written(folder / "p.finebrush");
    written.project.addImage(testing::makeRecord({20, 20}, folder / "sub/x.png"));
    std::filesystem::create_directories(folder / "sub");
    const std::vector<ProjectWrites> further = {{SettingWrite{"key", "later"}}};
    const auto copy = copied(&written.database, further, folder / "sub/copy.finebrush");
    ASSERT_TRUE(copy.has_value()) << describe(copy.error());
    EXPECT_TRUE(isProjectInUse(folder / "sub/copy.finebrush"));
    EXPECT_EQ(copy->path(), folder / "sub/copy.finebrush");
}

TEST(ProjectCopy, ACopyReplacesWhatIsThereAndItsLog) {
    const TemporaryFolder folder;
    const std::filesystem::path target = folder / "old.finebrush";
    writeFullProject(target, 5);
    std::ofstream(folder / "old.finebrush-wal") << "left behind by a crash";
    {
        WrittenProject written(folder / "p.finebrush");
        ASSERT_TRUE(copied(&written.database, {}, target).has_value());
    }
    const auto opened = ProjectDatabase::open(target);
    ASSERT_TRUE(opened.has_value()) << describe(opened.error());
    EXPECT_TRUE(opened->contents.images.empty());
}

TEST(ProjectCopy, ACopyThatFailsLeavesTheTargetAndNoTemporaryFile) {
    const TemporaryFolder folder;
    const std::filesystem::path target = folder / "old.finebrush";
    writeFullProject(target, 6);
    WrittenProject written(folder / "p.finebrush");
    const auto held = ProjectDatabase::open(target);
    ASSERT_TRUE(held.has_value());
    EXPECT_EQ(copied(&written.database, {}, target).error().code, ErrorCode::ProjectInUse);
    EXPECT_EQ(copied(&written.database, {}, "/proc/p.finebrush").error().code, ErrorCode::FileNotWritable);
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        EXPECT_FALSE(entry.path().filename().string().starts_with(".finebrush-")) << entry.path();
    }
}

/// Copies to a small disk with less and less room; 0 where all is as it should be, or the number of what is
/// not.
int copyToNearlyFullDisk(const std::filesystem::path& disk) {
    if (!testing::mountSmallDisk(disk)) return testing::kNoSmallDisk;
    const std::filesystem::path target = disk / "p.finebrush";
    const std::vector<ProjectWrites> further = {{SettingWrite{"key", std::string(200 << 10, 'x')}}};
    int copies = 0, refusals = 0;
    for (int kilobytes = 0; kilobytes < 1000; kilobytes += 20) {
        deleteProjectFile(target);
        if (!ProjectDatabase::create(target)) return 1;
        std::ofstream(disk / "ballast") << std::string(static_cast<size_t>(kilobytes) << 10, 'b');
        const bool isCopied = copied(nullptr, further, target).has_value();
        std::filesystem::remove(disk / "ballast");
        ++(isCopied ? copies : refusals);
        const auto opened = ProjectDatabase::open(target);
        if (!opened) return 2;
        const auto& settings = opened->contents.settings;
        const auto found = settings.find("key");
        if (isCopied && (found == settings.end() || found->second.size() != 200 << 10)) return 3;
        for (const auto& entry : std::filesystem::directory_iterator(disk)) {
            if (!entry.path().filename().string().starts_with("p.finebrush")) return 4;
        }
    }
    return copies > 0 && refusals > 0 ? 0 : 5;
}

TEST(ProjectCopy, ACopyThatSucceedsIsWholeHoweverLittleRoomThereIs) {
    const TemporaryFolder folder;
    const int status = testing::inChild([&] { return copyToNearlyFullDisk(folder / "disk"); });
    if (status == testing::kNoSmallDisk)
        GTEST_SKIP() << "NOT TESTED: this system lets no test mount a small disk";
    EXPECT_EQ(status, 0);
}

/// A project of some 20 pages that is copied while it is written.
struct CopiedProject {
    explicit CopiedProject(const std::filesystem::path& folder)
        : database(ProjectDatabase::create(folder / "p.finebrush").value()),
          project(Project::create(testing::makeClasses({"a", "b"}),
                                  [this](const ProjectWrites& writes) { write(writes); })),
          target(folder / "copy.finebrush") {
        project.addImage(testing::makeRecord({400, 300}, folder / "x.png"));
        for (int i = 0; i < 20; ++i) paint();
    }
    bool write(const ProjectWrites& writes) {
        const bool isWritten = database.write(std::span(&writes, 1)).has_value();
        if (isWritten && copy) copy->committed(writes);
        return isWritten;
    }
    /// Another pixel.
    void paint() {
        project.beginStroke(project.images().front().record.id, 1, 1, {strokes++ + 0.5, 0.5});
        project.finishPainting();
    }
    void beginCopy() { copy = ProjectCopy::begin(&database, target, 1).value(); }
    /// Does something before each slice, and counts them.
    int copyAll(const std::function<void()>& between) {
        int slices = 0;
        for (Result<bool> isWhole = false; isWhole && !*isWhole; ++slices) {
            between();
            isWhole = copy->step();
            EXPECT_TRUE(isWhole.has_value());
        }
        return slices;
    }
    testing::ProjectView finishedCopy() {
        EXPECT_TRUE(std::exchange(copy, nullptr)->finish({}).has_value());
        auto opened = ProjectDatabase::open(target);
        if (opened) return viewOf(testing::projectOf(std::move(opened->contents)));
        ADD_FAILURE() << describe(opened.error());
        return {};
    }

    ProjectDatabase database;
    std::unique_ptr<ProjectCopy> copy;
    int strokes = 0;
    Project project;
    std::filesystem::path target;
};

TEST(ProjectCopy, FollowsWhatIsWrittenBetweenItsSlices) {
    const TemporaryFolder folder;
    CopiedProject copied(folder.path());
    copied.beginCopy();
    EXPECT_GT(copied.copyAll([&] { copied.paint(); }), 10);
    copied.paint();
    EXPECT_FALSE(std::filesystem::exists(copied.target));
    EXPECT_EQ(copied.finishedCopy(), viewOf(copied.project));
}

TEST(ProjectCopy, AWriteThatFailsInItsMidstIsNotInIt) {
    const TemporaryFolder folder;
    CopiedProject copied(folder.path());
    auto run = std::make_shared<AdaptationRun>(testing::makeRun());
    run->settings.gate = static_cast<messages::GateMode>(99);  // has no name in a file
    copied.beginCopy();
    for (int i = 0; i < 5; ++i) ASSERT_EQ(copied.copy->step(), false);
    EXPECT_FALSE(copied.write({SettingWrite{"key", "half"}, RunWrite{1, run}}));
    copied.copyAll([] {});
    EXPECT_EQ(copied.finishedCopy(), viewOf(copied.project));
    EXPECT_FALSE(ProjectDatabase::open(copied.target)->contents.settings.contains("key"));
}

TEST(ProjectCopy, ThatIsGivenUpLeavesNothing) {
    const TemporaryFolder folder;
    CopiedProject copied(folder.path());
    copied.beginCopy();
    ASSERT_EQ(copied.copy->step(), false);
    copied.copy.reset();
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        EXPECT_TRUE(entry.path().filename().string().starts_with("p.finebrush")) << entry.path();
    }
    copied.paint();
}

TEST(ProjectCopy, OfADamagedProjectIsNoneAtAll) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "p.finebrush";
    writeFullProject(path, 3);
    testing::damageTileIndex(path);
    ProjectDatabase::Opened opened = ProjectDatabase::open(path, 0).value();
    const auto refused = copied(&opened.database, {}, folder / "copy.finebrush");
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::FileNotReadable);
    EXPECT_EQ(refused.error().arguments, std::vector<std::string>{utf8(path)});
    EXPECT_FALSE(std::filesystem::exists(folder / "copy.finebrush"));
}

}  // namespace
}  // namespace finebrush
