#include "core/base/files.h"

#include "core/base/unfinished_file.h"
#include "tests/support/file_size_limit.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace finebrush {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;

/// Gives each test a folder of its own, with a name that is not ASCII.
class Files : public ::testing::Test {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "finebrush 자료 XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
    }
    void TearDown() override { fs::remove_all(folder_); }

    static std::string contentOf(const fs::path& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    static std::vector<std::string> namesIn(const fs::path& folder) {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(folder))
            names.push_back(entry.path().filename().string());
        return names;
    }

    fs::path folder_;
};

/// A file system of its own that is soon full; mounting one takes root.
class SmallDisk {
  public:
    explicit SmallDisk(fs::path folder) : folder_(std::move(folder)) {
        fs::create_directory(folder_);
        isMounted_ = ::mount("none", folder_.c_str(), "tmpfs", 0, "size=1m") == 0;
    }
    ~SmallDisk() {
        if (isMounted_) ::umount(folder_.c_str());
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    bool isMounted() const { return isMounted_; }

  private:
    fs::path folder_;
    bool isMounted_ = false;
};

TEST_F(Files, WhatIsWrittenIsRead) {
    std::vector<uint8_t> bytes(3'000'001);
    for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<uint8_t>(i * 7);
    const fs::path path = folder_ / "마스크.bin";
    ASSERT_TRUE(writeFileAtomically(path, bytes));
    const auto read = readFile(path);
    ASSERT_TRUE(read);
    EXPECT_TRUE(*read == bytes);
    EXPECT_THAT(namesIn(folder_), ElementsAre("마스크.bin"));
}

TEST_F(Files, WritingReplacesTheWholeFile) {
    const fs::path path = folder_ / "labels";
    ASSERT_TRUE(writeFileAtomically(path, std::string_view("a long first version")));
    ASSERT_TRUE(writeFileAtomically(path, std::string_view("short")));
    EXPECT_EQ(contentOf(path), "short");
    ASSERT_TRUE(writeFileAtomically(path, std::string_view("")));
    EXPECT_EQ(contentOf(path), "");
}

TEST_F(Files, AWriteThatBreaksOffLeavesTheOldFileAndNoTemporaryOne) {
    const fs::path path = folder_ / "labels";
    ASSERT_TRUE(writeFileAtomically(path, std::string_view("old")));
    Result<void> written;
    {
        const testing::FileSizeLimit limit(100'000);
        written = writeFileAtomically(path, std::string(200'000, 'x'));
    }
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::FileNotWritable);
    EXPECT_THAT(written.error().arguments, ElementsAre(utf8(path)));
    EXPECT_EQ(contentOf(path), "old");
    EXPECT_THAT(namesIn(folder_), ElementsAre("labels"));
}

TEST_F(Files, AFullDiskLeavesTheOldFileAndNoTemporaryOne) {
    const SmallDisk disk(folder_ / "disk");
    if (!disk.isMounted()) GTEST_SKIP() << "NOT TESTED: mounting a small disk takes root";
    const fs::path path = folder_ / "disk" / "labels";
    ASSERT_TRUE(writeFileAtomically(path, std::string_view("old")));
    const auto written = writeFileAtomically(path, std::string(4'000'000, 'x'));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::DiskFull);
    EXPECT_EQ(contentOf(path), "old");
    EXPECT_THAT(namesIn(folder_ / "disk"), ElementsAre("labels"));
}

TEST_F(Files, WritingWhereThereIsNoFolderFails) {
    const auto written = writeFileAtomically(folder_ / "nowhere" / "file", std::string_view("x"));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::FileNotWritable);
}

TEST_F(Files, AFolderIsNotReplacedByAFile) {
    fs::create_directory(folder_ / "taken");
    EXPECT_FALSE(writeFileAtomically(folder_ / "taken", std::string_view("x")));
    EXPECT_THAT(namesIn(folder_), ElementsAre("taken"));
}

TEST_F(Files, WhatKilledProcessesLeftBesideAFileIsDeleted) {
    const std::string leftOver = UnfinishedFile::prefixOf("a") + "Xy12ab";
    const std::string ofAnother = UnfinishedFile::prefixOf("b") + "Xy12ab";
    for (const std::string& name : {std::string("a"), leftOver, ofAnother})
        ASSERT_TRUE(writeFileAtomically(folder_ / name, std::string_view("x")));
    removeTemporaryFiles(folder_ / "a");
    const auto files = filesIn(folder_);
    ASSERT_TRUE(files);
    EXPECT_THAT(*files, ElementsAre(folder_ / ofAnother, folder_ / "a"));
}

TEST_F(Files, ReadingTellsMissingFilesFromOtherKinds) {
    EXPECT_EQ(readFile(folder_ / "missing").error().code, ErrorCode::FileMissing);
    EXPECT_EQ(readFile(folder_).error().code, ErrorCode::NotARegularFile);
    ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
    EXPECT_EQ(readFile(folder_ / "pipe").error().code, ErrorCode::NotARegularFile);
}

TEST_F(Files, ReadingRefusesMoreThanWasAskedFor) {
    const fs::path path = folder_ / "file";
    ASSERT_TRUE(writeFileAtomically(path, std::string_view("12345")));
    EXPECT_TRUE(readFile(path, 5));
    EXPECT_EQ(readFile(path, 4).error().code, ErrorCode::FileNotReadable);
}

TEST_F(Files, PathsGoThroughUtf8Unchanged) {
    const fs::path path = pathFromUtf8("/tmp/자료/é.png");
    EXPECT_EQ(utf8(path), "/tmp/자료/é.png");
    EXPECT_EQ(path.filename(), pathFromUtf8("é.png"));
}

TEST_F(Files, FilesInAFolderAreSortedAndWithoutFolders) {
    ASSERT_TRUE(makeFolder(folder_ / "b" / "deeper"));
    ASSERT_TRUE(makeFolder(folder_ / "b" / "deeper")) << "a folder that is there is no failure";
    for (const char* name : {"c", "a"})
        ASSERT_TRUE(writeFileAtomically(folder_ / name, std::string_view("x")));
    const auto files = filesIn(folder_);
    ASSERT_TRUE(files);
    EXPECT_THAT(*files, ElementsAre(folder_ / "a", folder_ / "c"));
    EXPECT_EQ(filesIn(folder_ / "a").error().code, ErrorCode::FileMissing);
}

TEST_F(Files, AFolderCannotBeMadeBelowAFile) {
    ASSERT_TRUE(writeFileAtomically(folder_ / "file", std::string_view("x")));
    EXPECT_EQ(makeFolder(folder_ / "file" / "below").error().code, ErrorCode::FileNotWritable);
}

}  // namespace
}  // namespace finebrush
