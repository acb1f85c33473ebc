#include "core/project/database/project_lock.h"

#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

namespace finebrush {
namespace {

using testing::TemporaryFolder;

TEST(ProjectLock, IsTakenOnceAndComesBack) {
    const TemporaryFolder folder;
    {
        const auto lock = ProjectLock::take(folder / "p", ProjectLock::Make::File);
        ASSERT_TRUE(lock);
        EXPECT_FALSE(ProjectLock::take(folder / "p"));
        EXPECT_TRUE(ProjectLock::take(folder / "other", ProjectLock::Make::File));
    }
    EXPECT_TRUE(ProjectLock::take(folder / "p"));
}

TEST(ProjectLock, HasNothingAgainstAFileThatCannotBeOpened) {
    const TemporaryFolder folder;
    EXPECT_TRUE(ProjectLock::take(folder / "none"));
    EXPECT_FALSE(std::filesystem::exists(folder / "none"));
}

TEST(ProjectLock, StaysWhereTheProcessClosesTheFileAndGoesWithTheProcess) {
    const TemporaryFolder folder;
    std::ofstream(folder / "p") << "a project";
    int ready[2];
    ASSERT_EQ(::pipe(ready), 0);
    const pid_t other = ::fork();
    if (other == 0) {
        const auto lock = ProjectLock::take(folder / "p");
        std::ifstream(folder / "p").get();
        const char sign = lock ? 'y' : 'n';
        if (::write(ready[1], &sign, 1) == 1) ::pause();
        ::_exit(0);
    }
    char sign = 0;
    ASSERT_EQ(::read(ready[0], &sign, 1), 1);
    ASSERT_EQ(sign, 'y');
    EXPECT_FALSE(ProjectLock::take(folder / "p"));
    ::kill(other, SIGKILL);
    ASSERT_EQ(::waitpid(other, nullptr, 0), other);
    EXPECT_TRUE(ProjectLock::take(folder / "p"));
}

}  // namespace
}  // namespace finebrush
