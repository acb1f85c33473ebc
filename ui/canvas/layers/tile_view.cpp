#include "ui/canvas/layers/tile_view.h"

#include <algorithm>
#include <cmath>

namespace finebrush {

namespace {

/// From this many device px per image px on, pixels are shown as squares.
constexpr double kNearestScale = 2;

}  // namespace

TileView::TileView(PixelSize image, const ViewTransform& transform, const QRectF& rectInView,
                   double devicePixelRatio)
    : image_(image),
      transform_(transform),
      deviceScale_(transform.scale() * devicePixelRatio),
      level_(std::max(0, static_cast<int>(std::floor(std::log2(1 / deviceScale_))))),
      seen_(transform.imageFromView(rectInView).intersected(RectInImage::ofSize(image))) {}

bool TileView::isSmooth(bool wanted) const {
    return (wanted || deviceScale_ < kNearestScale) && deviceScale_ != 1;
}

std::vector<TileAddress> TileView::tiles() const {
    std::vector<TileAddress> tiles;
    if (seen_.isEmpty()) return tiles;
    const RectInImage inLevel = levelFromImage(seen_, level_);
    for (int row = inLevel.y / kTileSide; row * kTileSide < inLevel.bottom(); ++row) {
        for (int column = inLevel.x / kTileSide; column * kTileSide < inLevel.right(); ++column)
            tiles.push_back({level_, column, row});
    }
    return tiles;
}

QRectF TileView::viewFromLevel(int level, const RectInImage& rect) const {
    const QSizeF pixel = transform_.pixelShape() * (transform_.scale() * (1 << level));
    return {transform_.origin() + QPointF(rect.x * pixel.width(), rect.y * pixel.height()),
            QSizeF(rect.width * pixel.width(), rect.height * pixel.height())};
}

}  // namespace finebrush
