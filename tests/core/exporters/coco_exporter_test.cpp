#include "core/exporters/coco_exporter.h"

#include "core/exporters/coco_rle.h"
#include "tests/core/exporters/annotation_readers.h"
#include "tests/core/exporters/export_fixtures.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace finebrush {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using testing::runsFromString;
using testing::TemporaryFolder;
using testing::twoClasses;

TEST(CocoRle, CountsDownTheColumns) {
    // 3 wide, 2 high: the pixels (1, 0), (1, 1), (2, 0) are positions 2, 3, 4.
    const LabelRegion region{5, {1, 0, 2, 2}, {1, 1, 1, 0}, 3};
    EXPECT_THAT(cocoRuns(region, {3, 2}), ElementsAre(2, 3, 1));
}

TEST(CocoRle, BeginsWithNoughtWhereTheFirstPixelIsInside) {
    const LabelRegion whole{5, {0, 0, 2, 2}, {1, 1, 1, 1}, 4};
    EXPECT_THAT(cocoRuns(whole, {2, 2}), ElementsAre(0, 4));
}

TEST(CocoRle, IsCompressedAsPycocotoolsDoes) {
    // 16 needs a second character, since bit 4 of the last one is the sign; the fourth is coded as 4 - 5 =
    // -1.
    EXPECT_EQ(compressedCocoRuns(std::vector<int64_t>{0, 5}), "05");
    EXPECT_EQ(compressedCocoRuns(std::vector<int64_t>{16}), "`0");
    EXPECT_EQ(compressedCocoRuns(std::vector<int64_t>{1, 5, 2, 4}), "152O");
    const std::vector<int64_t> runs = {0, 1, 31, 32, 1000000, 15, 16, 1, 4096};
    EXPECT_EQ(runsFromString(compressedCocoRuns(runs)), runs);
}

TEST(CocoExporter, HoldsTheMasksOfAllImages) {
    const TemporaryFolder folder;
    const CocoImage images[] = {testing::cocoImage("a.png", testing::nestedMask({50, 37}, 1)),
                                testing::cocoImage("b.tif", testing::nestedMask({20, 64}, 2))};
    ASSERT_TRUE(exportCoco(folder / "annotations.json", images, twoClasses(), {}));

    const json document = json::parse(testing::bytesOf(folder / "annotations.json"));
    ASSERT_EQ(document.at("images").size(), 2u);
    EXPECT_EQ(document.at("categories").at(1), json({{"id", 5}, {"name", "cell"}, {"supercategory", ""}}));
    int64_t lastId = 0;
    for (const json& entry : document.at("images")) {
        const int64_t id = entry.at("id");
        const CocoImage& expected = images[id - 1];
        EXPECT_EQ(entry.at("file_name"), expected.fileName);
        for (const json& annotation : document.at("annotations")) {
            if (annotation.at("image_id") != id) continue;
            EXPECT_EQ(annotation.at("id"), ++lastId);
            EXPECT_EQ(annotation.at("iscrowd"), 0);
        }
        EXPECT_EQ(testing::maskFromCoco(document, entry), expected.labels().toMask());
    }
    EXPECT_EQ(lastId, static_cast<int64_t>(document.at("annotations").size()));
}

TEST(CocoExporter, GivesTheBoxOfARegion) {
    const TemporaryFolder folder;
    constexpr uint8_t kNone = kUnlabelled;
    const CocoImage images[] = {testing::cocoImage(
        "a.png", {{4, 3}, {kNone, kNone, kNone, kNone, kNone, 5, 5, 5, kNone, 5, kNone, kNone}})};
    ASSERT_TRUE(exportCoco(folder / "c.json", images, twoClasses(), {}));
    const json document = json::parse(testing::bytesOf(folder / "c.json"));
    EXPECT_EQ(document.at("annotations").at(0).at("bbox"), json({1, 1, 3, 2}));
}

TEST(CocoExporter, ThatIsStoppedLeavesNoFile) {
    const TemporaryFolder folder;
    const CocoImage images[] = {testing::cocoImage("a.png", {{1, 1}, {5}})};
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(exportCoco(folder / "c.json", images, twoClasses(), {}, stop.get_token()), false);
    EXPECT_TRUE(folder.names().empty());
}

TEST(CocoExporter, AsksForTheLabelsOfOneImageAfterTheOtherUntilItIsStopped) {
    const TemporaryFolder folder;
    std::vector<std::string> asked;
    std::stop_source stop;
    std::vector<CocoImage> images;
    for (const std::string name : {"a.png", "b.png", "c.png"}) {
        images.push_back({name, [&asked, &stop, name] {
                              asked.push_back(name);
                              if (name == "b.png") stop.request_stop();
                              return LabelMap::fromMask({{1, 1}, {5}});
                          }});
    }
    EXPECT_EQ(exportCoco(folder / "c.json", images, twoClasses(), {}, stop.get_token()), false);
    EXPECT_THAT(asked, ElementsAre("a.png", "b.png"));
    EXPECT_TRUE(folder.names().empty());
}

TEST(CocoExporter, RefusesAClassThatIsNotInTheTable) {
    const TemporaryFolder folder;
    const CocoImage images[] = {testing::cocoImage("a.png", {{1, 1}, {9}})};
    const Result<bool> outcome = exportCoco(folder / "c.json", images, twoClasses(), {});
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error(), (Error{ErrorCode::LabelsUnknownClass, {"a.png", "9"}, ""}));
    EXPECT_TRUE(folder.names().empty());
}

}  // namespace
}  // namespace finebrush
