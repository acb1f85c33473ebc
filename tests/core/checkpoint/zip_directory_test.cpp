#include "core/checkpoint/zip_directory.h"

#include "core/checkpoint/malformed.h"
#include "tests/core/checkpoint/checkpoint_fixtures.h"

#include <algorithm>

namespace finebrush::testing {

namespace {

std::string refusalOf(const Bytes& archive) {
    try {
        const ZipDirectory directory(archive);
    } catch (const MalformedCheckpoint& problem) {
        return problem.what();
    }
    return {};
}

std::string contentOf(const Bytes& archive, const std::string& root, const std::string& name) {
    const auto record = ZipDirectory(archive).verifiedRecord(root, name);
    return {record.begin(), record.end()};
}

/// The place of bytes that occur in an archive.
size_t positionOf(const Bytes& archive, const std::string& pattern, size_t from = 0) {
    const auto found = std::search(archive.begin() + static_cast<std::ptrdiff_t>(from), archive.end(),
                                   pattern.begin(), pattern.end());
    if (found == archive.end()) throw std::logic_error("pattern is not in the archive");
    return static_cast<size_t>(found - archive.begin());
}

constexpr uint32_t kSaturated = 0xFFFFFFFF;

const Bytes kTwoRecords = zipOf({{"a/data.pkl", "pickle"}, {"a/data/0", "storage"}});

}  // namespace

TEST(ZipDirectory, ReadsRecordsBelowTheRoot) {
    const ZipDirectory directory(kTwoRecords);
    EXPECT_EQ(directory.rootFolder(), "a/");
    EXPECT_TRUE(directory.contains("a/data/0"));
    EXPECT_FALSE(directory.contains("data/0"));
    EXPECT_TRUE(directory.containsFolder("a/data/"));
    EXPECT_FALSE(directory.containsFolder("a/code/"));
    EXPECT_EQ(contentOf(kTwoRecords, "a/", "data/0"), "storage");
}

TEST(ZipDirectory, ReadsZip64Records) {
    // The entry's sizes and offset stand in its extra field, the directory's in the zip64 end record.
    const std::string content = "tensor";
    const auto crc = crc32_z(0, reinterpret_cast<const Bytef*>(content.data()), content.size());
    const std::string name = "a/data.pkl";
    const uint64_t size = content.size();
    const std::string start = joined(uint16_t{0}, uint16_t{0}, uint32_t{0}, static_cast<uint32_t>(crc),
                                     kSaturated, kSaturated, static_cast<uint16_t>(name.size()));
    const std::string local = joined("PK\x03\x04", uint16_t{45}, start, uint16_t{0}, name, content);
    const std::string extra = joined(uint16_t{1}, uint16_t{24}, size, size, uint64_t{0});
    const std::string entry =
        joined("PK\x01\x02", uint16_t{45}, uint16_t{45}, start, static_cast<uint16_t>(extra.size()),
               std::string(10, '\0'), kSaturated, name, extra);
    const std::string end64 = joined("PK\x06\x06", uint64_t{44}, std::string(12, '\0'), uint64_t{1},
                                     uint64_t{1}, uint64_t{entry.size()}, uint64_t{local.size()});
    const std::string locator =
        joined("PK\x06\x07", uint32_t{0}, uint64_t{local.size() + entry.size()}, uint32_t{1});
    const std::string end = joined("PK\x05\x06", uint32_t{0}, std::string(12, '\xff'), uint16_t{0});

    EXPECT_EQ(contentOf(toBytes(local + entry + end64 + locator + end), "a/", "data.pkl"), content);
}

TEST(ZipDirectory, SkipsTheArchiveComment) {
    Bytes archive = kTwoRecords;
    archive[archive.size() - 2] = 3;
    for (const uint8_t byte : toBytes("abc")) archive.push_back(byte);
    EXPECT_EQ(contentOf(archive, "a/", "data.pkl"), "pickle");
}

TEST(ZipDirectory, RefusesDuplicateNames) {
    EXPECT_EQ(refusalOf(zipOf({{"a/x", "1"}, {"a/x", "2"}})), "zip entry 'a/x' is there twice");
}

TEST(ZipDirectory, RefusesCompressedEntries) {
    EXPECT_EQ(refusalOf(zipOf({{"a/x", "1111111111111111", true}})),
              "compressed zip entry 'a/x' (torch.save never compresses): refused");
}

TEST(ZipDirectory, RefusesEncryptedEntries) {
    Bytes archive = kTwoRecords;
    archive[positionOf(archive, "PK\x01\x02") + 8] = 1;
    EXPECT_EQ(refusalOf(archive), "encrypted zip entry 'a/data.pkl': refused");
}

TEST(ZipDirectory, RefusesEntriesThatShareBytes) {
    // The first entry is made to reach over the second one.
    Bytes archive = zipOf({{"a/x", "1"}, {"a/y", "2"}});
    const size_t entry = positionOf(archive, "PK\x01\x02");
    archive[entry + 20] = archive[entry + 24] = 30;
    EXPECT_EQ(refusalOf(archive), "zip entries share bytes");
}

TEST(ZipDirectory, RefusesAnEntryWithTwoNames) {
    Bytes archive = kTwoRecords;
    archive[positionOf(archive, "a/data/0")] = 'b';
    EXPECT_EQ(refusalOf(archive), "zip entry 'a/data/0' has two names");
}

TEST(ZipDirectory, RefusesAnEntryOutsideTheFile) {
    Bytes archive = kTwoRecords;
    const size_t entry = positionOf(archive, "PK\x01\x02");
    archive[entry + 20] = archive[entry + 24] = 0xF0;
    EXPECT_EQ(refusalOf(archive), "zip entry 'a/data.pkl' lies outside the file");
}

TEST(ZipDirectory, RefusesADirectoryOutsideTheFile) {
    Bytes archive = kTwoRecords;
    archive[archive.size() - 4] = 0x70;
    EXPECT_EQ(refusalOf(archive), "zip directory lies outside the file");
    archive = kTwoRecords;
    archive[archive.size() - 12] = 200;
    EXPECT_EQ(refusalOf(archive), "zip directory lies outside the file");
}

TEST(ZipDirectory, RefusesBytesWithoutAnEndRecord) {
    const char* reason = "zip end-of-directory record not found: file is truncated or not a checkpoint";
    EXPECT_EQ(refusalOf({}), reason);
    EXPECT_EQ(refusalOf(Bytes(100'000, 'P')), reason);
    Bytes archive = kTwoRecords;
    archive.pop_back();
    EXPECT_EQ(refusalOf(archive), reason);
}

TEST(ZipDirectory, VerifiesTheChecksumOfARecord) {
    Bytes archive = kTwoRecords;
    archive[positionOf(archive, "storage")] ^= 1;
    const ZipDirectory directory(archive);
    EXPECT_NO_THROW(directory.verifiedRecord("a/", "data.pkl"));
    EXPECT_THROW(directory.verifiedRecord("a/", "data/0"), MalformedCheckpoint);
    EXPECT_THROW(directory.verifiedRecord("a/", "data/1"), MalformedCheckpoint);
}

}  // namespace finebrush::testing
