#include "core/importers/json_outline.h"

#include "core/base/files.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

struct JsonOutlineTest : ::testing::Test {
    Result<JsonOutline> outlineOf(const std::string& text) const {
        EXPECT_TRUE(writeFileAtomically(folder / "a.json", text).has_value());
        return outlineOfJson(folder / "a.json");
    }

    testing::TemporaryFolder folder;
};

TEST_F(JsonOutlineTest, KeepsTheOutermostLevelWithoutPictures) {
    const auto outline = outlineOf(R"({"version": "5", "imageWidth": 4, "imageData": "aGVsbG8=", "shapes": [
        {"label": "cell", "points": [[1, 2], [3, 4]], "flags": {"label": "not this"}},
        {"points": [], "label": "axon"}, {"label": "cell"}]})");
    ASSERT_TRUE(outline);
    EXPECT_EQ(outline->top, nlohmann::json::parse(R"({"version": "5", "imageWidth": 4, "shapes": []})"));
    EXPECT_EQ(outline->entriesOf("shapes"), 3);
    EXPECT_THAT(outline->labels, ElementsAre(Pair("axon", 1), Pair("cell", 2)));
}

TEST_F(JsonOutlineTest, CountsWhatAnnotationsAre) {
    const auto outline = outlineOf(R"({"images": [{"id": 1}, {"id": 2}], "categories": {},
        "annotations": [{"segmentation": [[1, 2, 3], [4, 5, 6]], "bbox": [1, 2, 3, 4]}, {"bbox": [1]},
                        {"segmentation": {"size": [1, 2], "counts": [1, 1]}}]})");
    ASSERT_TRUE(outline);
    EXPECT_EQ(outline->entriesOf("images"), 2);
    EXPECT_EQ(outline->entriesOf("annotations"), 3);
    EXPECT_EQ(outline->outlines, 1);
    EXPECT_EQ(outline->runLengths, 1);
    EXPECT_EQ(outline->entriesOf("nothing"), 0);
}

TEST_F(JsonOutlineTest, CountsAListAndTheKeysOfAnObject) {
    const auto list = outlineOf(R"([{"name": "x"}, "y", [1, 2]])");
    ASSERT_TRUE(list);
    EXPECT_TRUE(list->top.is_array());
    EXPECT_EQ(list->entriesOf(""), 3);
    const auto object = outlineOf(R"({"keys": {"Brush": ["B", "P"], "Undo": []}})");
    ASSERT_TRUE(object);
    EXPECT_EQ(object->entriesOf("keys"), 2);
}

TEST_F(JsonOutlineTest, RefusesWhatIsNoJsonOrTooLarge) {
    const auto broken = outlineOf("{\"a\": [1, 2");
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().code, ErrorCode::LabelsMalformed);
    std::filesystem::resize_file(folder / "a.json", kMaxJsonBytes + 1);  // takes no room on the disk
    const auto large = outlineOfJson(folder / "a.json");
    ASSERT_FALSE(large);
    EXPECT_THAT(describe(large.error()), ::testing::HasSubstr("1 GiB"));
    EXPECT_EQ(outlineOfJson(folder / "none.json").error().code, ErrorCode::FileMissing);
}

}  // namespace
}  // namespace finebrush
