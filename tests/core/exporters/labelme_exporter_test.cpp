#include "core/exporters/labelme_exporter.h"

#include "tests/core/exporters/annotation_readers.h"
#include "tests/core/exporters/export_fixtures.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace finebrush {
namespace {

using nlohmann::json;
using testing::TemporaryFolder;
using testing::twoClasses;

TEST(LabelmeExporter, HoldsTheMask) {
    const TemporaryFolder folder;
    const IndexMask expected = testing::nestedMask({50, 37}, 4);
    ASSERT_TRUE(exportLabelme(folder / "cell.json", folder / "images/cell.png", LabelMap::fromMask(expected),
                              twoClasses(), {}));

    const json document = json::parse(testing::bytesOf(folder / "cell.json"));
    EXPECT_EQ(document.at("imagePath"), "images/cell.png");
    EXPECT_TRUE(document.at("imageData").is_null());
    EXPECT_TRUE(document.at("version").is_string());
    ASSERT_GT(document.at("shapes").size(), 2u);
    for (const json& shape : document.at("shapes")) {
        EXPECT_TRUE(shape.at("group_id").is_null());
        EXPECT_TRUE(shape.at("flags").is_object());
    }
    EXPECT_EQ(testing::maskFromLabelme(document, {{"background", 0}, {"cell", 5}}), expected);
}

TEST(LabelmeExporter, NamesTheSliceOfAVolume) {
    const TemporaryFolder folder;
    const ImageAddress slice(folder / "scan.nii.gz", SliceAddress{SliceView::Axial, 12, 0});
    ASSERT_TRUE(exportLabelme(folder / "a.json", slice, LabelMap::fromMask({{1, 1}, {5}}), twoClasses(), {}));
    const json document = json::parse(testing::bytesOf(folder / "a.json"));
    EXPECT_EQ(document.at("imagePath"), "scan.nii.gz#axial:12");
}

TEST(LabelmeExporter, ThatIsStoppedLeavesNoFile) {
    const TemporaryFolder folder;
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(exportLabelme(folder / "a.json", std::filesystem::path("a.png"),
                            LabelMap::fromMask(testing::nestedMask({50, 37}, 4)), twoClasses(), {},
                            stop.get_token()),
              false);
    EXPECT_TRUE(folder.names().empty());
}

TEST(LabelmeExporter, RefusesAClassThatIsNotInTheTable) {
    const TemporaryFolder folder;
    const Result<bool> outcome = exportLabelme(folder / "a.json", std::filesystem::path("a.png"),
                                               LabelMap::fromMask({{1, 1}, {9}}), twoClasses(), {});
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::LabelsUnknownClass);
    EXPECT_TRUE(folder.names().empty());
}

}  // namespace
}  // namespace finebrush
