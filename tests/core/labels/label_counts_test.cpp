#include "core/labels/label_counts.h"

#include <gmock/gmock.h>

#include <random>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(LabelCounts, OfAnImageLeaveOutWhatIsUnlabelled) {
    LabelMap labels({300, 20});
    labels.fill({0, 0, 10, 2}, 0);
    labels.fill({290, 0, 10, 1}, 254);
    const LabelCounts counts = LabelCounts::of(labels);
    EXPECT_THAT(counts.byValue(), ElementsAre(Pair(0, 20), Pair(254, 10)));
    EXPECT_EQ(counts.of(0), 20);
    EXPECT_EQ(counts.of(7), 0);
    EXPECT_EQ(counts.of(kUnlabelled), 0);
    EXPECT_EQ(counts.total(), 30);
}

TEST(LabelCounts, OfTilesAreThoseOfTheImage) {
    std::mt19937 random(3);
    LabelMap labels({300, 270});
    for (int i = 0; i < 40; ++i) {
        labels.fill({static_cast<int>(random() % 300), static_cast<int>(random() % 270),
                     static_cast<int>(random() % 20), static_cast<int>(random() % 20)},
                    static_cast<uint8_t>(random() % 4 == 0 ? kUnlabelled : random() % 5));
    }
    LabelCounts ofTiles;
    for (int row = 0; row < labels.tileRows(); ++row) {
        for (int column = 0; column < labels.tileColumns(); ++column) {
            if (const auto tile = labels.tile(column, row))
                ofTiles += LabelCounts::of(*tile, labels.tileRect(column, row));
        }
    }
    EXPECT_EQ(ofTiles, LabelCounts::of(labels));
    EXPECT_GT(ofTiles.total(), 0);
}

TEST(LabelCounts, OnlyThePartOfATileInTheImageCounts) {
    LabelMap::Tile tile;
    tile.fill(3);
    EXPECT_THAT(LabelCounts::of(tile, {256, 0, 11, 5}).byValue(), ElementsAre(Pair(3, 55)));
}

TEST(LabelCounts, WhatIsTakenAwayWholeIsGone) {
    LabelCounts counts;
    counts.add(1, 5);
    counts.add(2, 3);
    counts.add(kUnlabelled, 9);
    LabelCounts other = counts;
    other.add(1, -5);
    EXPECT_THAT(other.byValue(), ElementsAre(Pair(2, 3)));
    counts -= other;
    EXPECT_THAT(counts.byValue(), ElementsAre(Pair(1, 5)));
    counts -= LabelCounts(counts);
    EXPECT_THAT(counts.byValue(), IsEmpty());
}

}  // namespace
}  // namespace finebrush
