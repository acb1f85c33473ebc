#include "core/project/recovery_folder.h"

#include "core/project/database/project_database.h"
#include "core/project/project_work.h"
#include "tests/core/project/written_project.h"

#include <gmock/gmock.h>

#include <fstream>
#include <memory>

namespace finebrush {
namespace {

using testing::TemporaryFolder;

std::filesystem::path makeProjectFile(const std::filesystem::path& folder, bool withImage) {
    const std::filesystem::path path = newRecoveryPath(folder);
    ProjectDatabase database = ProjectDatabase::create(path).value();
    const ProjectWrites writes = {ImageWrite{testing::makeRecord({5, 5})},
                                  EditWrite{1, std::make_shared<const Edit>()}};
    if (withImage) {
        EXPECT_TRUE(database.write(std::span(&writes, 1)).has_value());
    }
    return path;
}

TEST(RecoveryFolder, ListsProjectsThatNobodyHasOpenNewestFirst) {
    const TemporaryFolder folder;
    const auto old = makeProjectFile(folder.path(), true);
    const auto young = makeProjectFile(folder.path(), true);
    const auto now = std::filesystem::file_time_type::clock::now();
    std::filesystem::last_write_time(old, now - std::chrono::hours(3));
    std::filesystem::last_write_time(young, now - std::chrono::hours(1));
    makeProjectFile(folder.path(), false);
    const auto held = makeProjectFile(folder.path(), true);
    const auto opened = ProjectDatabase::open(held);
    std::ofstream(folder / "notes.finebrush") << "not a project";
    std::ofstream(folder / "other.txt") << "other";
    const std::vector<AbandonedProject> found = abandonedProjects(folder.path());
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].file, young);
    EXPECT_EQ(found[1].file, old);
    EXPECT_EQ(found[0].images, 1);
    EXPECT_EQ(found[0].origin, "/nowhere");
    EXPECT_NEAR(static_cast<double>(found[0].changedAt - found[1].changedAt), 2 * 3600, 5);
}

TEST(RecoveryFolder, AProjectThatWasOnlyLookedAtGoes) {
    const TemporaryFolder folder;
    const auto kept = makeProjectFile(folder.path(), true);
    const std::filesystem::path path = newRecoveryPath(folder.path());
    {
        ProjectDatabase database = ProjectDatabase::create(path).value();
        const ProjectWrites writes = {ImageWrite{testing::makeRecord({5, 5})}};
        ASSERT_TRUE(database.write(std::span(&writes, 1)).has_value());
        ASSERT_EQ(abandonedProjects(folder.path()).size(), 1U);
        EXPECT_TRUE(std::filesystem::exists(path)) << "it is open";
    }
    ASSERT_EQ(abandonedProjects(folder.path()).size(), 1U);
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_TRUE(std::filesystem::exists(kept));
}

TEST(RecoveryFolder, AProjectWithoutImagesIsKeptWhereItsClassesWereEdited) {
    const TemporaryFolder folder;
    const auto begun = newRecoveryPath(folder.path()), edited = newRecoveryPath(folder.path());
    { const testing::WrittenProject written(begun); }
    {
        testing::WrittenProject written(edited);
        written.project.addClass("axon");
    }
    const std::vector<AbandonedProject> found = abandonedProjects(folder.path());
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].file, edited);
    EXPECT_EQ(found[0].images, 0);
    EXPECT_TRUE(found[0].origin.empty());
    EXPECT_THAT(folder.names(), ::testing::Not(::testing::Contains(begun.filename().string())));
}

/// Whether a project of an image is offered after something was done to it; else it is gone.
bool isOffered(const ImageRecord& image, const ProjectWrite& done) {
    const TemporaryFolder folder;
    const ProjectWrites writes = {ImageWrite{image}, done};
    EXPECT_TRUE(ProjectDatabase::create(newRecoveryPath(folder.path()))->write(std::span(&writes, 1)));
    const bool isFound = !abandonedProjects(folder.path()).empty();
    EXPECT_EQ(folder.names().empty(), !isFound);
    return isFound;
}

TEST(RecoveryFolder, ADisplayAMarkAndAChoiceForAnAdaptationAreWork) {
    const ImageRecord image = testing::makeRecord({5, 5});
    EXPECT_TRUE(isOffered(image, DisplayWrite{image.id, DisplayMapping{10, 30}}));
    EXPECT_TRUE(isOffered(image, ReviewWrite{image.id, ReviewState::ToCheck}));
    EXPECT_TRUE(isOffered(image, SettingWrite{kAdaptationChoiceKey, "{}"}));
    EXPECT_FALSE(isOffered(image, DisplayWrite{image.id, std::nullopt}));
    EXPECT_FALSE(isOffered(image, SettingWrite{"shown_image", image.id}));
}

TEST(RecoveryFolder, FilesFromBeforeDisplaysAndMarksWereKeptAreToldApartToo) {
    const TemporaryFolder folder;
    const auto edited = makeProjectFile(folder.path(), true), lookedAt = makeProjectFile(folder.path(), true);
    SQLite::Database(utf8(lookedAt), SQLite::OPEN_READWRITE).exec("DELETE FROM edits");
    for (const auto& file : {edited, lookedAt}) {
        SQLite::Database(utf8(file), SQLite::OPEN_READWRITE)
            .exec(
                "ALTER TABLE images DROP COLUMN review; ALTER TABLE images DROP COLUMN display;"
                "PRAGMA user_version = 3");
    }
    ASSERT_EQ(abandonedProjects(folder.path()).size(), 1U);
    EXPECT_TRUE(std::filesystem::exists(edited));
    EXPECT_FALSE(std::filesystem::exists(lookedAt));
}

TEST(RecoveryFolder, ACopyIsCalledLikeTheFileItWasMadeOf) {
    const TemporaryFolder folder;
    const auto path = makeProjectFile(folder.path(), true);
    {
        Result<ProjectDatabase::Opened> opened = ProjectDatabase::open(path);
        const ProjectWrites writes = {SettingWrite{kCopiedFromKey, "/some/원본.finebrush"}};
        ASSERT_TRUE(opened->database.write(std::span(&writes, 1)).has_value());
    }
    ASSERT_EQ(abandonedProjects(folder.path()).size(), 1U);
    EXPECT_EQ(abandonedProjects(folder.path()).front().origin, "/some/원본.finebrush");
}

TEST(RecoveryFolder, TrainingsThatNobodyWentOnWithGo) {
    const TemporaryFolder folder;
    for (const char* name : {"old.training", "young.training", "old.finebrush"}) {
        std::ofstream(folder / name) << "x";
    }
    const auto now = std::filesystem::file_time_type::clock::now();
    std::filesystem::last_write_time(folder / "old.training", now - std::chrono::hours(49));
    std::filesystem::last_write_time(folder / "young.training", now - std::chrono::hours(47));
    std::filesystem::last_write_time(folder / "old.finebrush", now - std::chrono::hours(49));
    removeOldTrainings(folder.path(), std::chrono::hours(48));
    EXPECT_THAT(folder.names(), ::testing::ElementsAre("old.finebrush", "young.training"));
}

TEST(RecoveryFolder, AMissingFolderHoldsNothing) {
    EXPECT_TRUE(abandonedProjects("/nowhere/at/all").empty());
}

}  // namespace
}  // namespace finebrush
