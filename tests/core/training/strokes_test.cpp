#include "core/training/strokes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace finebrush::training {
namespace {

const std::vector<messages::ClassInfo> kClasses = {{"a", "background", "#000000", 0},
                                                   {"b", "cell", "#ff0000", 7}};

/// Two strokes of each class on 20 × 10 px, each 3 px long.
IndexMask fourStrokes() {
    IndexMask mask{{20, 10}, std::vector<uint8_t>(200, kUnlabelled)};
    for (int i = 0; i < 3; ++i) {
        mask.values[1 * 20 + 1 + i] = 0;
        mask.values[8 * 20 + 1 + i] = 0;
        mask.values[(2 + i) * 20 + 10 + i] = 7;  // diagonal: neighbours by corners
        mask.values[8 * 20 + 15 + i] = 7;
    }
    return mask;
}

TEST(Strokes, AreConnectedPatchesOfOneClass) {
    const auto strokes = strokesOf(fourStrokes(), kClasses);
    ASSERT_EQ(strokes.size(), 4u);
    for (const Stroke& stroke : strokes) EXPECT_EQ(stroke.pixels.size(), 3u);
    EXPECT_EQ(
        std::count_if(strokes.begin(), strokes.end(), [](const Stroke& s) { return s.classIndex == 1; }), 2);
}

TEST(Strokes, CoverAnImageWhereNoPixelIsLeft) {
    IndexMask mask{{3, 2}, {0, 0, 7, 0, 7, 7}};
    EXPECT_TRUE(isWhollyPainted(strokesOf(mask, kClasses), mask.size));
    mask.values[4] = kUnlabelled;
    EXPECT_FALSE(isWhollyPainted(strokesOf(mask, kClasses), mask.size));
}

TEST(Strokes, DrawnPointsLieOnStrokesAndAreCapped) {
    const IndexMask mask = fourStrokes();
    std::mt19937_64 random(1);
    const std::vector<Stroke> strokes = strokesOf(mask, kClasses);
    const LabelledPoints drawn = drawPoints(strokes, mask.size, 4, random);
    ASSERT_EQ(drawn.labels.size(0), 8);
    for (int64_t i = 0; i < 8; ++i) {
        const int x = static_cast<int>(drawn.points[i][0].item<float>() * 20);
        const int y = static_cast<int>(drawn.points[i][1].item<float>() * 10);
        EXPECT_EQ(mask.at(x, y), kClasses[drawn.labels[i].item<int64_t>()].value);
        const std::vector<int64_t>& pixels = strokes[drawn.strokes[i].item<int64_t>()].pixels;
        EXPECT_TRUE(std::binary_search(pixels.begin(), pixels.end(), int64_t{y} * 20 + x));
    }
}

TEST(Strokes, TheSameSeedDrawsTheSamePoints) {
    const IndexMask mask = fourStrokes();
    std::mt19937_64 first(5);
    std::mt19937_64 second(5);
    EXPECT_TRUE(torch::equal(drawPoints(strokesOf(mask, kClasses), mask.size, 2, first).points,
                             drawPoints(strokesOf(mask, kClasses), mask.size, 2, second).points));
}

TEST(SplitStrokes, HoldsOutWholeStrokesAndLosesNone) {
    const std::vector<std::vector<Stroke>> strokes(3, strokesOf(fourStrokes(), kClasses));
    std::mt19937_64 random(2);
    const StrokeSplit split = splitStrokes(strokes, 2, 0.3, random);
    size_t heldOut = 0;
    for (size_t image = 0; image < 3; ++image) {
        EXPECT_EQ(split.training[image].size() + split.heldOut[image].size(), 4u);
        heldOut += split.heldOut[image].size();
        EXPECT_EQ(std::count(split.isHeldOut[image].begin(), split.isHeldOut[image].end(), true),
                  split.heldOut[image].size());
        for (const Stroke& out : split.heldOut[image]) {
            for (const Stroke& in : split.training[image]) EXPECT_NE(out.pixels, in.pixels);
        }
    }
    EXPECT_EQ(heldOut, 4u);  // 30 % of six, for each of two classes
}

TEST(SplitStrokes, AClassWithTwoStrokesKeepsBoth) {
    const std::vector<std::vector<Stroke>> strokes = {strokesOf(fourStrokes(), kClasses)};
    std::mt19937_64 random(3);
    EXPECT_TRUE(splitStrokes(strokes, 2, 0.5, random).heldOut[0].empty());
}

}  // namespace
}  // namespace finebrush::training
