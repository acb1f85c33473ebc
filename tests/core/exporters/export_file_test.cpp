#include "core/exporters/export_file.h"

#include "tests/core/image/image_fixtures.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using testing::TemporaryFolder;

std::string contentOf(const std::filesystem::path& file) {
    const std::vector<uint8_t> bytes = testing::bytesOf(file);
    return {bytes.begin(), bytes.end()};
}

TEST(ExportFile, ReplacesAnEarlierExport) {
    const TemporaryFolder folder;
    ASSERT_TRUE(writeTextExport(folder / "a.json", "old", {}));
    ASSERT_TRUE(writeTextExport(folder / "a.json", "new", {}));
    EXPECT_EQ(contentOf(folder / "a.json"), "new");
    EXPECT_THAT(folder.names(), ElementsAre("a.json"));
}

TEST(ExportFile, NeverReplacesAnInputByWhateverPath) {
    const TemporaryFolder folder;
    ASSERT_TRUE(writeTextExport(folder / "image.png", "pixels", {}));
    std::filesystem::create_symlink("image.png", folder / "link.png");
    std::filesystem::create_hard_link(folder / "image.png", folder / "hard.png");
    std::filesystem::create_directory(folder / "sub");
    const InputFiles inputs = {folder / "missing.png", folder / "image.png"};

    for (const char* target : {"image.png", "link.png", "hard.png", "sub/../image.png"}) {
        const Result<bool> outcome = writeTextExport(folder / target, "mask", inputs);
        ASSERT_FALSE(outcome) << target;
        EXPECT_EQ(outcome.error(), (Error{ErrorCode::ExportOverInput, {utf8(folder / target)}, ""}));
    }
    EXPECT_EQ(contentOf(folder / "image.png"), "pixels");
}

TEST(ExportFile, IsNoSuccessWhenReadingBackDisagrees) {
    const TemporaryFolder folder;
    ASSERT_TRUE(writeTextExport(folder / "a.bin", "old", {}));
    const std::vector<uint8_t> bytes = {1, 2, 3};
    const auto write = [&](UnfinishedFile& file) { return writeInPieces(file, bytes, {}); };
    const Result<bool> outcome =
        writeExport(folder / "a.bin", {}, write, [&](const std::filesystem::path& written) {
            EXPECT_EQ(testing::bytesOf(written), bytes);
            return false;
        });
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::ExportNotVerified);
    EXPECT_EQ(contentOf(folder / "a.bin"), "old");
    EXPECT_THAT(folder.names(), ElementsAre("a.bin"));
}

TEST(ExportFile, ThatIsStoppedWhileItIsReadAgainLeavesNothing) {
    const TemporaryFolder folder;
    const std::vector<uint8_t> bytes = {1, 2, 3};
    std::stop_source stop;
    const auto write = [&](UnfinishedFile& file) { return writeInPieces(file, bytes, stop.get_token()); };
    const auto isAsMeant = [&](const std::filesystem::path&) { return stop.request_stop(); };
    EXPECT_EQ(writeExport(folder / "a.bin", {}, write, isAsMeant, stop.get_token()), false);
    EXPECT_EQ(writeExport(folder / "a.bin", bytes, {}, stop.get_token()), false);
    EXPECT_TRUE(folder.names().empty());
}

TEST(ExportFile, ReportsAFolderThatIsNotThere) {
    const TemporaryFolder folder;
    const Result<bool> outcome = writeTextExport(folder / "none/a.json", "text", {});
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::FileNotWritable);
}

TEST(ExportStems, AreDistinct) {
    std::vector<ImageAddress> images;
    for (const char* image : {"/a/1.png", "/b/1.png", "/b/1.tif", "/c/1_2.png", "/c/x.y.png",
                              "/c/brain.nii.gz", "/c/brain.nii.gz#axial:7", "/c/brain.nii.gz#axial:8"}) {
        images.push_back(addressFromText(image));
    }
    EXPECT_THAT(exportStems(images),
                ElementsAre("1", "1_2", "1_3", "1_2_2", "x.y", "brain", "brain_axial007", "brain_axial008"));
    EXPECT_EQ(filesOf(images).back(), "/c/brain.nii.gz");
}

TEST(ExportStems, OfLongNamesLeaveRoomForAnEnding) {
    std::string name = "a";
    for (int letter = 0; letter < 83; ++letter) name += "가";
    const std::string volume = name + ".nii#axial:7";
    std::string other = name;
    other.front() = 'b';
    const std::vector<std::string> stems =
        exportStems(std::vector{addressFromText(name + ".png"), addressFromText(other + ".png"),
                                addressFromText(volume), addressFromText("short.png")});
    for (const std::string& stem : stems) EXPECT_LE((stem + "_confidence.png").size(), 255U) << stem;
    EXPECT_EQ(stems[0], name.substr(name.size() - 228)) << "whole letters";
    EXPECT_EQ(stems[1], stems[0] + "_2");
    EXPECT_THAT(stems[2], ::testing::EndsWith("가_axial007"));
    EXPECT_EQ(stems[3], "short");
}

}  // namespace
}  // namespace finebrush
