#include "core/labels/label_map.h"

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <numeric>
#include <random>
#include <set>
#include <thread>
#include <vector>

namespace finebrush {
namespace {

constexpr int kTile = LabelMap::kTileSize;

TEST(LabelMap, NewMapIsUnlabelledAndHoldsNoTile) {
    const LabelMap map({700, 300});
    EXPECT_EQ(map.tileColumns(), 3);
    EXPECT_EQ(map.tileRows(), 2);
    EXPECT_EQ(map.at(699, 299), kUnlabelled);
    EXPECT_EQ(map.tile(2, 1), nullptr);
    EXPECT_TRUE(map.isEmpty());
}

TEST(LabelMap, IsUnlabelledOutsideTheImage) {
    LabelMap map({300, 300});
    map.fill({0, 0, 300, 300}, 1);
    EXPECT_EQ(map.at(-1, 0), kUnlabelled);
    EXPECT_EQ(map.at(300, 0), kUnlabelled);
    EXPECT_EQ(map.at(0, 300), kUnlabelled);
    EXPECT_EQ(map.at(299, 299), 1);
}

TEST(LabelMap, ReadGivesWhatWasWrittenAcrossTileBorders) {
    std::mt19937 random(1);
    LabelMap map({3 * kTile - 10, 2 * kTile + 17});
    IndexMask expected{map.size(), std::vector<uint8_t>(static_cast<size_t>(map.size().area()), kUnlabelled)};
    for (int round = 0; round < 60; ++round) {
        const int x = std::uniform_int_distribution(0, map.size().width - 1)(random);
        const int y = std::uniform_int_distribution(0, map.size().height - 1)(random);
        const RectInImage rect{x, y, std::uniform_int_distribution(1, map.size().width - x)(random),
                               std::uniform_int_distribution(1, map.size().height - y)(random)};
        std::vector<uint8_t> values(static_cast<size_t>(rect.area()));
        for (uint8_t& value : values) value = static_cast<uint8_t>(random() % 5);
        map.write(rect, values);
        for (int row = 0; row < rect.height; ++row) {
            std::copy_n(values.begin() + row * rect.width, rect.width,
                        expected.values.begin() + (rect.y + row) * map.size().width + rect.x);
        }
        std::vector<uint8_t> back(values.size());
        map.read(rect, back);
        ASSERT_EQ(back, values) << "round " << round;
    }
    EXPECT_EQ(map.toMask(), expected);
    EXPECT_EQ(LabelMap::fromMask(expected), map);
}

TEST(LabelMap, RefusesARectangleOutsideTheImage) {
    LabelMap map({10, 10});
    std::vector<uint8_t> values(4);
    EXPECT_THROW(map.read({9, 9, 2, 2}, values), std::invalid_argument);
    EXPECT_THROW(map.write({-1, 0, 2, 2}, values), std::invalid_argument);
    EXPECT_THROW(map.write({0, 0, 3, 3}, values), std::invalid_argument);
}

TEST(LabelMap, FillIsClippedToTheImage) {
    LabelMap map({kTile + 4, 20});
    map.fill({kTile - 2, -5, 100, 8}, 3);
    EXPECT_EQ(map.histogram()[3], 6 * 3);
    EXPECT_EQ(map.at(kTile - 3, 0), kUnlabelled);
    EXPECT_EQ(map.at(kTile + 3, 2), 3);
    EXPECT_EQ(map.at(kTile + 3, 3), kUnlabelled);
}

TEST(LabelMap, ErasingWhereNothingIsMakesNoTile) {
    LabelMap map({kTile, kTile});
    map.fill({0, 0, kTile, kTile}, kUnlabelled);
    EXPECT_EQ(map.tile(0, 0), nullptr);
}

TEST(LabelMap, WritingAndAMaskMakeTilesOnlyWhereSomethingIsLabelled) {
    IndexMask mask{{3 * kTile, 2 * kTile}, {}};
    mask.values.assign(static_cast<size_t>(mask.size.area()), kUnlabelled);
    mask.values.back() = 4;
    const LabelMap map = LabelMap::fromMask(mask);
    EXPECT_EQ(map.tileCount(), 1);
    EXPECT_NE(map.tile(2, 1), nullptr);
    EXPECT_EQ(map.toMask(), mask);

    LabelMap erased = map;
    erased.write({3 * kTile - 1, 2 * kTile - 1, 1, 1}, std::vector<uint8_t>{kUnlabelled});
    EXPECT_TRUE(erased.isEmpty());
}

TEST(LabelMap, CopiesAreIndependentAndShareUnwrittenTiles) {
    LabelMap map({2 * kTile, kTile});
    map.fill({0, 0, 2 * kTile, kTile}, 1);
    LabelMap copy = map;
    copy.fill({0, 0, 1, 1}, 2);
    EXPECT_EQ(map.at(0, 0), 1);
    EXPECT_EQ(copy.at(0, 0), 2);
    EXPECT_NE(map.tile(0, 0), copy.tile(0, 0));
    EXPECT_EQ(map.tile(1, 0), copy.tile(1, 0));

    map.fill({1, 0, 1, 1}, 3);
    EXPECT_EQ(copy.at(1, 0), 1);
    map.fill({kTile, 0, 1, 1}, 4);
    EXPECT_EQ(copy.at(kTile, 0), 1);
}

TEST(LabelMap, ACopyCanBeReadWhileTheOriginalIsWritten) {
    LabelMap map({4 * kTile, 4 * kTile});
    map.fill(RectInImage::ofSize(map.size()), 1);
    for (int round = 0; round < 20; ++round) {
        const auto expected = static_cast<uint8_t>(round);
        map.fill(RectInImage::ofSize(map.size()), expected);
        std::jthread reader([snapshot = map, expected] {
            EXPECT_EQ(snapshot.histogram()[expected], snapshot.size().area());
        });
        map.fill(RectInImage::ofSize(map.size()), 99);
    }
}

TEST(LabelMap, HistogramCountsEveryPixelOfTheImageOnce) {
    LabelMap map({kTile + 3, kTile + 5});
    map.fill({kTile - 1, kTile - 1, 4, 6}, 7);
    const auto counts = map.histogram();
    EXPECT_EQ(counts[7], 24);
    EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), int64_t{0}), map.size().area());
}

