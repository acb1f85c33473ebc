#include "ui/canvas/layers/large_layer.h"

#include <QPainter>
#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::IsEmpty;

constexpr PixelSize kSize{4096, 2048};
constexpr QSize kView{512, 256};

class LargeLayerTest : public ::testing::Test {
  protected:
    LargeLayerTest() {
        image->id = ImageId("a");
        image->pixels.size = kSize;
        image->overview =
            std::make_shared<const PixelBuffer>(PixelBuffer{{512, 256}, 3, PixelType::UInt8, {}, {}});
        image->displayed = std::make_shared<const PixelBuffer>(
            PixelBuffer{{512, 256}, 3, PixelType::UInt8, std::vector<uint8_t>(512U * 256 * 3, 100), {}});
        layer.setImage(image);
    }
    QImage drawn(double scale) {
        transform.centre(kSize, kView, scale);
        QImage picture(kView, QImage::Format_RGB32);
        picture.fill(Qt::black);
        QPainter painter(&picture);
        layer.draw(painter, transform, QRectF(QPointF(), kView), 1);
        return picture;
    }
    std::vector<TileAddress> missing() { return layer.missing(transform, QRectF(QPointF(), kView), 1); }
    void put(const TileAddress& tile, uint8_t grey) {
        const RectInImage rect = tileRect(kSize, tile);
        layer.put({"a",
                   tile,
                   {rect.width, rect.height},
                   std::make_shared<const std::vector<uint8_t>>(static_cast<size_t>(rect.area()) * 3, grey)});
    }

    std::shared_ptr<OpenedImage> image = std::make_shared<OpenedImage>();
    LargeLayer layer;
    ViewTransform transform;
};

TEST_F(LargeLayerTest, TheOverviewIsEnoughWhereAllIsSeen) {
    EXPECT_EQ(drawn(0.125).pixel(200, 100), qRgb(100, 100, 100));
    EXPECT_THAT(missing(), IsEmpty());
}

TEST_F(LargeLayerTest, TilesReplaceTheOverviewWhenTheyCome) {
    EXPECT_EQ(drawn(0.5).pixel(300, 100), qRgb(100, 100, 100));
    EXPECT_THAT(missing(), ::testing::UnorderedElementsAre(TileAddress{1, 3, 1}, TileAddress{1, 3, 2},
                                                           TileAddress{1, 4, 1}, TileAddress{1, 4, 2}));
    put({1, 4, 1}, 200);
    const QImage picture = drawn(0.5);
    EXPECT_EQ(picture.pixel(300, 100), qRgb(200, 200, 200));
    EXPECT_EQ(picture.pixel(200, 100), qRgb(100, 100, 100));
    EXPECT_EQ(missing().size(), 3U);
}

TEST_F(LargeLayerTest, ACoarserTileStandsIn) {
    put({1, 4, 2}, 50);
    transform.centre(kSize, kView, 1);
    EXPECT_EQ(drawn(1).pixel(300, 200), qRgb(50, 50, 50));
    EXPECT_EQ(missing().front().level, 0);
}

TEST_F(LargeLayerTest, TheMiddleComesFirst) {
    transform.centre({kSize.width + 200, kSize.height}, {1024, 256}, 1);
    const auto wanted = layer.missing(transform, QRectF(0, 0, 1024, 256), 1);
    const auto column = [&](size_t i) { return wanted[i].column; };
    EXPECT_EQ(std::abs(column(0) - 8), 0);
    EXPECT_GT(std::abs(column(wanted.size() - 1) - 8), 1);
}

TEST_F(LargeLayerTest, AnotherDisplayKeepsOldTilesUntilNewOnesCome) {
    drawn(1);
    for (const TileAddress& tile : missing()) put(tile, 200);
    EXPECT_THAT(missing(), IsEmpty());
    layer.refresh();
    EXPECT_THAT(missing(), IsEmpty()) << "nothing has changed";
    image->display.gamma = 2;
    layer.refresh();
    EXPECT_FALSE(missing().empty());
    EXPECT_EQ(drawn(1).pixel(100, 100), qRgb(200, 200, 200));
}

TEST_F(LargeLayerTest, ATileThatCannotBeDecodedIsEmptyAndNotAskedForAgain) {
    drawn(1);
    for (const TileAddress& tile : missing())
        layer.put({"a", tile, {256, 256}, std::make_shared<const std::vector<uint8_t>>()});
    EXPECT_EQ(drawn(1).pixel(100, 100), qRgb(0, 0, 0));
    EXPECT_THAT(missing(), IsEmpty());
}

}  // namespace
}  // namespace finebrush
