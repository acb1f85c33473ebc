#include "core/labels/label_map.h"

#include <gtest/gtest.h>

#include <memory>
#include <numeric>
#include <random>
#include <thread>

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

}  // namespace
}  // namespace finebrush
