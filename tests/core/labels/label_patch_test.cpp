#include "core/labels/label_patch.h"

#include "tests/core/labels/random_strokes.h"

#include <gmock/gmock.h>

#include <random>

namespace finebrush {
namespace {

TEST(LabelPatch, RevertUndoesApplyForRandomStrokes) {
    for (uint32_t seed = 0; seed < 40; ++seed) {
        std::mt19937 random(seed);
        LabelMap map({300 + static_cast<int>(seed) * 7, 600 - static_cast<int>(seed) * 9});
        std::vector<LabelMap> states = {map};
        std::vector<LabelPatch> patches;
        for (int i = 0; i < 12; ++i) {
            patches.push_back(testing::paintRandomStroke(map, random));
            states.push_back(map);
        }
        for (size_t i = patches.size(); i-- > 0;) {
            patches[i].revert(map);
            ASSERT_EQ(map, states[i]) << "seed " << seed << ", undoing stroke " << i;
        }
        for (size_t i = 0; i < patches.size(); ++i) {
            patches[i].apply(map);
            ASSERT_EQ(map, states[i + 1]) << "seed " << seed << ", redoing stroke " << i;
        }
    }
}

TEST(LabelPatch, ShrinksToWhatDiffers) {
    LabelMap before({1000, 1000});
    LabelMap after = before;
    after.fill({300, 400, 10, 20}, 1);
    after.fill({500, 410, 1, 1}, 2);
    const LabelPatch patch = LabelPatch::between(before, after, {0, 0, 1000, 1000});
    EXPECT_EQ(patch.rect(), (RectInImage{300, 400, 201, 20}));
}

TEST(LabelPatch, LeavesPixelsOutsideTheRectangleAlone) {
    const LabelMap before({100, 100});
    LabelMap after = before;
    after.fill({0, 0, 100, 100}, 1);
    LabelMap map = before;
    LabelPatch::between(before, after, {10, 10, 5, 5}).apply(map);
    EXPECT_EQ(map.histogram()[1], 25);
}

TEST(LabelPatch, OfEqualMapsIsEmpty) {
    LabelMap map({600, 600});
    map.fill({100, 100, 300, 300}, 1);
    EXPECT_TRUE(LabelPatch::between(map, LabelMap(map), {0, 0, 600, 600}).isEmpty());
    EXPECT_TRUE(LabelPatch::between(map, LabelMap::fromMask(map.toMask()), {0, 0, 600, 600}).isEmpty());
}

TEST(LabelPatch, RefusesMapsOfDifferentSizes) {
    EXPECT_THROW(LabelPatch::between(LabelMap({2, 2}), LabelMap({2, 3}), {0, 0, 2, 2}),
                 std::invalid_argument);
    const LabelMap before({20, 20});
    LabelMap after = before;
    after.fill({15, 15, 5, 5}, 1);
    const LabelPatch patch = LabelPatch::between(before, after, {0, 0, 20, 20});
    LabelMap small({19, 20});
    EXPECT_FALSE(patch.fits(small.size()));
    EXPECT_THROW(patch.apply(small), std::invalid_argument);
}

TEST(LabelPatch, CountsHowManyPixelsOfEachClassItAdds) {
    LabelMap map({200, 200});
    std::mt19937 random(5);
    for (int i = 0; i < 30; ++i) {
        LabelCounts before = LabelCounts::of(map);
        const LabelPatch patch = testing::paintRandomStroke(map, random);
        EXPECT_EQ(before += patch.growth(), LabelCounts::of(map));
    }
}

TEST(LabelPatch, ChangedTilesAreThoseThatDiffer) {
    std::mt19937 random(21);
    LabelMap map({1000, 800});
    for (int i = 0; i < 30; ++i) {
        const LabelMap before = map;
        const LabelPatch patch = testing::paintRandomStroke(map, random);
        std::vector<TilePlace> expected;
        for (int row = 0; row < map.tileRows(); ++row) {
            for (int column = 0; column < map.tileColumns(); ++column) {
                const RectInImage rect = map.tileRect(column, row);
                if (!LabelPatch::between(before, map, rect).isEmpty()) expected.push_back({column, row});
            }
        }
        EXPECT_THAT(patch.changedTiles(), ::testing::UnorderedElementsAreArray(expected));
    }
    EXPECT_TRUE(LabelPatch().changedTiles().empty());
}

TEST(LabelPatch, BytesRoundTrip) {
    std::mt19937 random(9);
    LabelMap map({700, 500});
    for (int i = 0; i < 100; ++i) {
        const LabelPatch patch = testing::paintRandomStroke(map, random);
        const Result<LabelPatch> back = LabelPatch::fromBytes(patch.toBytes());
        ASSERT_TRUE(back.has_value()) << describe(back.error());
        ASSERT_EQ(*back, patch);
    }
    EXPECT_EQ(LabelPatch::fromBytes(LabelPatch().toBytes()), LabelPatch());
}

TEST(LabelPatch, AStrokeAcrossAHugeMapStaysSmall) {
    LabelMap map({16000, 16000});
    BrushStroke stroke(map, 1, 20);
    stroke.extendTo({10, 10});
    stroke.extendTo({15990, 15990});
    const LabelPatch patch = stroke.finish();
    EXPECT_GT(patch.rect().area(), int64_t{15900} * 15900);
    EXPECT_LT(patch.toBytes().size(), size_t{200'000});
}

TEST(LabelPatch, EveryCutIsRefused) {
    LabelMap map({300, 300});
    BrushStroke stroke(map, 1, 30);
    stroke.extendTo({150, 150});
    const std::vector<uint8_t> bytes = stroke.finish().toBytes();
    for (size_t length = 0; length < bytes.size(); ++length) {
        const auto cut = LabelPatch::fromBytes(std::span(bytes).first(length));
        ASSERT_FALSE(cut.has_value()) << length;
        EXPECT_EQ(cut.error().code, ErrorCode::ProjectMalformed);
    }
    std::vector<uint8_t> longer = bytes;
    longer.push_back(0);
    EXPECT_FALSE(LabelPatch::fromBytes(longer).has_value());
}

TEST(LabelPatch, MutatedBytesAreRefusedOrGiveAPatchThatStaysInItsRectangle) {
    std::mt19937 random(13);
    LabelMap map({400, 400});
    int refused = 0;
    for (int round = 0; round < 5000; ++round) {
        std::vector<uint8_t> bytes = testing::paintRandomStroke(map, random).toBytes();
        for (int flips = 1 + static_cast<int>(random() % 4); flips > 0; --flips) {
            bytes[random() % bytes.size()] = static_cast<uint8_t>(random());
        }
        const Result<LabelPatch> patch = LabelPatch::fromBytes(bytes);
        if (!patch) {
            ++refused;
            continue;
        }
        if (!patch->fits({4000, 4000})) continue;
        LabelMap target({4000, 4000});
        patch->apply(target);
        const LabelMap painted = target;
        patch->revert(target);
        EXPECT_TRUE(LabelPatch::between(target, painted, RectInImage::ofSize(painted.size()))
                        .rect()
                        .united(patch->rect()) == patch->rect());
    }
    EXPECT_GT(refused, 500);
}

TEST(LabelPatch, RandomBytesAreRefused) {
    std::mt19937 random(17);
    for (int round = 0; round < 5000; ++round) {
        std::vector<uint8_t> bytes(random() % 64);
        for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random());
        if (!bytes.empty() && bytes.front() == 1) bytes.front() = 2;
        EXPECT_FALSE(LabelPatch::fromBytes(bytes).has_value());
    }
}

}  // namespace
}  // namespace finebrush
