#include "core/image/volume/volume_cache.h"

#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>

#include <thread>

namespace finebrush {
namespace {

using testing::TemporaryFolder;
using testing::writeNifti;

constexpr uint64_t kMaxBytes = uint64_t{1} << 20;

VolumeSource sourceOf(const std::filesystem::path& file) {
    return VolumeSource::of(file).value().value();
}

TEST(VolumeCache, KeepsTheLastVolume) {
    const TemporaryFolder folder;
    writeNifti(folder / "a.nii.gz", {5, 4, 3});
    writeNifti(folder / "b.nii.gz", {5, 4, 2});
    VolumeCache cache;
    const auto first = cache.read(sourceOf(folder / "a.nii.gz"), kMaxBytes).value();
    EXPECT_EQ(cache.read(sourceOf(folder / "a.nii.gz"), kMaxBytes).value(), first);
    EXPECT_EQ(cache.read(sourceOf(folder / "b.nii.gz"), kMaxBytes).value()->volume.info.grid.size[2], 2);
    EXPECT_NE(cache.read(sourceOf(folder / "a.nii.gz"), kMaxBytes).value(), first);
}

TEST(VolumeCache, AFileThatHasChangedIsReadAgain) {
    const TemporaryFolder folder;
    writeNifti(folder / "a.nii", {5, 4, 3});
    VolumeCache cache;
    cache.read(sourceOf(folder / "a.nii"), kMaxBytes).value();
    const auto before = std::filesystem::last_write_time(folder / "a.nii");
    writeNifti(folder / "a.nii", {5, 3, 4});  // of the same length
    std::filesystem::last_write_time(folder / "a.nii", before + std::chrono::seconds(1));
    EXPECT_EQ(cache.read(sourceOf(folder / "a.nii"), kMaxBytes).value()->volume.info.grid.size[1], 3);
    const VolumeSource gone = sourceOf(folder / "a.nii");
    std::filesystem::remove(folder / "a.nii");
    EXPECT_EQ(cache.read(gone, kMaxBytes).error().code, ErrorCode::FileMissing);
}

TEST(VolumeCache, WhateverMayBeDecodedIsKept) {
    const TemporaryFolder folder;
    writeNifti(folder / "a.nii", {5, 4, 3});
    VolumeCache cache;
    const auto first = cache.read(sourceOf(folder / "a.nii"), 120);
    ASSERT_TRUE(first);
    EXPECT_EQ(cache.read(sourceOf(folder / "a.nii"), 120).value(), *first);
    EXPECT_EQ(cache.read(sourceOf(folder / "a.nii"), 119).error().code, ErrorCode::ImageTooLarge);
}

TEST(VolumeCache, HowSlicesAreShownIsFoundOnceForAFile) {
    const TemporaryFolder folder;
    writeNifti(folder / "a.nii", {5, 4, 3});
    VolumeCache cache;
    int found = 0;
    const auto find = [&]() -> Result<DisplayMapping> { return DisplayMapping{0, double(++found)}; };
    const auto refuse = []() -> Result<DisplayMapping> { return failure(ErrorCode::ImageTooLarge); };
    EXPECT_EQ(cache.display(sourceOf(folder / "a.nii"), refuse).error().code, ErrorCode::ImageTooLarge);
    EXPECT_EQ(cache.display(sourceOf(folder / "a.nii"), find), (DisplayMapping{0, 1}));
    EXPECT_EQ(cache.display(sourceOf(folder / "a.nii"), refuse), (DisplayMapping{0, 1}));
    const auto before = std::filesystem::last_write_time(folder / "a.nii");
    std::filesystem::last_write_time(folder / "a.nii", before + std::chrono::seconds(1));
    EXPECT_EQ(cache.display(sourceOf(folder / "a.nii"), find), (DisplayMapping{0, 2}));
}

TEST(VolumeCache, ThreadsEachGetWhatTheyAskFor) {
    const TemporaryFolder folder;
    for (int depth = 1; depth <= 3; ++depth) {
        writeNifti(folder / (std::to_string(depth) + ".nii.gz"), {5, 4, depth});
    }
    VolumeCache cache;
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&, thread] {
            for (int round = 0; round < 50; ++round) {
                const int depth = 1 + (thread + round / 2) % 3;
                const auto read =
                    cache.read(sourceOf(folder / (std::to_string(depth) + ".nii.gz")), kMaxBytes);
                EXPECT_EQ(read.value()->volume.info.grid.size[2], depth);
            }
        });
    }
}

}  // namespace
}  // namespace finebrush
