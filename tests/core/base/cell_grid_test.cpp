#include "core/base/cell_grid.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

TEST(CellGrid, ReachBackAtTheBorder) {
    EXPECT_EQ(cellRect({3000, 500}, {0, 2, 0}), (RectInImage{1976, 0, 1024, 500}));
    EXPECT_EQ(cellRect({3000, 500}, {1, 1, 0}), (RectInImage{476, 0, 1024, 250}));
}

TEST(CellGrid, CoverTheWholeImage) {
    EXPECT_EQ(coveredByCell({3000, 500}, {1, 1, 0}), (RectInImage{952, 0, 2048, 500}));
    EXPECT_THAT(cellsOf({3000, 500}, 0),
                ::testing::ElementsAre(CellAddress{0, 0, 0}, CellAddress{0, 1, 0}, CellAddress{0, 2, 0}));
    EXPECT_THAT(cellsOf({2048, 1025}, 0), ::testing::SizeIs(4));
    EXPECT_THAT(cellsOf({2048, 1025}, 1), ::testing::SizeIs(1));
}

TEST(CellGrid, AreNamed) {
    const auto place = cellFromId(cellId("1234-ab", {3, 17, 4}));
    ASSERT_TRUE(place);
    EXPECT_EQ(place->image, "1234-ab");
    EXPECT_EQ(place->cell, (CellAddress{3, 17, 4}));
    EXPECT_FALSE(cellFromId("1234-ab"));
    EXPECT_FALSE(cellFromId("1234@1:2"));
    EXPECT_FALSE(cellFromId("1234@-1:2:3"));
    EXPECT_FALSE(cellFromId("1234@1: 2:3"));
    EXPECT_FALSE(cellFromId("1234@1:2:")) << "no row";
    EXPECT_FALSE(cellFromId("1234@1:4294967298:3")) << "more than an int holds";
    EXPECT_FALSE(cellFromId("1234@1:2:2097152")) << "more px than an int holds";
    EXPECT_FALSE(cellFromId("map@1:2:3.tif")) << "a file may be called so";
}

}  // namespace
}  // namespace finebrush
