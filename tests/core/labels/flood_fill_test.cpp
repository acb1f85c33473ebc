#include "core/labels/flood_fill.h"

#include <gtest/gtest.h>

#include <chrono>

namespace finebrush {
namespace {

/// A frame of class 1, so that what is unlabelled falls in two.
LabelMap framed() {
    LabelMap map({300, 280});
    map.fill({20, 20, 260, 240}, 1);
    map.fill({22, 22, 256, 236}, kUnlabelled);
    return map;
}

TEST(FloodFill, HoldsWhatHangsTogetherByOneLabel) {
    const LabelMap map = framed();
    EXPECT_EQ(equalLabelRegion(map, {100.5, 100.5}).area(), 256 * 236);
    EXPECT_EQ(equalLabelRegion(map, {1, 1}).area(), 300 * 280 - 260 * 240);
    EXPECT_EQ(equalLabelRegion(map, {20, 20}).area(), 260 * 240 - 256 * 236);
}

TEST(FloodFill, PixelsThatTouchByACornerAreApart) {
    LabelMap map({4, 4});
    map.fill({0, 0, 2, 2}, 0);
    map.fill({2, 2, 2, 2}, 0);
    EXPECT_EQ(equalLabelRegion(map, {0, 0}).area(), 4);
}

TEST(FloodFill, GoesAroundWhatLiesBetweenUpAndDown) {
    LabelMap map({600, 600});
    for (int x = 20; x < 600; x += 40) map.fill({x, (x / 40) % 2 * 20, 10, 580}, 1);
    EXPECT_EQ(equalLabelRegion(map, {0, 0}).area(), 600 * 600 - map.histogram()[1]) << "a winding way";
    map.fill({300, 0, 1, 600}, 1);
    EXPECT_EQ(equalLabelRegion(map, {0, 0}).bounds(), (RectInImage{0, 0, 300, 600}));
    EXPECT_EQ(equalLabelRegion(map, {0, 120}, {0, 100, 15, 50}).area(), 15 * 50);
}

TEST(FloodFill, APointOutsideFillsNothing) {
    EXPECT_TRUE(equalLabelRegion(framed(), {-0.5, 4}).isEmpty());
    EXPECT_TRUE(equalLabelRegion(framed(), {300, 4}).isEmpty());
    EXPECT_TRUE(equalLabelRegion(LabelMap(), {0, 0}).isEmpty());
}

TEST(FloodFill, SimilarColoursAreWithinTheTolerance) {
    const PixelSize size{40, 10};
    std::vector<uint8_t> rgb;
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) rgb.insert(rgb.end(), {100, static_cast<uint8_t>(5 * x), 100});
    }
    const std::vector<uint8_t> before = rgb;
    EXPECT_EQ(similarColourRegion(size, rgb, {10, 5}, 0).area(), 10);
    EXPECT_EQ(similarColourRegion(size, rgb, {10, 5}, 14).bounds(), (RectInImage{8, 0, 5, 10}));
    EXPECT_EQ(similarColourRegion(size, rgb, {10, 5}, 255).area(), 400);
    EXPECT_TRUE(similarColourRegion(size, rgb, {10, 10}, 14).isEmpty());
    EXPECT_EQ(similarColoursWithin({100, 50, 40, 10}, rgb, {110, 55}, 14).bounds(),
              (RectInImage{108, 50, 5, 10}));
    EXPECT_TRUE(similarColoursWithin({100, 50, 40, 10}, rgb, {99, 55}, 14).isEmpty());
    EXPECT_EQ(rgb, before);
    EXPECT_THROW(similarColourRegion({3, 3}, rgb, {1, 1}, 14), std::invalid_argument);
}

TEST(FloodFill, ALargeImageIsFilledWhileThePersonDoesNotNotice) {
    const PixelSize size{4000, 4000};
    const std::vector<uint8_t> rgb(static_cast<size_t>(size.area()) * 3, 90);
    const LabelMap map(size);
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(similarColourRegion(size, rgb, {2000, 2000}, 10).area(), size.area());
    EXPECT_EQ(equalLabelRegion(map, {2000, 2000}).area(), size.area());
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    EXPECT_LT(taken.count(), 5) << "s; a few tenths on a machine that does nothing else";
    RecordProperty("seconds", std::to_string(taken.count()));
}

}  // namespace
}  // namespace finebrush
