#include "core/labels/superpixels.h"

#include <gmock/gmock.h>

#include <random>
#include <set>
#include <stdexcept>

namespace finebrush {
namespace {

constexpr RectInImage kRect{30, 50, 96, 64};

/// Dark left of a column of the image, bright from it on.
std::vector<uint8_t> halves(const RectInImage& rect, int edge) {
    std::vector<uint8_t> rgb;
    for (int y = 0; y < rect.height; ++y) {
        for (int x = 0; x < rect.width; ++x) rgb.insert(rgb.end(), 3, rect.x + x < edge ? 40 : 200);
    }
    return rgb;
}

std::vector<uint8_t> noise(const RectInImage& rect, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<uint8_t> rgb(static_cast<size_t>(rect.area()) * 3);
    for (uint8_t& sample : rgb) sample = static_cast<uint8_t>(random() % 256);
    return rgb;
}

/// Every pixel of the part is in exactly one region, and `at` agrees with it.
void expectPartition(const Superpixels& superpixels) {
    int64_t area = 0;
    for (int number = 0; number < superpixels.count(); ++number) {
        const PixelRegion region = superpixels.region(number);
        area += region.area();
        for (const RectInImage& rect : region.rects()) {
            for (int y = rect.y; y < rect.bottom(); ++y) {
                for (int x = rect.x; x < rect.right(); ++x) {
                    ASSERT_EQ(superpixels.at({x + 0.5, y + 0.5}), number);
                }
            }
        }
    }
    EXPECT_EQ(area, superpixels.rect().area());
}

TEST(Superpixels, CutThePartIntoPiecesOfAboutTheWantedSize) {
    for (const int side : {6, 16, 32}) {
        const Superpixels superpixels(kRect, halves(kRect, 0), side);
        EXPECT_EQ(superpixels.count(), (96 / side) * (64 / side));
        for (int number = 0; number < superpixels.count(); ++number) {
            const int64_t area = superpixels.region(number).area();
            EXPECT_GT(area, side * side / 3);
            EXPECT_LT(area, side * side * 3);
        }
    }
}

TEST(Superpixels, AreAsLongInThePatientBothWays) {
    constexpr int kSide = 24;
    for (const PixelShape pixel : {PixelShape{1, 6}, PixelShape{6, 1}}) {
        const Superpixels superpixels(kRect, halves(kRect, 0), kSide, pixel);
        EXPECT_EQ(superpixels.count(), pixel.width > 1 ? 24 * 2 : 4 * 16);
        for (int number = 0; number < superpixels.count(); ++number) {
            const RectInImage bounds = superpixels.region(number).bounds();
            EXPECT_NEAR(bounds.width * pixel.width, kSide, kSide / 2.0) << number;
            EXPECT_NEAR(bounds.height * pixel.height, kSide, kSide / 2.0) << number;
        }
    }
}

TEST(Superpixels, ThatAreThinnerThanAPixelIsLongAreOnePixelLong) {
    const Superpixels superpixels({0, 0, 32, 8}, halves({0, 0, 32, 8}, 0), 4, {1, 40});
    EXPECT_EQ(superpixels.count(), 8 * 8);
    expectPartition(superpixels);
}

TEST(Superpixels, LeaveNoPixelOut) {
    expectPartition(Superpixels(kRect, halves(kRect, 77), 16));
    for (unsigned seed = 0; seed < 5; ++seed) {
        expectPartition(Superpixels(kRect, noise(kRect, seed), 9));
        expectPartition(Superpixels(kRect, noise(kRect, seed), 9, {1, 6}));
    }
}

TEST(Superpixels, KeepToTheEdgesOfThePicture) {
    const Superpixels superpixels(kRect, halves(kRect, 77), 16);
    std::set<int> dark;
    std::set<int> bright;
    for (int y = kRect.y; y < kRect.bottom(); ++y) {
        for (int x = kRect.x; x < kRect.right(); ++x) {
            // Within a pixel of the edge, the picture is neither.
            if (std::abs(x - 77) > 1) (x < 77 ? dark : bright).insert(*superpixels.at({x + 0.5, y + 0.5}));
        }
    }
    for (const int number : dark) EXPECT_FALSE(bright.contains(number)) << number;
}

TEST(Superpixels, APartMayBeSmallerThanOne) {
    const RectInImage tiny{3, 4, 5, 2};
    const Superpixels superpixels(tiny, halves(tiny, 0), 40);
    EXPECT_EQ(superpixels.count(), 1);
    EXPECT_EQ(superpixels.region(0).bounds(), tiny);
    const RectInImage one{0, 0, 1, 1};
    EXPECT_EQ(Superpixels(one, halves(one, 0), 1).region(0).area(), 1);
}

TEST(Superpixels, ThereIsNoneOutsideThePart) {
    const Superpixels superpixels(kRect, halves(kRect, 77), 16);
    EXPECT_TRUE(superpixels.at({30, 50}));
    for (const PointInImage point :
         {PointInImage{29.9, 60}, {60, 49.9}, {126, 60}, {60, 114}, {1e300, 60}, {-1e300, 60}}) {
        EXPECT_FALSE(superpixels.at(point)) << point.x << ", " << point.y;
    }
}

TEST(Superpixels, WhatDoesNotFitIsRefused) {
    EXPECT_THROW(Superpixels(kRect, {}, 16), std::invalid_argument);
    EXPECT_THROW(Superpixels({}, {}, 16), std::invalid_argument);
    EXPECT_THROW(Superpixels(kRect, halves(kRect, 77), 0), std::invalid_argument);
}

}  // namespace
}  // namespace finebrush
