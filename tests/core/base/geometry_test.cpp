#include "core/base/geometry.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

TEST(RectInImage, TheIntersectionIsWhatBothHold) {
    const RectInImage rect{2, 3, 10, 20};
    EXPECT_EQ(rect.intersected({5, 0, 100, 10}), (RectInImage{5, 3, 7, 7}));
    EXPECT_EQ(rect.intersected(rect), rect);
}

TEST(RectInImage, RectanglesThatOnlyTouchDoNotIntersect) {
    const RectInImage rect{0, 0, 4, 4};
    EXPECT_TRUE(rect.intersected({4, 0, 4, 4}).isEmpty());
    EXPECT_EQ(rect.intersected({10, 10, 1, 1}), RectInImage{});
}

TEST(RectInImage, TheUnionHoldsBothAndAnEmptyOneAddsNothing) {
    const RectInImage rect{2, 3, 4, 5};
    EXPECT_EQ(rect.united({-1, 6, 2, 10}), (RectInImage{-1, 3, 7, 13}));
    EXPECT_EQ(rect.united({100, 100, 0, 5}), rect);
    EXPECT_EQ(RectInImage{}.united(rect), rect);
}

TEST(RectInImage, EdgesAreHalfOpen) {
    const RectInImage rect = RectInImage::ofSize({7, 5});
    EXPECT_EQ(rect.right(), 7);
    EXPECT_EQ(rect.bottom(), 5);
    EXPECT_EQ(rect.area(), 35);
}

TEST(PixelSize, TheAreaOfALargeImageDoesNotOverflow) {
    EXPECT_EQ((PixelSize{100'000, 100'000}.area()), 10'000'000'000);
    EXPECT_EQ((PixelSize{-3, 100}.area()), 0);
}

}  // namespace
}  // namespace finebrush
