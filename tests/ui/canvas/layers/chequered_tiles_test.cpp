#include "ui/canvas/layers/chequered_tiles.h"

#include "ui/canvas/layers/tile_sources.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

/// Of an image whose right half is labelled.
QImage rendered(int level, const RectInImage& part) {
    static const OverlayPalette palette = [] {
        OverlayPalette colours{};
        colours[1] = qRgb(200, 100, 40);
        return colours;
    }();
    const auto valueAt = [](int x, int) { return x < 32 ? kUnlabelled : uint8_t{1}; };
    const ChequeredTiles tiles(std::make_unique<ClassTiles>(PixelSize{64, 64}, valueAt, palette));
    QImage tile(part.width, part.height, QImage::Format_ARGB32_Premultiplied);
    tiles.render(level, part, tile, {});
    return tile;
}

TEST(ChequeredTiles, FullAndFaintSquaresTakeTurns) {
    const QImage tile = rendered(0, {0, 0, 64, 64});
    EXPECT_EQ(tile.pixel(31, 0), 0U);
    EXPECT_EQ(tile.pixel(32, 0), qRgb(200, 100, 40));
    EXPECT_LT(qAlpha(tile.pixel(34, 0)), 128);
    EXPECT_GT(qAlpha(tile.pixel(34, 0)), 0);
    EXPECT_EQ(tile.pixel(34, 2), qRgb(200, 100, 40));
}

TEST(ChequeredTiles, PartsFitTogetherAndSquaresAreAsLargeAtEveryLevel) {
    const QImage whole = rendered(0, {0, 0, 64, 64});
    EXPECT_EQ(rendered(0, {33, 21, 30, 17}), whole.copy(33, 21, 30, 17));
    EXPECT_EQ(rendered(1, {16, 0, 16, 32}), whole.copy(32, 0, 16, 32));
}

}  // namespace
}  // namespace finebrush