TEST(LabelMap, SetTileKeepsPixelsOutsideTheImageUnlabelled) {
    LabelMap map({kTile + 2, 3});
    LabelMap::Tile values;
    values.fill(5);
    map.setTile(1, 0, values);
    EXPECT_EQ(map.histogram()[5], 6);
    EXPECT_EQ((*map.tile(1, 0))[2], kUnlabelled);
    EXPECT_EQ((*map.tile(1, 0))[3 * kTile], kUnlabelled);
}

TEST(LabelMap, AnErasedMapEqualsAnUntouchedOne) {
    LabelMap map({100, 100});
    map.fill({10, 10, 5, 5}, 1);
    EXPECT_NE(map, LabelMap({100, 100}));
    map.fill({10, 10, 5, 5}, kUnlabelled);
    EXPECT_EQ(map, LabelMap({100, 100}));
    EXPECT_TRUE(map.isEmpty());
}

TEST(LabelMap, AHugeOneTakesMemoryOnlyWhereItIsPainted) {
    LabelMap map({40000, 40000});
    EXPECT_TRUE(map.isBlank({0, 0, 40000, 40000}));
    map.fill({39990, 39990, 5, 5}, 1);
    int tiles = 0;
    for (int row = 0; row < map.tileRows(); ++row) {
        for (int column = 0; column < map.tileColumns(); ++column) tiles += map.tile(column, row) != nullptr;
    }
    EXPECT_EQ(tiles, 1);
    EXPECT_TRUE(map.isBlank({0, 0, 39000, 40000}));
    EXPECT_FALSE(map.isBlank({39000, 39000, 1000, 1000}));
}

