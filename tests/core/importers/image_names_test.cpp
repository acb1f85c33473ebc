#include "core/importers/image_names.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

const std::vector<ImportTarget> kTargets = {
    {std::filesystem::path("/data/one/cell.png"), {}},
    {std::filesystem::path("/data/two/cell.png"), {}},
    {std::filesystem::path("/data/two/세포 3.tif"), {}},
    {{std::filesystem::path("/data/scan.nii.gz"), SliceAddress{SliceView::Axial, 12, 0}}, {}},
};

TEST(ImageNames, AreFoundByStemAndLabelEnding) {
    EXPECT_EQ(targetNamed("세포 3.png", kTargets), 2U);
    EXPECT_EQ(targetNamed("세포 3_mask.png", kTargets), 2U);
    EXPECT_EQ(targetNamed("/somewhere/세포 3.json", kTargets), 2U);
    EXPECT_EQ(targetNamed("scan_axial012_mask.png", kTargets), 3U);
    EXPECT_EQ(targetNamed("scan.nii.gz#axial:12", kTargets), 3U);
    EXPECT_EQ(targetNamed("other.png", kTargets), std::nullopt);
    EXPECT_EQ(targetNamed("", kTargets), std::nullopt);
}

TEST(ImageNames, AVolumeMeansItsSliceWhereThereIsOne) {
    EXPECT_EQ(targetNamed("scan.png", kTargets), 3U);
    EXPECT_EQ(targetNamed("scan_axial013.png", kTargets), std::nullopt);
    EXPECT_EQ(targetNamed("scan.nii.gz#axial:13", kTargets), std::nullopt);
    std::vector<ImportTarget> two = kTargets;
    two.push_back({{std::filesystem::path("/data/scan.nii.gz"), SliceAddress{SliceView::Axial, 13, 0}}, {}});
    EXPECT_EQ(targetNamed("scan.png", two), std::nullopt);
}

TEST(ImageNames, FoldersTellImagesOfOneNameApart) {
    EXPECT_EQ(targetNamed("one/cell.png", kTargets), 0U);
    EXPECT_EQ(targetNamed("C:\\set\\two\\cell.png", kTargets), 1U);
    EXPECT_EQ(targetNamed("cell.png", kTargets), std::nullopt);
    EXPECT_EQ(targetNamed("cell_mask.png", kTargets), std::nullopt);
}

}  // namespace
}  // namespace finebrush
