#include "core/project/file_fingerprint.h"

#include "tests/support/file_bytes.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>

namespace finebrush {
namespace {

TEST(FileFingerprint, IsTheHashOfTheBytes) {
    const testing::TemporaryFolder folder;
    testing::writeBytes(folder / "a", std::vector<uint8_t>{'a', 'b', 'c'});
    const auto fingerprint = fingerprintOf(folder / "a");
    ASSERT_TRUE(fingerprint);
    EXPECT_EQ(fingerprint->bytes, 3U);
    EXPECT_EQ(fingerprint->sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(FileFingerprint, OfAHugeFilePartsAreRead) {
    const testing::TemporaryFolder folder;
    const std::filesystem::path file = folder / "huge";
    std::ofstream(file).put('a');
    std::filesystem::resize_file(file, uint64_t{3} << 30);  // takes no room on the disk
    const auto before = fingerprintOf(file);
    ASSERT_TRUE(before);
    EXPECT_EQ(before->bytes, uint64_t{3} << 30);
    std::fstream(file, std::ios::in | std::ios::out).seekp((int64_t{3} << 30) - 1).put('z');
    EXPECT_NE(fingerprintOf(file)->sha256, before->sha256);
}

}  // namespace
}  // namespace finebrush