TEST(LabelMap, ATileIsUnpackedWhenItIsLookedAt) {
    auto unpacked = std::make_shared<int>(0);
    const auto source = std::make_shared<const LabelMap::TileSource>([unpacked](LabelMap::Tile& tile) {
        ++*unpacked;
        tile.fill(3);
    });
    LabelMap map({300, 20});
    map.setTileSource(0, 0, source);
    map.setTileSource(1, 0, source);
    LabelMap copy = map;
    EXPECT_EQ(*unpacked, 0);
    EXPECT_EQ(map.at(10, 10), 3);
    EXPECT_EQ(map.at(11, 10), 3);
    EXPECT_EQ(*unpacked, 1);
    map.fill({10, 10, 1, 1}, 5);
    EXPECT_EQ(copy.at(10, 10), 3) << "copies are independent";
    EXPECT_EQ(copy.histogram()[3], 300 * 20) << "what lies outside the image does not count";
    copy.fill({270, 5, 1, 1}, 7);
    EXPECT_EQ(map.at(270, 5), 3);
    EXPECT_FALSE(map.isEmpty());
}

/// Tells of each time that it is unpacked.
std::shared_ptr<const LabelMap::TileSource> chequered(const std::shared_ptr<int>& unpacked) {
    return std::make_shared<const LabelMap::TileSource>([unpacked](LabelMap::Tile& tile) {
        ++*unpacked;
        for (size_t i = 0; i < tile.size(); ++i) tile[i] = static_cast<uint8_t>(i % 2);
    });
}

TEST(LabelMap, TilesOfOneValueAreTheSameTileInAllMaps) {
    LabelMap map({3 * kTile, kTile});
    map.fill({0, 0, 2 * kTile, kTile}, 1);
    EXPECT_EQ(map.tile(0, 0), map.tile(1, 0));
    LabelMap::Tile values;
    values.fill(1);
    map.setTile(2, 0, values);
    EXPECT_EQ(map.tile(2, 0), map.tile(0, 0));
    const IndexMask mask{{kTile, kTile}, std::vector<uint8_t>(values.begin(), values.end())};
    EXPECT_EQ(LabelMap::fromMask(mask).tile(0, 0), map.tile(0, 0));
    LabelMap painted({kTile, kTile});
    for (int y = 0; y < kTile; ++y) painted.fill({0, y, kTile, 1}, 1);
    EXPECT_EQ(painted.tile(0, 0), map.tile(0, 0)) << "row by row, as patches and rasters are brought in";
    LabelMap unpacked({kTile, kTile});
    unpacked.setTileSource(
        0, 0, std::make_shared<const LabelMap::TileSource>([](LabelMap::Tile& tile) { tile.fill(1); }));
    EXPECT_EQ(unpacked.at(0, 0), 1);
    EXPECT_EQ(unpacked.tile(0, 0), map.tile(0, 0));
}

TEST(LabelMap, WritingATileOfOneValueLeavesTheOthers) {
    LabelMap map({3 * kTile, kTile}), other({kTile, kTile});
    map.fill(RectInImage::ofSize(map.size()), 1);
    other.fill(RectInImage::ofSize(other.size()), 1);
    map.fill({5, 5, 1, 1}, 2);
    map.write({kTile + 7, 7, 1, 1}, std::vector<uint8_t>{3});
    EXPECT_EQ(map.at(5, 5), 2);
    EXPECT_EQ(map.at(kTile + 5, 5), 1);
    EXPECT_EQ(map.at(kTile + 7, 7), 3);
    EXPECT_EQ(map.at(2 * kTile + 7, 7), 1);
    EXPECT_EQ(map.histogram()[1], 3 * kTile * kTile - 2);
    EXPECT_EQ(other.histogram()[1], kTile * kTile);
    map.fill({2 * kTile, 0, kTile, kTile}, 4);
    map.fill({2 * kTile, 0, 1, 1}, 5);
    map.fill({2 * kTile, 0, 1, 1}, 4);
    other.fill({0, 0, kTile, kTile}, 4);
    EXPECT_EQ(other.at(0, 0), 4);
}

