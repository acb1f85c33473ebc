#include "core/project/database/tile_row.h"

#include "core/project/database/journal_reader.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

LabelMap paintedMap() {
    LabelMap labels({300, 200});
    labels.fill({10, 10, 30, 7}, 3);
    labels.fill({290, 100, 10, 10}, 254);
    return labels;
}

TileRow rowOf(const LabelMap& labels, int column) {
    const LabelMap::Tile& tile = *labels.tile(column, 0);
    return packTile("an image", {column, 0}, tile, LabelCounts::of(tile, labels.tileRect(column, 0)));
}

TEST(TileRow, HoldsLabelsAndCounts) {
    const LabelMap labels = paintedMap();
    for (const int column : {0, 1}) {
        const TileRow row = rowOf(labels, column);
        EXPECT_EQ(*unpackTile(row.labels), *labels.tile(column, 0));
        EXPECT_EQ(unpackCounts(row.counts),
                  LabelCounts::of(*labels.tile(column, 0), labels.tileRect(column, 0)));
    }
}

TEST(TileRow, TheChecksumTellsEveryChange) {
    const TileRow row = rowOf(paintedMap(), 0);
    EXPECT_EQ(tileChecksum("an image", {0, 0}, row.labels, row.counts), row.checksum);
    EXPECT_NE(tileChecksum("an image", {1, 0}, row.labels, row.counts), row.checksum);
    EXPECT_NE(tileChecksum("another image", {0, 0}, row.labels, row.counts), row.checksum);
    for (size_t bit = 0; bit < row.labels.size() * 8; ++bit) {
        std::vector<uint8_t> damaged = row.labels;
        damaged[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
        ASSERT_NE(tileChecksum("an image", {0, 0}, damaged, row.counts), row.checksum) << "bit " << bit;
    }
    for (size_t bit = 0; bit < row.counts.size() * 8; ++bit) {
        std::vector<uint8_t> damaged = row.counts;
        damaged[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
        ASSERT_NE(tileChecksum("an image", {0, 0}, row.labels, damaged), row.checksum) << "bit " << bit;
    }
}

TEST(TileRow, WhatIsNoTileIsRefused) {
    const TileRow row = rowOf(paintedMap(), 0);
    const std::vector<uint8_t> nothing, cut(row.labels.begin(), row.labels.end() - 5), zeros(20);
    for (const std::vector<uint8_t>& labels : {nothing, cut, zeros})
        EXPECT_THROW(unpackTile(labels), MalformedProject);
    EXPECT_THROW(packedSource(nothing), MalformedProject);
    EXPECT_THROW(packedSource(zeros), MalformedProject);
    EXPECT_THROW(unpackCounts(std::vector<uint8_t>(6)), MalformedProject);
}

TEST(TileRow, ASourceFillsATileEachTime) {
    const LabelMap labels = paintedMap();
    const auto source = packedSource(rowOf(labels, 1).labels);
    LabelMap::Tile tile{};
    for (int i = 0; i < 2; ++i) {
        tile.fill(9);
        (*source)(tile);
        EXPECT_EQ(tile, *labels.tile(1, 0));
    }
}

}  // namespace
}  // namespace finebrush
