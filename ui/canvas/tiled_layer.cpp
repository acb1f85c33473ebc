#include "ui/canvas/tiled_layer.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace finebrush {

namespace {

/// From this many device px per image px on, pixels are shown as squares.
constexpr double kNearestScale = 2;

/// The coarsest level that still has a pixel for every device pixel.
int levelFor(double devicePixelsPerImagePixel) {
    return std::max(0, static_cast<int>(std::floor(std::log2(1 / devicePixelsPerImagePixel))));
}

/// The px of level n that a rectangle of the image touches.
RectInImage levelFromImage(const RectInImage& rect, int level) {
    const int x = rect.x >> level;
    const int y = rect.y >> level;
    return {x, y, ((rect.right() - 1) >> level) + 1 - x, ((rect.bottom() - 1) >> level) + 1 - y};
}

}  // namespace

void TiledLayer::setSource(std::unique_ptr<TileSource> source) {
    source_ = std::move(source);
    tiles_.clear();
}

PixelSize TiledLayer::sizeOfLevel(int level) const {
    const RectInImage whole = levelFromImage(RectInImage::ofSize(source_->size()), level);
    return {whole.width, whole.height};
}

RectInImage TiledLayer::rectOf(const TileKey& key) const {
    const RectInImage square{key.column * kTileSize, key.row * kTileSize, kTileSize, kTileSize};
    return square.intersected(RectInImage::ofSize(sizeOfLevel(key.level)));
}

const QImage& TiledLayer::tile(const TileKey& key) {
    if (const QImage* kept = tiles_.object(key)) return *kept;
    const RectInImage rect = rectOf(key);
    auto* image = new QImage(rect.width, rect.height, QImage::Format_ARGB32_Premultiplied);
    source_->render(key.level, rect, *image, QPoint());
    tiles_.insert(key, image, std::max<qsizetype>(1, image->sizeInBytes() / 1024));
    return *image;
}

void TiledLayer::refresh(const RectInImage& rect) {
    if (!source_) return;
    const RectInImage changed = rect.intersected(RectInImage::ofSize(source_->size()));
    if (changed.isEmpty()) return;
    for (const TileKey& key : tiles_.keys()) {
        const RectInImage held = rectOf(key);
        const RectInImage part = levelFromImage(changed, key.level).intersected(held);
        if (part.isEmpty()) continue;
        if (part == held) {  // made again only when it is seen
            tiles_.remove(key);
            continue;
        }
        source_->render(key.level, part, *tiles_.object(key), QPoint(part.x - held.x, part.y - held.y));
    }
}

void TiledLayer::draw(QPainter& painter, const ViewTransform& transform, const QRectF& rectInView,
                      double devicePixelRatio) {
    if (!source_) return;
    const RectInImage visible =
        transform.imageFromView(rectInView).intersected(RectInImage::ofSize(source_->size()));
    if (visible.isEmpty()) return;
    const double deviceScale = transform.scale() * devicePixelRatio;
    const int level = levelFor(deviceScale);
    const RectInImage inLevel = levelFromImage(visible, level);
    const double viewPerLevelPixel = transform.scale() * (1 << level);
    painter.setRenderHint(QPainter::SmoothPixmapTransform,
                          (smooth_ || deviceScale < kNearestScale) && deviceScale != 1);
    for (int row = inLevel.y / kTileSize; row * kTileSize < inLevel.bottom(); ++row) {
        for (int column = inLevel.x / kTileSize; column * kTileSize < inLevel.right(); ++column) {
            const TileKey key{level, column, row};
            const RectInImage rect = rectOf(key);
            const QRectF target(transform.origin() + QPointF(rect.x, rect.y) * viewPerLevelPixel,
                                QSizeF(rect.width, rect.height) * viewPerLevelPixel);
            painter.drawImage(target, tile(key));
        }
    }
}

}  // namespace finebrush