TEST(LabelMap, ATileAtTheEdgeIsOfOneValueOnlyWhereItIsErased) {
    LabelMap map({kTile + 5, kTile + 3});
    map.fill(RectInImage::ofSize(map.size()), 1);
    EXPECT_NE(map.tile(1, 0), map.tile(0, 0));
    EXPECT_EQ((*map.tile(1, 1))[5], kUnlabelled);
    EXPECT_EQ((*map.tile(1, 1))[3 * kTile], kUnlabelled);
    EXPECT_EQ(map.histogram()[1], map.size().area());
    map.fill(RectInImage::ofSize(map.size()), kUnlabelled);
    EXPECT_EQ(map.tile(1, 1), map.tile(0, 0));
    EXPECT_FALSE(map.isBlank({0, 0, 1, 1})) << "something was labelled there";
    EXPECT_TRUE(map.isEmpty());
    map.fill({kTile, kTile, 1, 1}, 2);
    EXPECT_EQ(map.histogram()[kUnlabelled], map.size().area() - 1);
}

TEST(LabelMap, HoldsWhatAMaskHoldsThroughRandomWorkOnCopies) {
    std::mt19937 random(5);
    const PixelSize size{3 * kTile + 20, 2 * kTile + 9};
    const auto between = [&](int least, int most) {
        return std::uniform_int_distribution(least, most)(random);
    };
    const auto unpacked = std::make_shared<int>(0);
    const auto source = chequered(unpacked);
    std::vector<LabelMap> maps(3, LabelMap(size));
    std::vector<IndexMask> masks(3, maps.front().toMask());
    for (int round = 0; round < 600; ++round) {
        const auto which = static_cast<size_t>(between(0, 2)), other = static_cast<size_t>(between(0, 2));
        LabelMap& map = maps[which];
        IndexMask& mask = masks[which];
        const int column = between(0, map.tileColumns() - 1), row = between(0, map.tileRows() - 1);
        // Now and then a tile, or what reaches from tile to tile.
        RectInImage rect = map.tileRect(column, row);
        if (between(0, 2) == 0) rect = {rect.x, rect.y + between(0, rect.height - 1), rect.width, 1};
        if (between(0, 2) == 0) {
            const int x = between(0, size.width - 1), y = between(0, size.height - 1);
            rect = {x, y, between(1, size.width - x), between(1, size.height - y)};
        }
        const auto setMask = [&](const RectInImage& part, auto valueAt) {
            for (int y = part.y; y < part.bottom(); ++y) {
                for (int x = part.x; x < part.right(); ++x)
                    mask.values[static_cast<size_t>(y * size.width + x)] = valueAt(x, y);
            }
        };
        const auto value = static_cast<uint8_t>(between(0, 2) == 0 ? kUnlabelled : between(0, 1));
        switch (between(0, 6)) {
            case 0:
            case 1:
                map.fill(rect, value);
                setMask(rect, [&](int, int) { return value; });
                break;
            case 2: {
                const bool isOfOneValue = between(0, 1) == 0;
                std::vector<uint8_t> values(static_cast<size_t>(rect.area()), value);
                if (!isOfOneValue) values.back() = 7;
                map.write(rect, values);
                setMask(rect, [&](int, int) { return value; });
                setMask({rect.right() - 1, rect.bottom() - 1, 1, 1}, [&](int, int) { return values.back(); });
                break;
            }
            case 3:
                map.setTileSource(column, row, source);
                setMask(map.tileRect(column, row), [](int x, int) { return static_cast<uint8_t>(x % 2); });
                break;
            case 4:
                map = maps[other];
                mask = masks[other];
                break;
            case 5: {
                map.shareTile(maps[other], column, row);
                const IndexMask from = masks[other];
                setMask(map.tileRect(column, row), [&](int x, int y) { return from.at(x, y); });
                break;
            }
            default:
                map.giveBackUnpacked();
                ASSERT_EQ(map.at(rect.x, rect.y), mask.at(rect.x, rect.y));
        }
        if (round % 20 != 0) continue;
        for (size_t i = 0; i < maps.size(); ++i) {
            std::array<int64_t, 256> counts{};
            for (const uint8_t pixel : masks[i].values) ++counts[pixel];
            ASSERT_EQ(maps[i].histogram(), counts) << "round " << round;
            ASSERT_EQ(maps[i].isEmpty(), counts[kUnlabelled] == size.area()) << "round " << round;
            ASSERT_EQ(maps[i] == maps[other], masks[i] == masks[other]) << "round " << round;
            ASSERT_EQ(maps[i].toMask(), masks[i]) << "round " << round;
        }
    }
    EXPECT_GT(*unpacked, 0);
}

