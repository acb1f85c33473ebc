#include "core/base/disk_cache.h"

#include "tests/support/file_bytes.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

namespace fs = std::filesystem;

TEST(DiskCache, KeepsWhatWasUsedLast) {
    const testing::TemporaryFolder folder;
    const DiskCache cache(folder / ".", ".tif", 250);
    const std::vector<uint8_t> bytes(100);
    for (const char* key : {"a", "b", "c"}) testing::writeBytes(cache.fileOf(key), bytes);
    testing::writeBytes(folder / "other.txt", bytes);
    const auto now = fs::file_time_type::clock::now();
    fs::last_write_time(cache.fileOf("a"), now - std::chrono::hours(3));
    fs::last_write_time(cache.fileOf("b"), now - std::chrono::hours(2));
    fs::last_write_time(cache.fileOf("c"), now - std::chrono::hours(1));
    DiskCache::touch(cache.fileOf("a"));
    cache.trim();
    EXPECT_TRUE(fs::exists(cache.fileOf("a")));
    EXPECT_FALSE(fs::exists(cache.fileOf("b")));
    EXPECT_TRUE(fs::exists(cache.fileOf("c")));
    EXPECT_TRUE(fs::exists(folder / "other.txt")) << "not one of its files";
}

}  // namespace
}  // namespace finebrush
