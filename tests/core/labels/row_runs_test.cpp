#include "core/labels/row_runs.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<RowRun> rowOf(const RowRuns& runs, int y) {
    return {runs.row(y).begin(), runs.row(y).end()};
}

TEST(RowRuns, AreThoseOfAClassAcrossTiles) {
    LabelMap labels({600, 300});
    labels.fill({200, 255, 300, 2}, 1);
    labels.fill({300, 255, 10, 1}, 2);
    labels.fill({590, 299, 10, 1}, 1);
    const RowRuns runs = runsOf(labels, 1);
    EXPECT_EQ(runs.bottom(), 300);
    EXPECT_THAT(rowOf(runs, 254), IsEmpty());
    EXPECT_THAT(rowOf(runs, 255), ElementsAre(RowRun{200, 300}, RowRun{310, 500}));
    EXPECT_THAT(rowOf(runs, 256), ElementsAre(RowRun{200, 500}));
    EXPECT_THAT(rowOf(runs, 299), ElementsAre(RowRun{590, 600}));
    EXPECT_THAT(rowOf(runs, 300), IsEmpty());
    EXPECT_EQ(runs.bounds(), (RectInImage{200, 255, 400, 45}));
    EXPECT_EQ(runs.count(), 4U);
}

TEST(RowRuns, AreThoseOfAPartAndOfWhatIsUnlabelled) {
    LabelMap labels({600, 300});
    labels.fill({200, 255, 300, 2}, 1);
    const RectInImage part{250, 250, 300, 10};
    const RowRuns runs = runsOf(labels, 1, part);
    EXPECT_EQ(runs.top(), 250);
    EXPECT_EQ(runs.bounds(), (RectInImage{250, 255, 250, 2}));
    const RowRuns blank = runsOf(labels, kUnlabelled, part);
    EXPECT_THAT(rowOf(blank, 249), IsEmpty());
    EXPECT_THAT(rowOf(blank, 250), ElementsAre(RowRun{250, 550}));
    EXPECT_THAT(rowOf(blank, 256), ElementsAre(RowRun{500, 550}));
    EXPECT_EQ(blank.bounds(), part);
    EXPECT_EQ(runsOf(LabelMap({600, 300}), kUnlabelled).bounds(), (RectInImage{0, 0, 600, 300}));
}

TEST(RowRuns, PackedTilesStayPacked) {
    LabelMap labels({256, 256});
    int unpacked = 0;
    labels.setTileSource(0, 0, std::make_shared<const LabelMap::TileSource>([&](LabelMap::Tile& tile) {
                             ++unpacked;
                             tile.fill(1);
                         }));
    EXPECT_EQ(runsOf(labels, 1).count(), 256U);
    EXPECT_EQ(runsOf(labels, 1).count(), 256U);
    EXPECT_EQ(unpacked, 2) << "each time for that time only";
}

TEST(RowRuns, WhatIsNotAmongOthersIsLeft) {
    const std::vector<RowRun> runs = {{0, 10}, {20, 30}};
    EXPECT_THAT(without(runs, std::vector<RowRun>{}), ElementsAre(RowRun{0, 10}, RowRun{20, 30}));
    EXPECT_THAT(without(runs, std::vector<RowRun>{{2, 4}, {8, 22}, {29, 40}}),
                ElementsAre(RowRun{0, 2}, RowRun{4, 8}, RowRun{22, 29}));
    EXPECT_THAT(without(runs, std::vector<RowRun>{{0, 40}}), IsEmpty());
    EXPECT_THAT(without(std::vector<RowRun>{}, runs), IsEmpty());
}

}  // namespace
}  // namespace finebrush
