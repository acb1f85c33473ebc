#include "ui/canvas/layers/region_layer.h"

#include <gmock/gmock.h>

#include <random>
#include <set>

namespace finebrush {
namespace {

PixelRegion ofRows(const std::vector<RectInImage>& rows) {
    PixelRegion region;
    for (const RectInImage& row : rows) region.add(row);
    return region;
}

/// Cuts lines into edges of one pixel.
std::multiset<std::array<int, 4>> edgesOf(const QVector<QLineF>& lines) {
    std::multiset<std::array<int, 4>> edges;
    for (const QLineF& line : lines) {
        const int x = static_cast<int>(line.x1()), y = static_cast<int>(line.y1());
        if (line.y1() == line.y2()) {
            for (int i = x; i < static_cast<int>(line.x2()); ++i) edges.insert({i, y, i + 1, y});
        } else {
            for (int i = y; i < static_cast<int>(line.y2()); ++i) edges.insert({x, i, x, i + 1});
        }
    }
    return edges;
}

TEST(RegionOutline, ARectangleHasFourLines) {
    const auto lines = outlineOf(ofRows({{3, 5, 4, 1}, {3, 6, 4, 1}, {3, 7, 4, 1}}));
    EXPECT_THAT(lines, ::testing::UnorderedElementsAre(QLineF(3, 5, 7, 5), QLineF(3, 8, 7, 8),
                                                       QLineF(3, 5, 3, 8), QLineF(7, 5, 7, 8)));
}

TEST(RegionOutline, IsEveryEdgeBetweenInsideAndOutsideOnce) {
    std::mt19937 random(3);
    constexpr int kSide = 14;
    std::array<std::array<bool, kSide + 2>, kSide + 2> inside{};
    PixelRegion region;
    for (int y = 1; y <= kSide; ++y) {
        for (int x = 1; x <= kSide; ++x) {
            inside[static_cast<size_t>(y)][static_cast<size_t>(x)] = random() % 2 == 0;
            if (random() % 7 == 0 || !inside[static_cast<size_t>(y)][static_cast<size_t>(x)]) continue;
            region.add({x, y, 1, 1});
        }
    }
    for (auto& row : inside) row.fill(false);
    for (const RectInImage& pixel : region.rects()) {
        inside[static_cast<size_t>(pixel.y)][static_cast<size_t>(pixel.x)] = true;
    }
    std::multiset<std::array<int, 4>> expected;
    for (int y = 1; y <= kSide + 1; ++y) {
        for (int x = 1; x <= kSide + 1; ++x) {
            const auto at = [&](int column, int row) {
                return inside[static_cast<size_t>(row)][static_cast<size_t>(column)];
            };
            if (at(x, y) != at(x - 1, y)) expected.insert({x, y, x, y + 1});
            if (at(x, y) != at(x, y - 1)) expected.insert({x, y, x + 1, y});
        }
    }
    EXPECT_EQ(edgesOf(outlineOf(region)), expected);
}

TEST(RegionOutline, NothingHasNone) {
    EXPECT_TRUE(outlineOf({}).isEmpty());
}

}  // namespace
}  // namespace finebrush
