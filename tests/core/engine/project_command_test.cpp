#include "core/engine/command_line/project_command.h"

#include "core/base/files.h"
#include "tests/core/project/written_project.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

namespace finebrush {
namespace {

using ::testing::HasSubstr;

/// A folder with a project, and what `project check` prints of it.
struct ProjectCommand : ::testing::Test {
    ProjectCommand() { testing::writeFullProject(file, 5); }

    void damage() const {
        SQLite::Database(utf8(file), SQLite::OPEN_READWRITE)
            .exec("UPDATE tiles SET labels = x'0001' WHERE rowid = 1");
    }
    std::vector<uint8_t> bytes() const { return readFile(file).value(); }
    Result<void> check(const std::filesystem::path& repaired = {}, bool json = true) {
        out.str(std::string());
        return checkProjectFile({file, repaired, json}, out);
    }
    /// What the last check printed.
    nlohmann::json facts() const { return nlohmann::json::parse(out.str(), nullptr, false); }

    testing::TemporaryFolder folder;
    std::filesystem::path file = folder / "p.finebrush";
    std::filesystem::path copy = folder / "repaired.finebrush";
    std::ostringstream out;
};

TEST_F(ProjectCommand, TellsWhatASoundProjectHolds) {
    const std::vector<uint8_t> before = bytes();
    const auto checked = check();
    ASSERT_TRUE(checked) << describe(checked.error());
    EXPECT_EQ(facts()["kind"], "project");
    EXPECT_EQ(facts()["integrity"], "ok");
    EXPECT_FALSE(facts().contains("unreadable_rows"));
    EXPECT_GT(facts()["edits"], 0);
    EXPECT_EQ(bytes(), before);
    ASSERT_TRUE(check({}, false));
    EXPECT_THAT(out.str(), HasSubstr("integrity"));
}

TEST_F(ProjectCommand, RefusesOneOfWhichAPartCannotBeReadAndSaysWhatMayBeDone) {
    damage();
    const std::vector<uint8_t> before = bytes();
    const auto checked = check();
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().code, ErrorCode::ProjectMalformed);
    EXPECT_EQ(checked.error().arguments.front(), utf8(file));
    EXPECT_THAT(checked.error().arguments.back(), HasSubstr("--repair"));
    EXPECT_EQ(facts()["unreadable_rows"]["tiles"], 1) << out.str();
    EXPECT_EQ(bytes(), before);
    EXPECT_FALSE(std::filesystem::exists(copy));
}

TEST_F(ProjectCommand, RepairWritesTheRestToANewFileAndTellsWhatIsLost) {
    damage();
    const std::vector<uint8_t> before = bytes();
    const auto repaired = check(copy);
    ASSERT_TRUE(repaired) << describe(repaired.error());
    EXPECT_EQ(facts()["unreadable_rows"]["tiles"], 1) << out.str();
    EXPECT_EQ(bytes(), before);

    const auto again = check(copy);
    ASSERT_FALSE(again) << "there is a file by now";
    EXPECT_EQ(again.error().code, ErrorCode::OptionInvalid);

    file = copy;
    const auto checked = check();
    ASSERT_TRUE(checked) << describe(checked.error());
    EXPECT_EQ(facts()["integrity"], "ok");
    EXPECT_TRUE(ProjectDatabase::open(copy).has_value());
}

TEST_F(ProjectCommand, RefusesWhatIsNoProject) {
    file = folder / "notes.finebrush";
    ASSERT_TRUE(writeFileAtomically(file, "just a text").has_value());
    const auto checked = check(copy);
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().code, ErrorCode::ProjectMalformed);
    EXPECT_FALSE(std::filesystem::exists(copy));
    EXPECT_TRUE(out.str().empty());
}

}  // namespace
}  // namespace finebrush
