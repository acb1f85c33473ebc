#include "ui/canvas/layers/tiled_layer.h"

#include "tests/ui/support/pictures.h"
#include "ui/canvas/layers/tile_sources.h"

#include <QPainter>
#include <gmock/gmock.h>

namespace finebrush {
namespace {

using testing::pictureOf;

constexpr QRgb kRed = qRgb(255, 0, 0);

/// Counts the pixels that it is asked for.
class CountingSource : public TileSource {
  public:
    CountingSource(PixelSize size, int64_t& count) : size_(size), count_(count) {}
    PixelSize size() const override { return size_; }
    void render(int, const RectInImage& part, QImage& tile, QPoint offset) const override {
        count_ += part.area();
        for (int y = 0; y < part.height; ++y) {
            for (int x = 0; x < part.width; ++x) tile.setPixel(offset + QPoint(x, y), kRed);
        }
    }

  private:
    PixelSize size_;
    int64_t& count_;
};

/// What a layer draws into a view of this size.
QImage drawn(TiledLayer& layer, const ViewTransform& transform, QSize view) {
    QImage image(view, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    layer.draw(painter, transform, QRectF(QPointF(), view), 1);
    return image;
}

ViewTransform centred(PixelSize image, QSize view, double scale) {
    ViewTransform transform;
    transform.centre(image, view, scale);
    return transform;
}

TEST(TiledLayer, ShowsEveryPixelAcrossTiles) {
    const PixelSize size{600, 300};
    const auto picture = pictureOf(size, [](int x, int y) {
        return Colour{static_cast<uint8_t>(x), static_cast<uint8_t>(y), static_cast<uint8_t>(x / 256)};
    });
    TiledLayer layer;
    layer.setSource(std::make_unique<ImageTiles>(picture));
    const QImage image = drawn(layer, centred(size, {600, 300}, 1), {600, 300});
    for (const QPoint point :
         {QPoint(0, 0), QPoint(255, 255), QPoint(256, 256), QPoint(599, 299), QPoint(511, 12)}) {
        EXPECT_EQ(image.pixel(point), qRgb(point.x() & 255, point.y() & 255, point.x() / 256)) << point.x();
    }
}

TEST(TiledLayer, LeavesNoGapBetweenTilesAtAnyScale) {
    const PixelSize size{700, 520};
    const auto picture = testing::plainPicture(size, {255, 0, 0});
    TiledLayer layer;
    layer.setSource(std::make_unique<ImageTiles>(picture));
    for (const double scale : {0.31, 0.5, 0.77, 1.0, 1.37, 2.6}) {
        const QSize inside(static_cast<int>(size.width * scale) - 2,
                           static_cast<int>(size.height * scale) - 2);
        const QImage image = drawn(layer, centred(size, inside, scale), inside);
        for (int y = 0; y < inside.height(); ++y) {
            for (int x = 0; x < inside.width(); ++x) {
                ASSERT_EQ(image.pixel(x, y), kRed) << scale << " at " << x << ", " << y;
            }
        }
    }
}

TEST(TiledLayer, ACoarsePixelIsTheMeanOfItsBlock) {
    const PixelSize size{512, 512};
    const auto checker = pictureOf(size, [](int x, int y) {
        return (x + y) % 2 ? Colour{200, 100, 0} : Colour{100, 0, 0};
    });
    TiledLayer layer;
    layer.setSource(std::make_unique<ImageTiles>(checker));
    const QImage image = drawn(layer, centred(size, {128, 128}, 0.25), {128, 128});
    EXPECT_EQ(image.pixel(64, 64), qRgb(150, 50, 0));
}

TEST(TiledLayer, RefreshingTouchesOnlyTheChangedPixels) {
    int64_t rendered = 0;
    TiledLayer layer;
    layer.setSource(std::make_unique<CountingSource>(PixelSize{1024, 1024}, rendered));
    const ViewTransform transform = centred({1024, 1024}, {1024, 1024}, 1);
    drawn(layer, transform, {1024, 1024});
    EXPECT_EQ(rendered, 1024 * 1024);
    rendered = 0;
    layer.refresh({250, 10, 12, 5});  // reaches into a second tile
    EXPECT_EQ(rendered, 12 * 5);
    drawn(layer, transform, {1024, 1024});
    EXPECT_EQ(rendered, 12 * 5) << "drawing again makes no tile again";
}

TEST(TiledLayer, OnlyVisibleTilesAreMade) {
    int64_t rendered = 0;
    TiledLayer layer;
    layer.setSource(std::make_unique<CountingSource>(PixelSize{16384, 16384}, rendered));
    drawn(layer, centred({16384, 16384}, {300, 300}, 1), {300, 300});
    EXPECT_LE(rendered, 4 * 256 * 256);
}

TEST(ClassTiles, AThinStrokeStaysVisibleWhenZoomedOut) {
    const PixelSize size{1024, 1024};
    LabelMap labels(size);
    const std::vector<uint8_t> line(1024 * 4, 3);
    labels.write({0, 512, 1024, 4}, line);
    OverlayPalette palette{};
    palette[3] = kRed;
    TiledLayer layer;
    layer.setSource(std::make_unique<ClassTiles>(
        size, [&](int x, int y) { return labels.at(x, y); }, palette));
    const QImage image = drawn(layer, centred(size, {64, 64}, 1.0 / 16), {64, 64});
    EXPECT_EQ(image.pixel(30, 32), kRed);
    EXPECT_EQ(qAlpha(image.pixel(30, 30)), 0);
}

TEST(OverlayPalette, AHiddenClassIsTransparent) {
    ClassTable classes;
    LabelClass shown = classes.makeNext("shown");
    classes.insert(0, shown);
    LabelClass hidden = classes.makeNext("hidden");
    hidden.visible = false;
    classes.insert(1, hidden);
    const OverlayPalette palette = overlayPalette(classes);
    EXPECT_EQ(palette[shown.value], qRgb(shown.colour.red, shown.colour.green, shown.colour.blue));
    EXPECT_EQ(palette[hidden.value], 0u);
    EXPECT_EQ(palette[kUnlabelled], 0u);
}

}  // namespace
}  // namespace finebrush
