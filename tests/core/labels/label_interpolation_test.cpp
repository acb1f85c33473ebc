#include "core/labels/label_interpolation.h"

#include <gmock/gmock.h>

#include <cmath>
#include <random>
#include <stdexcept>

namespace finebrush {
namespace {

constexpr PixelSize kSize{120, 90};

IndexMask blank() {
    return {kSize, std::vector<uint8_t>(static_cast<size_t>(kSize.area()), kUnlabelled)};
}

void addDisc(IndexMask& mask, double x, double y, double radius, uint8_t value) {
    for (int row = 0; row < mask.size.height; ++row) {
        for (int column = 0; column < mask.size.width; ++column) {
            if (std::hypot(column + 0.5 - x, row + 0.5 - y) > radius) continue;
            mask.values[static_cast<size_t>(row) * mask.size.width + column] = value;
        }
    }
}

IndexMask disc(double x, double y, double radius, uint8_t value) {
    IndexMask mask = blank();
    addDisc(mask, x, y, radius, value);
    return mask;
}

int64_t areaOf(const IndexMask& mask, uint8_t value) {
    return std::ranges::count(mask.values, value);
}

/// The radius of a disc of this many pixels.
double radiusOf(int64_t area) {
    return std::sqrt(static_cast<double>(area) / M_PI);
}

TEST(LabelInterpolation, BetweenTwoDiscsLiesADiscOfTheBlendedRadius) {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> radii(6, 40);
    std::uniform_real_distribution<double> parts(0.05, 0.95);
    for (int round = 0; round < 40; ++round) {
        const double first = radii(random);
        const double second = radii(random);
        const double part = parts(random);
        const double wanted = (1 - part) * first + part * second;
        const IndexMask between =
            LabelInterpolation(disc(60, 45, first, 3), disc(60, 45, second, 3)).at(part);
        EXPECT_NEAR(radiusOf(areaOf(between, 3)), wanted, 0.5) << first << " to " << second << " at " << part;
        for (int y = 0; y < kSize.height; ++y) {
            for (int x = 0; x < kSize.width; ++x) {
                const double way = std::hypot(x + 0.5 - 60, y + 0.5 - 45);
                if (std::abs(way - wanted) < 1.2) continue;
                EXPECT_EQ(between.at(x, y), way < wanted ? 3 : kUnlabelled);
            }
        }
    }
}

TEST(LabelInterpolation, EqualSlicesGiveTheSameSlice) {
    std::mt19937 random(11);
    std::uniform_real_distribution<double> places(5, 85);
    std::uniform_real_distribution<double> radii(0.8, 30);
    for (int round = 0; round < 20; ++round) {
        IndexMask slice = blank();
        for (uint8_t value = 0; value < 5; ++value)
            addDisc(slice, places(random), places(random), radii(random), value);
        const LabelInterpolation same(slice, slice);
        for (const double part : {0.0, 0.3, 0.5, 0.9, 1.0}) EXPECT_EQ(same.at(part), slice);
    }
}

TEST(LabelInterpolation, ItsEndsAreTheSlices) {
    IndexMask first = disc(40, 40, 20, 0);
    addDisc(first, 70, 40, 18, 1);
    IndexMask second = disc(50, 50, 12, 0);
    addDisc(second, 60, 30, 25, 1);
    const LabelInterpolation between(first, second);
    EXPECT_EQ(between.at(0), first);
    EXPECT_EQ(between.at(1), second);
}

TEST(LabelInterpolation, TheWayBackIsTheSame) {
    const IndexMask first = disc(40, 40, 20, 2);
    const IndexMask second = disc(60, 50, 10, 2);
    for (const double part : {0.2, 0.41, 0.77}) {
        EXPECT_EQ(LabelInterpolation(first, second).at(part), LabelInterpolation(second, first).at(1 - part));
    }
}

TEST(LabelInterpolation, ADiscThatMovesIsFollowed) {
    const IndexMask middle = LabelInterpolation(disc(50, 45, 20, 1), disc(60, 45, 20, 1)).at(0.5);
    EXPECT_EQ(middle.at(55, 45), 1);
    EXPECT_EQ(middle.at(33, 45), kUnlabelled);
    EXPECT_EQ(middle.at(77, 45), kUnlabelled);
    EXPECT_NEAR(radiusOf(areaOf(middle, 1)), 20, 1.5);
}

TEST(LabelInterpolation, NeighboursLeaveNoGapBetweenThem) {
    IndexMask first = blank();
    IndexMask second = blank();
    for (int y = 0; y < kSize.height; ++y) {
        for (int x = 0; x < kSize.width; ++x) {
            const size_t place = static_cast<size_t>(y) * kSize.width + x;
            first.values[place] = x < 30 ? 0 : 1;
            second.values[place] = x < 70 ? 0 : 1;
        }
    }
    const IndexMask between = LabelInterpolation(first, second).at(0.5);
    EXPECT_EQ(areaOf(between, kUnlabelled), 0);
    EXPECT_NEAR(static_cast<double>(areaOf(between, 0)) / kSize.height, 50, 1);
}

TEST(LabelInterpolation, AClassOfOneSliceOnlyIsGoneHalfWay) {
    const IndexMask with = disc(60, 45, 20, 4);
    const LabelInterpolation vanishing(with, blank());
    int64_t before = areaOf(with, 4);
    for (const double part : {0.1, 0.2, 0.3, 0.4}) {
        const int64_t now = areaOf(vanishing.at(part), 4);
        EXPECT_LT(now, before);
        EXPECT_GT(now, 0);
        before = now;
    }
    EXPECT_EQ(areaOf(vanishing.at(0.55), 4), 0);
}

TEST(LabelInterpolation, ASliceThatIsAllOneClassIsAllowed) {
    IndexMask full = blank();
    std::ranges::fill(full.values, uint8_t{1});
    EXPECT_EQ(LabelInterpolation(full, full).at(0.5), full);
    EXPECT_EQ(LabelInterpolation(blank(), blank()).at(0.5), blank());
    EXPECT_EQ(areaOf(LabelInterpolation(full, disc(60, 45, 10, 1)).at(0.1), 1), kSize.area());
}

TEST(LabelInterpolation, SlicesOfTwoSizesAreRefused) {
    EXPECT_THROW(LabelInterpolation(blank(), IndexMask{{2, 1}, {0, 0}}), std::invalid_argument);
}

}  // namespace
}  // namespace finebrush
