#include "core/labels/region_edits.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

TEST(RegionEdits, HolesAreWhatAClassEncloses) {
    LabelMap map({40, 40});
    map.fill({5, 5, 20, 20}, 1);
    map.fill({10, 10, 4, 4}, kUnlabelled);
    map.fill({11, 11, 1, 1}, 2);  // what lies in a hole is of the hole
    EXPECT_EQ(holesOf(map, 1).area(), 16);
    EXPECT_EQ(holesOf(map, 1).bounds(), (RectInImage{10, 10, 4, 4}));
    EXPECT_TRUE(holesOf(map, 3).isEmpty());
}

TEST(RegionEdits, ABayAtTheEdgeOfTheImageIsNoHole) {
    LabelMap map({40, 40});
    map.fill({0, 0, 20, 20}, 1);
    map.fill({0, 5, 4, 4}, kUnlabelled);
    EXPECT_TRUE(holesOf(map, 1).isEmpty());
}

TEST(RegionEdits, IslandsAreThePiecesBelowASize) {
    LabelMap map({40, 40});
    map.fill({0, 0, 10, 10}, 1);
    map.fill({20, 20, 2, 2}, 1);
    map.fill({22, 22, 1, 1}, 1);  // by a corner: of the piece before
    map.fill({30, 30, 2, 2}, 2);
    EXPECT_EQ(islandsOf(map, 1, 6).area(), 5);
    EXPECT_TRUE(islandsOf(map, 1, 5).isEmpty());
    EXPECT_EQ(islandsOf(map, 1, 1000).area(), 105);
}

TEST(RegionEdits, RimsAreOnePixelWide) {
    LabelMap map({40, 40});
    map.fill({10, 10, 6, 4}, 1);
    EXPECT_EQ(outerRimOf(map, 1).area(), 2 * (6 + 4));
    EXPECT_EQ(innerRimOf(map, 1).area(), 6 * 4 - 4 * 2);
}

TEST(RegionEdits, TheEdgeOfTheImageShrinksNothing) {
    LabelMap map({40, 40});
    map.fill({0, 0, 40, 40}, 1);
    EXPECT_TRUE(innerRimOf(map, 1).isEmpty());
    EXPECT_TRUE(outerRimOf(map, 1).isEmpty());
    EXPECT_TRUE(holesOf(LabelMap(), 1).isEmpty());
}

}  // namespace
}  // namespace finebrush
