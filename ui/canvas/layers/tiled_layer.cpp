#include "ui/canvas/layers/tiled_layer.h"

#include <QPainter>

#include <algorithm>

namespace finebrush {

void TiledLayer::setSource(std::unique_ptr<TileSource> source) {
    source_ = std::move(source);
    tiles_.clear();
}

const QImage& TiledLayer::tile(const TileAddress& key) {
    if (const QImage* kept = tiles_.object(key)) return *kept;
    const RectInImage rect = tileRect(source_->size(), key);
    auto* image = new QImage(rect.width, rect.height, QImage::Format_ARGB32_Premultiplied);
    source_->render(key.level, rect, *image, QPoint());
    tiles_.insert(key, image, std::max<qsizetype>(1, image->sizeInBytes() / 1024));
    return *image;
}

void TiledLayer::refresh(const RectInImage& rect) {
    if (!source_) return;
    const RectInImage changed = rect.intersected(RectInImage::ofSize(source_->size()));
    if (changed.isEmpty()) return;
    for (const TileAddress& key : tiles_.keys()) {
        const RectInImage held = tileRect(source_->size(), key);
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
    const TileView view(source_->size(), transform, rectInView, devicePixelRatio);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, view.isSmooth(smooth_));
    for (const TileAddress& address : view.tiles()) {
        painter.drawImage(view.viewFromLevel(address.level, tileRect(source_->size(), address)),
                          tile(address));
    }
}

}  // namespace finebrush
