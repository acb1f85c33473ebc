#include "ui/canvas/layers/pattern_tiles.h"

#include <gmock/gmock.h>

#include <set>
#include <vector>

namespace finebrush {
namespace {

constexpr PixelSize kSize{64, 64};

OverlayPalette sameColours() {
    OverlayPalette palette{};
    for (size_t value = 0; value < 255; ++value) palette[value] = qRgb(200, 100, 40);
    return palette;
}

QImage rendered(uint8_t value, const OverlayPalette& palette, int level = 0,
                RectInImage part = {0, 0, 64, 64}) {
    const PatternTiles tiles(
        kSize, [value](int, int) { return value; }, palette);
    QImage tile(part.width, part.height, QImage::Format_ARGB32_Premultiplied);
    tiles.render(level, part, tile, {});
    return tile;
}

TEST(PatternTiles, ClassesOfOneColourAreToldApart) {
    const OverlayPalette palette = sameColours();
    std::vector<QImage> seen;
    for (uint8_t value = 0; value < PatternTiles::kPatternCount; ++value) {
        const QImage tile = rendered(value, palette);
        for (const QImage& other : seen) EXPECT_NE(tile, other);
        seen.push_back(tile);
        std::set<QRgb> colours;
        for (int y = 0; y < 64; ++y) {
            for (int x = 0; x < 64; ++x) colours.insert(tile.pixel(x, y));
        }
        EXPECT_EQ(colours.size(), 2U) << "lines and ground";
        EXPECT_TRUE(colours.contains(qRgb(200, 100, 40)));
    }
}

TEST(PatternTiles, PartsOfATileFitTogether) {
    const OverlayPalette palette = sameColours();
    for (uint8_t value = 0; value < PatternTiles::kPatternCount; ++value) {
        const QImage whole = rendered(value, palette);
        EXPECT_EQ(rendered(value, palette, 0, {13, 21, 30, 17}), whole.copy(13, 21, 30, 17));
    }
    EXPECT_EQ(rendered(1, palette, 1, {0, 0, 32, 32}), rendered(1, palette).copy(0, 0, 32, 32))
        << "lines are as wide at every level";
}

TEST(PatternTiles, WhatIsHiddenOrUnlabelledStaysClear) {
    OverlayPalette palette = sameColours();
    palette[3] = 0;
    EXPECT_EQ(rendered(3, palette).pixel(5, 5), 0U);
    EXPECT_EQ(rendered(kUnlabelled, palette).pixel(5, 5), 0U);
}

}  // namespace
}  // namespace finebrush
