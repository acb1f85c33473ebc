#include "core/labels/cell_labels.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr PixelSize kHuge{40000, 40000};

TEST(CellLabels, PaintingFarApartIsSeenAtACoarserLevel) {
    LabelMap labels(kHuge);
    labels.fill({100, 100, 50, 50}, 1);
    EXPECT_EQ(levelForPainting(paintedTiles(labels), 6), 0);
    EXPECT_THAT(paintedCells(paintedTiles(labels), 0), ElementsAre(CellAddress{0, 0, 0}));
    for (int i = 0; i < 40; ++i) labels.fill({i * 1000, i * 1000, 20, 20}, 2);
    const int level = levelForPainting(paintedTiles(labels), 6);
    EXPECT_GT(level, 0);
    EXPECT_LE(paintedCells(paintedTiles(labels), level).size(), kMostPaintedCells);
    EXPECT_THAT(paintedCells(paintedTiles(labels), 0), SizeIs(kMostPaintedCells))
        << "those with most are taken";
}

TEST(CellLabels, ThinStrokesStayInCoarseLabels) {
    LabelMap labels(kHuge);
    labels.fill({4096 * 4 + 37, 11, 1, 1}, 3);
    const IndexMask mask = labelsOfCell(labels, {2, 4, 0});
    EXPECT_EQ(mask.at(9, 2), 3);
    EXPECT_EQ(mask.at(8, 2), kUnlabelled);
}

TEST(CellLabels, APredictionFillsTheBlocksOfItsPixels) {
    LabelMap predicted({5000, 5000});
    IndexMask mask{{1024, 1024}, std::vector<uint8_t>(1024 * 1024, 0)};
    mask.values[1] = 7;
    ASSERT_TRUE(writeCell(predicted, {1, 0, 0}, mask));
    EXPECT_EQ(predicted.at(1, 0), 0);
    EXPECT_EQ(predicted.at(2, 0), 7);
    EXPECT_EQ(predicted.at(3, 1), 7);
    EXPECT_EQ(predicted.at(4, 0), 0);
    EXPECT_EQ(predicted.at(2048, 0), kUnlabelled);
    EXPECT_FALSE(writeCell(predicted, {1, 0, 0}, IndexMask{{2, 2}, {0, 0, 0, 0}}));
}

}  // namespace
}  // namespace finebrush
