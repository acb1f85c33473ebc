#include "core/base/disk_cache.h"

#include "tests/support/file_bytes.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <optional>
#include <string>

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

TEST(DiskCache, WhatIsHeldStaysUntilItIsLetGo) {
    const testing::TemporaryFolder folder;
    const DiskCache cache(folder / ".", ".tif", 150);
    for (const char* key : {"a", "b", "c"}) testing::writeBytes(cache.fileOf(key), std::vector<uint8_t>(100));
    const auto now = fs::file_time_type::clock::now();
    fs::last_write_time(cache.fileOf("a"), now - std::chrono::hours(3));
    fs::last_write_time(cache.fileOf("b"), now - std::chrono::hours(2));
    {
        const CachedFileHold held(cache.fileOf("a")), heldAsWell(cache.fileOf("a"));
        cache.trim();
        EXPECT_TRUE(fs::exists(cache.fileOf("a")));
        EXPECT_FALSE(fs::exists(cache.fileOf("b")));
    }
    cache.trim();
    EXPECT_FALSE(fs::exists(cache.fileOf("a")));
    EXPECT_TRUE(fs::exists(cache.fileOf("c")));
}

TEST(DiskCache, TheFileUsedLastStaysHoweverLarge) {
    const testing::TemporaryFolder folder;
    const DiskCache cache(folder / ".", ".tif", 50);
    testing::writeBytes(cache.fileOf("a"), std::vector<uint8_t>(100));
    cache.trim();
    EXPECT_TRUE(fs::exists(cache.fileOf("a")));
}

TEST(DiskCache, LiesInThePersonsCacheFolder) {
    const auto valueOf = [](const char* name) {
        const char* value = std::getenv(name);
        return value ? std::optional<std::string>(value) : std::nullopt;
    };
    const auto restore = [](const char* name, const std::optional<std::string>& value) {
        value ? ::setenv(name, value->c_str(), 1) : ::unsetenv(name);
    };
    const auto cache = valueOf("XDG_CACHE_HOME");
    const auto home = valueOf("HOME");
    ::setenv("XDG_CACHE_HOME", "/somewhere", 1);
    EXPECT_EQ(cacheFolder("embeddings"), "/somewhere/finebrush/embeddings");
    ::unsetenv("XDG_CACHE_HOME");
    ::setenv("HOME", "/home/kim", 1);
    EXPECT_EQ(cacheFolder("embeddings"), "/home/kim/.cache/finebrush/embeddings");
    ::unsetenv("HOME");
    EXPECT_EQ(cacheFolder("embeddings"), "");
    restore("XDG_CACHE_HOME", cache);
    restore("HOME", home);
}

}  // namespace
}  // namespace finebrush
