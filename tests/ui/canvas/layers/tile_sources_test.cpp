#include "ui/canvas/layers/tile_sources.h"

#include <QImage>
#include <gtest/gtest.h>

namespace finebrush {
namespace {

TEST(DoubtTiles, AreClearWhereTheModelIsSureAndDenseWhereTwoClassesAreAlike) {
    const auto confidence = std::make_shared<const std::vector<uint8_t>>(
        std::vector<uint8_t>{255, 230, 191, 127, 85, 0, 255, 255});
    const DoubtTiles tiles({4, 2}, confidence);
    QImage tile(4, 2, QImage::Format_ARGB32_Premultiplied);
    tiles.render(0, {0, 0, 4, 2}, tile, {});
    EXPECT_EQ(qAlpha(tile.pixel(0, 0)), 0);
    EXPECT_EQ(qAlpha(tile.pixel(1, 0)), 50);
    EXPECT_EQ(qAlpha(tile.pixel(2, 0)), 128);
    EXPECT_EQ(qAlpha(tile.pixel(3, 0)), 255);
    EXPECT_EQ(qAlpha(tile.pixel(0, 1)), 255) << "of three classes";
    EXPECT_EQ(qAlpha(tile.pixel(2, 1)), 0);
    EXPECT_GT(qRed(tile.pixel(3, 0)), qGreen(tile.pixel(3, 0)));
}

TEST(DoubtTiles, ACoarsePixelHasTheMeanOfItsBlock) {
    const auto confidence =
        std::make_shared<const std::vector<uint8_t>>(std::vector<uint8_t>{255, 155, 255, 155});
    const DoubtTiles tiles({2, 2}, confidence);
    QImage tile(1, 1, QImage::Format_ARGB32_Premultiplied);
    tiles.render(1, {0, 0, 1, 1}, tile, {});
    EXPECT_EQ(qAlpha(tile.pixel(0, 0)), 100);
}

}  // namespace
}  // namespace finebrush
