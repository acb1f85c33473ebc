#include "core/engine/embedding_cache.h"

#include "core/base/files.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <fstream>

namespace finebrush {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using testing::TemporaryFolder;

const std::vector<int64_t> kShape = {1, 4, 8, 8};

torch::Tensor embedding(float value) {
    return torch::full(kShape, value);
}

/// So that the order of use does not hang on the clock's steps.
void setAge(const fs::path& file, int hours) {
    fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(hours));
}

TEST(EmbeddingCache, GivesBackWhatItKeepsAlsoToTheNextProcess) {
    const TemporaryFolder folder;
    EmbeddingCache cache(folder / "made/by itself");
    EXPECT_FALSE(cache.find("a", kShape));
    cache.keep("a", embedding(2));
    EXPECT_TRUE(torch::equal(cache.find("a", kShape).value(), embedding(2)));
    EmbeddingCache next(folder / "made/by itself");
    EXPECT_TRUE(torch::equal(next.find("a", kShape).value(), embedding(2)));
    EXPECT_FALSE(next.find("b", kShape));
}

TEST(EmbeddingCache, WithoutAFolderItKeepsAFewInMemory) {
    EmbeddingCache cache({});
    for (int i = 0; i <= static_cast<int>(EmbeddingCache::kKeptInMemory); ++i) {
        cache.keep(std::to_string(i), embedding(static_cast<float>(i)));
        cache.find("0", kShape);
    }
    EXPECT_TRUE(cache.find("0", kShape)) << "it was used";
    EXPECT_FALSE(cache.find("1", kShape)) << "it was not";
    EXPECT_TRUE(cache.find("2", kShape));
}

TEST(EmbeddingCache, TheFolderStaysBelowItsSizeAndTheOldestGo) {
    const TemporaryFolder folder;
    EmbeddingCache probe(folder / "probe");
    probe.keep("x", embedding(1));
    const uint64_t one = fs::file_size(folder / "probe/x.safetensors");

    EmbeddingCache cache(folder / "cache", one * 2 + one / 2);
    cache.keep("a", embedding(1));
    setAge(folder / "cache/a.safetensors", 3);
    cache.keep("b", embedding(2));
    setAge(folder / "cache/b.safetensors", 2);
    EmbeddingCache(folder / "cache", one * 2 + one / 2).find("a", kShape);  // used again
    std::ofstream(folder / "cache/notes.txt") << "not ours";
    cache.keep("c", embedding(3));
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder / "cache"))
        names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    EXPECT_THAT(names, ElementsAre("a.safetensors", "c.safetensors", "notes.txt"));
}

TEST(EmbeddingCache, WhatIsTooLargeForTheFolderIsKeptInMemoryOnly) {
    const TemporaryFolder folder;
    EmbeddingCache cache(folder / "cache", 100);
    cache.keep("a", embedding(1));
    EXPECT_TRUE(cache.find("a", kShape));
    EXPECT_FALSE(fs::exists(folder / "cache/a.safetensors"));
}

TEST(EmbeddingCache, DamagedAndForeignFilesAreNothing) {
    const TemporaryFolder folder;
    EmbeddingCache writer(folder.path());
    writer.keep("short", embedding(1));
    fs::resize_file(folder / "short.safetensors", fs::file_size(folder / "short.safetensors") - 5);
    std::ofstream(folder / "text.safetensors") << "no tensors";
    writer.keep("nan", torch::full(kShape, std::nanf("")));
    writer.keep("shape", torch::ones({1, 4, 4, 4}));
    fs::create_directory(folder / "folder.safetensors");
    EmbeddingCache reader(folder.path());
    for (const char* key : {"short", "text", "nan", "shape", "folder"}) {
        EXPECT_FALSE(reader.find(key, kShape)) << key;
    }
}

TEST(EmbeddingCache, AFolderThatCannotBeWrittenIsDoneWithout) {
    const TemporaryFolder folder;
    std::ofstream(folder / "file") << "in the way";
    EmbeddingCache cache(folder / "file/cache");
    cache.keep("a", embedding(1));
    EXPECT_TRUE(cache.find("a", kShape));
}

}  // namespace
}  // namespace finebrush
