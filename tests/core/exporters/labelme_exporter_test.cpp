#include "core/exporters/labelme_exporter.h"

#include "core/image/raster_reader.h"
#include "tests/core/exporters/export_fixtures.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <cpl_string.h>

namespace finebrush {
namespace {

using nlohmann::json;
using testing::TemporaryFolder;
using testing::twoClasses;

std::vector<uint8_t> fromBase64(std::string text) {
    const int length = CPLBase64DecodeInPlace(reinterpret_cast<GByte*>(text.data()));
    return {text.begin(), text.begin() + length};
}

/// Paints a shape of type "mask" as labelme does: its PNG between the two corner pixels, both included.
void paint(const json& shape, const std::map<std::string, uint8_t>& values, const TemporaryFolder& scratch,
           IndexMask& mask) {
    ASSERT_EQ(shape.at("shape_type"), "mask");
    testing::writeBytes(scratch / "shape.png", fromBase64(shape.at("mask")));
    const PixelBuffer crop = *readRaster(scratch / "shape.png");
    const int left = shape.at("points")[0][0], top = shape.at("points")[0][1];
    const int right = shape.at("points")[1][0], bottom = shape.at("points")[1][1];
    ASSERT_EQ(crop.size, (PixelSize{right - left + 1, bottom - top + 1}));
    ASSERT_EQ(crop.bands, 1);
    for (int y = 0; y < crop.size.height; ++y) {
        for (int x = 0; x < crop.size.width; ++x) {
            if (!crop.bytes[static_cast<size_t>(y * crop.size.width + x)]) continue;
            mask.values.at(static_cast<size_t>((top + y) * mask.size.width + left + x)) =
                values.at(shape.at("label"));
        }
    }
}

TEST(LabelmeExporter, HoldsTheMask) {
    const TemporaryFolder folder, scratch;
    const IndexMask expected = testing::nestedMask({50, 37}, 4);
    ASSERT_TRUE(exportLabelme(folder / "cell.json", folder / "images/cell.png", expected, twoClasses(), {}));

    const json document = json::parse(testing::bytesOf(folder / "cell.json"));
    EXPECT_EQ(document.at("imagePath"), "images/cell.png");
    EXPECT_TRUE(document.at("imageData").is_null());
    EXPECT_TRUE(document.at("version").is_string());
    const PixelSize size{document.at("imageWidth"), document.at("imageHeight")};
    ASSERT_EQ(size, expected.size);
    IndexMask mask{size, std::vector<uint8_t>(static_cast<size_t>(size.area()), kUnlabelled)};
    ASSERT_GT(document.at("shapes").size(), 2u);
    for (const json& shape : document.at("shapes")) {
        EXPECT_TRUE(shape.at("group_id").is_null());
        EXPECT_TRUE(shape.at("flags").is_object());
        paint(shape, {{"background", 0}, {"cell", 5}}, scratch, mask);
    }
    EXPECT_EQ(mask, expected);
}

TEST(LabelmeExporter, RefusesAClassThatIsNotInTheTable) {
    const TemporaryFolder folder;
    const Result<void> outcome = exportLabelme(folder / "a.json", "a.png", {{1, 1}, {9}}, twoClasses(), {});
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::LabelsUnknownClass);
    EXPECT_TRUE(folder.names().empty());
}

}  // namespace
}  // namespace finebrush
