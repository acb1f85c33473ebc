#include "core/labels/polygon_fill.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace finebrush {
namespace {

LabelMap filled(const PixelRegion& region, PixelSize size) {
    LabelMap map(size);
    fillPatch(map, region, 1, {}).apply(map);
    return map;
}

/// How often a polygon goes around a point: the sum of the angles under which its edges are seen.
int windingAround(const std::vector<PointInImage>& points, PointInImage centre) {
    double angle = 0;
    for (size_t i = 0; i < points.size(); ++i) {
        const PointInImage a = points[i], b = points[(i + 1) % points.size()];
        const double ax = a.x - centre.x, ay = a.y - centre.y, bx = b.x - centre.x, by = b.y - centre.y;
        angle += std::atan2(ax * by - ay * bx, ax * bx + ay * by);
    }
    return static_cast<int>(std::lround(angle / (2 * std::acos(-1.0))));
}

TEST(PolygonFill, HoldsThePixelsThatThePolygonGoesAround) {
    std::mt19937 random(3);
    std::uniform_real_distribution<double> coordinate(-15.0, 75.0);
    const PixelSize size{60, 50};
    for (int round = 0; round < 20; ++round) {
        std::vector<PointInImage> points(3 + static_cast<size_t>(round) % 9);
        for (PointInImage& point : points) point = {coordinate(random), coordinate(random)};
        const PixelRegion region = polygonRegion(points, size);
        const LabelMap map = filled(region, size);
        EXPECT_EQ(region.area(), map.histogram()[1]) << "rectangles overlap";
        for (int y = 0; y < size.height; ++y) {
            for (int x = 0; x < size.width; ++x) {
                ASSERT_EQ(map.at(x, y) == 1, windingAround(points, {x + 0.5, y + 0.5}) != 0)
                    << round << ": " << x << ", " << y;
            }
        }
    }
}

TEST(PolygonFill, ASquareOnPixelEdgesHoldsItsPixels) {
    const std::vector<PointInImage> square = {{2, 3}, {6, 3}, {6, 5}, {2, 5}};
    const PixelRegion region = polygonRegion(square, {20, 20});
    EXPECT_EQ(region.area(), 8);
    EXPECT_EQ(region.bounds(), (RectInImage{2, 3, 4, 2}));
}

TEST(PolygonFill, WhatIsNoPolygonIsEmpty) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_TRUE(polygonRegion({}, {20, 20}).isEmpty());
    EXPECT_TRUE(polygonRegion(std::vector<PointInImage>{{1, 1}, {9, 9}}, {20, 20}).isEmpty());
    EXPECT_TRUE(polygonRegion(std::vector<PointInImage>{{1, 1}, {9, nan}, {4, 9}}, {20, 20}).isEmpty());
    EXPECT_TRUE(polygonRegion(std::vector<PointInImage>{{-9, -9}, {-1, -9}, {-4, -1}}, {20, 20}).isEmpty());
}

TEST(PolygonFill, ARectangleHoldsThePixelsUnderItsCorners) {
    const PixelRegion region = rectangleRegion({7.9, 2.1}, {3.2, 4.9}, {20, 20});
    EXPECT_EQ(region.bounds(), (RectInImage{3, 2, 5, 3}));
    EXPECT_EQ(rectangleRegion({-1e12, -5}, {1e12, 900}, {20, 10}).area(), 200);
    EXPECT_TRUE(rectangleRegion({-9, -9}, {-3, -3}, {20, 20}).isEmpty());
    EXPECT_TRUE(rectangleRegion({25, 3}, {40, 9}, {20, 20}).isEmpty());
}

}  // namespace
}  // namespace finebrush
