#include "core/base/unfinished_file.h"

#include "core/base/files.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>

#include <string_view>
#include <sys/stat.h>
#include <utility>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::TemporaryFolder;

std::span<const uint8_t> bytes(std::string_view text) {
    return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

TEST(UnfinishedFile, TakesItsPlaceInOneStep) {
    const TemporaryFolder folder;
    ASSERT_TRUE(writeFileAtomically(folder / "a", "old"));
    {
        Result<UnfinishedFile> file = UnfinishedFile::create(folder / "a");
        ASSERT_TRUE(file);
        ASSERT_TRUE(file->write(bytes("ne")));
        UnfinishedFile moved = std::move(*file);
        ASSERT_TRUE(moved.write(bytes("w")));
        EXPECT_EQ(readFile(folder / "a").value().size(), 3u);
        EXPECT_EQ(readFile(folder / "a").value().front(), 'o')
            << "the old file stands until the new is whole";
        ASSERT_TRUE(moved.finish());
    }
    EXPECT_EQ(readFile(folder / "a").value().front(), 'n');
    EXPECT_THAT(folder.names(), ElementsAre("a"));
}

TEST(UnfinishedFile, NobodyReadsItWhoMayNotReadTheOldOneOrAnyNewOne) {
    using std::filesystem::perms;
    const TemporaryFolder folder;
    const mode_t before = ::umask(077);
    ASSERT_TRUE(writeFileAtomically(folder / "new", "a"));
    ::umask(before);
    const auto of = [&](const char* name) { return std::filesystem::status(folder / name).permissions(); };
    EXPECT_EQ(of("new"), perms::owner_read | perms::owner_write);
    ASSERT_TRUE(writeFileAtomically(folder / "shared", "a"));
    const perms given = perms::owner_read | perms::owner_write | perms::group_read | perms::group_write;
    std::filesystem::permissions(folder / "shared", given);
    ASSERT_TRUE(writeFileAtomically(folder / "shared", "b"));
    EXPECT_EQ(of("shared"), given);
}

TEST(UnfinishedFile, LeavesNothingWhereItIsGivenUp) {
    const TemporaryFolder folder;
    {
        Result<UnfinishedFile> file = UnfinishedFile::create(folder / "a");
        ASSERT_TRUE(file && file->write(bytes("half")));
        EXPECT_TRUE(file->path().filename().string().starts_with(UnfinishedFile::prefixOf(folder / "a")));
    }
    EXPECT_THAT(folder.names(), IsEmpty());
    EXPECT_EQ(UnfinishedFile::create(folder / "none/a").error().code, ErrorCode::FileNotWritable);
}

TEST(UnfinishedFile, MayHaveTheLongestNameThatTheDiskTakes) {
    const TemporaryFolder folder;
    std::string name;
    for (int letter = 0; letter < 85; ++letter) name += "가";  // 255 bytes
    ASSERT_TRUE(writeFileAtomically(folder / name, "a"));
    ASSERT_TRUE(writeFileAtomically(folder / name, "b"));
    EXPECT_THAT(folder.names(), ElementsAre(name));
    EXPECT_NE(UnfinishedFile::prefixOf(folder / "a"), UnfinishedFile::prefixOf(folder / "b"));
}

TEST(WriteTogether, ReplacesAllFilesOrNone) {
    const testing::TemporaryFolder folder;
    ASSERT_TRUE(writeTogether(folder.path(), {{"a", {1}}, {"b", {2}}}));
    EXPECT_FALSE(writeTogether(folder.path(), {{"a", {3}}, {"no/such folder", {4}}}));
    EXPECT_EQ(*readFile(folder / "a"), std::vector<uint8_t>{1});
    EXPECT_THAT(folder.names(), ::testing::ElementsAre("a", "b")) << "nothing is left of what came about";
    ASSERT_TRUE(writeTogether(folder.path(), {{"a", {3}}}));
    EXPECT_EQ(*readFile(folder / "a"), std::vector<uint8_t>{3});
}

}  // namespace
}  // namespace finebrush