TEST(LabelMap, WhatIsUnpackedForALookIsGivenBack) {
    const auto unpacked = std::make_shared<int>(0);
    const auto source = chequered(unpacked);
    constexpr int kTiles = static_cast<int>(LabelMap::kMostUnpacked) + 10;
    LabelMap map({kTile, kTile * kTiles});
    for (int row = 0; row < kTiles; ++row) map.setTileSource(0, row, source);
    const std::weak_ptr<const LabelMap::Tile> first = map.tile(0, 0);
    const auto held = map.tile(0, 1);
    for (int row = 2; row < kTiles; ++row) EXPECT_EQ(map.at(1, row * kTile), 1);
    EXPECT_TRUE(first.expired());
    EXPECT_EQ((*held)[1], 1) << "whoever holds one keeps it";
    EXPECT_EQ(*unpacked, kTiles);

    map.fill({0, kTile * 5, 1, 1}, 9);
    const std::weak_ptr<const LabelMap::Tile> written = map.tile(0, 5), looked = map.tile(0, kTiles - 1);
    map.giveBackUnpacked();
    EXPECT_TRUE(looked.expired());
    EXPECT_FALSE(written.expired());
    EXPECT_EQ(map.at(0, kTile * 5), 9);
    EXPECT_EQ(map.at(1, kTile * 6), 1);
}

TEST(LabelMap, WalksOverAllUnpackNoMoreThanTheyNeedAndKeepNothing) {
    const auto unpacked = std::make_shared<int>(0);
    const auto source = chequered(unpacked);
    LabelMap map({2 * kTile, 2 * kTile});
    map.setTileSource(0, 0, source);
    map.setTileSource(1, 0, source);
    map.fill({0, kTile, 1, 1}, 3);
    EXPECT_FALSE(map.isEmpty());
    const LabelMap copy = map;
    EXPECT_EQ(copy, map);
    EXPECT_EQ(*unpacked, 0) << "one that is not packed is labelled, and all are shared";
    EXPECT_EQ(map.histogram()[1], kTile * kTile);
    EXPECT_EQ(map.histogram()[1], kTile * kTile);
    EXPECT_EQ(*unpacked, 4);
    EXPECT_EQ(map.at(1, 0), 1);
    EXPECT_TRUE(map.sharesTile(copy, 0, 0)) << "one of them only looked at it";
    EXPECT_EQ(*unpacked, 5);
    map.fill({0, 0, 1, 1}, 3);
    EXPECT_FALSE(map.sharesTile(copy, 0, 0));
    EXPECT_EQ(copy.at(0, 0), 0);
}

TEST(LabelMap, AHugeDenseOneTakesMemoryOnlyWhereValuesMeet) {
    LabelMap map({40000, 40000});
    map.fill({1000, 1000, 30000, 30000}, 1);
    map.fill({20000, 5000, 15000, 30000}, 2);
    std::set<std::shared_ptr<const LabelMap::Tile>> tiles;
    for (int row = 0; row < map.tileRows(); ++row) {
        for (int column = 0; column < map.tileColumns(); ++column) tiles.insert(map.tile(column, row));
    }
    EXPECT_GT(map.tileCount(), 16000);
    EXPECT_LT(tiles.size(), 900U);
    EXPECT_EQ(map.histogram()[2], int64_t{15000} * 30000);
}

}  // namespace
}  // namespace finebrush
