#include "core/exporters/label_regions.h"

#include "tests/core/exporters/export_fixtures.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::ElementsAre;

constexpr uint8_t kNone = kUnlabelled;

std::vector<LabelRegion> labelRegions(const IndexMask& mask) {
    std::vector<LabelRegion> regions;
    EXPECT_TRUE(visitRegions(mask, [&](const LabelRegion& region) {
        regions.push_back(region);
        return true;
    }));
    return regions;
}

TEST(LabelRegions, AreTheConnectedPiecesOfEachClass) {
    const IndexMask mask{{5, 4}, {5,     5,     kNone, 0,     kNone,  //
                                  5,     kNone, kNone, kNone, 0,      //
                                  kNone, kNone, 5,     kNone, 0,      //
                                  5,     kNone, kNone, kNone, kNone}};
    const std::vector<LabelRegion> regions = labelRegions(mask);
    ASSERT_EQ(regions.size(), 4u);
    EXPECT_EQ(regions[0].value, 0);
    EXPECT_EQ(regions[0].box, (RectInImage{3, 0, 2, 3}));
    EXPECT_EQ(regions[0].area, 3);
    EXPECT_THAT(regions[0].inside, ElementsAre(1, 0, 0, 1, 0, 1));
    EXPECT_TRUE(regions[0].contains(4, 2));
    EXPECT_FALSE(regions[0].contains(4, 0));
    for (size_t i = 1; i < regions.size(); ++i) EXPECT_EQ(regions[i].value, 5);
}

TEST(LabelRegions, HaveHoles) {
    const IndexMask ring{{3, 3}, {5, 5, 5, 5, kNone, 5, 5, 5, 5}};
    const std::vector<LabelRegion> regions = labelRegions(ring);
    ASSERT_EQ(regions.size(), 1u);
    EXPECT_EQ(regions[0].area, 8);
    EXPECT_FALSE(regions[0].contains(1, 1));
}

TEST(LabelRegions, TileTheLabelledPixels) {
    const IndexMask mask = testing::nestedMask({60, 45}, 3);
    IndexMask painted{mask.size, std::vector<uint8_t>(mask.values.size(), kNone)};
    int64_t area = 0;
    for (const LabelRegion& region : labelRegions(mask)) {
        area += region.area;
        for (int y = region.box.y; y < region.box.bottom(); ++y) {
            for (int x = region.box.x; x < region.box.right(); ++x) {
                if (region.contains(x, y)) painted.values[static_cast<size_t>(y * 60 + x)] = region.value;
            }
        }
    }
    EXPECT_EQ(painted, mask);
    EXPECT_EQ(area, static_cast<int64_t>(mask.values.size()) - std::ranges::count(mask.values, kNone));
}

TEST(LabelRegions, OfAnUnlabelledImageAreNone) {
    EXPECT_TRUE(labelRegions({{2, 1}, {kNone, kNone}}).empty());
}

TEST(LabelRegions, AreVisitedAsLongAsTheyAreWanted) {
    const IndexMask mask{{5, 1}, {0, kNone, 0, 5, kNone}};
    int visited = 0;
    EXPECT_FALSE(visitRegions(mask, [&](const LabelRegion&) { return ++visited < 2; }));
    EXPECT_EQ(visited, 2);
}

TEST(RequireKnownClasses, NamesTheFirstUnknownValue) {
    const ClassTable classes = testing::twoClasses();
    EXPECT_TRUE(requireKnownClasses(LabelMap::fromMask({{3, 1}, {0, 5, kNone}}), classes, "a.png"));
    const Result<void> unknown =
        requireKnownClasses(LabelMap::fromMask({{3, 1}, {0, 9, 7}}), classes, "a.png");
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error(), (Error{ErrorCode::LabelsUnknownClass, {"a.png", "7"}, ""}));
}

}  // namespace
}  // namespace finebrush
