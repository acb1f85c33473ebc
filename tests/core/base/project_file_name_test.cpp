#include "core/base/project_file_name.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

TEST(ProjectFileName, IsThatOfAProjectOrOfItsLogs) {
    for (const char* name :
         {"p.finebrush", "/a b/세포.finebrush", "p.finebrush-wal", "p.finebrush-shm", "p.finebrush-journal"})
        EXPECT_TRUE(isProjectFileName(name)) << name;
    for (const char* name : {"p.png", "p.finebrush.png", "finebrush", "p.finebrush-old", "", "a.finebrush/b"})
        EXPECT_FALSE(isProjectFileName(name)) << name;
}

}  // namespace
}  // namespace finebrush
