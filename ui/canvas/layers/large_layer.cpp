#include "ui/canvas/layers/large_layer.h"

#include <QPainter>

#include <algorithm>

namespace finebrush {

namespace {

/// A copy in the form that is drawn quickest.
QImage imageOf(const std::vector<uint8_t>& rgb, PixelSize size) {
    return QImage(rgb.data(), size.width, size.height, size.width * 3, QImage::Format_RGB888)
        .convertToFormat(QImage::Format_RGB32);
}

}  // namespace

void LargeLayer::setImage(std::shared_ptr<const OpenedImage> image) {
    image_ = std::move(image);
    tiles_.clear();
    overview_ = {};
    if (!image_) return;
    display_ = image_->display;
    overview_ = imageOf(image_->displayed->bytes, image_->displayed->size);
}

void LargeLayer::refresh() {
    if (!image_) return;
    overview_ = imageOf(image_->displayed->bytes, image_->displayed->size);
    if (display_ != image_->display) ++version_;
    display_ = image_->display;
}

void LargeLayer::put(const TilePainted& tile) {
    if (!image_) return;
    auto* kept = new Tile{{}, version_};
    if (!tile.rgb->empty()) kept->image = imageOf(*tile.rgb, tile.size);
    tiles_.insert(tile.tile, kept, std::max<qsizetype>(1, kept->image.sizeInBytes() / 1024));
}

int LargeLayer::overviewLevel() const {
    int level = 0;
    while (sizeOfLevel(image_->pixels.size, level) != image_->overview->size) ++level;
    return level;
}

void LargeLayer::draw(QPainter& painter, const ViewTransform& transform, const QRectF& rectInView,
                      double devicePixelRatio) {
    if (!image_) return;
    const TileView view(image_->pixels.size, transform, rectInView, devicePixelRatio);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, view.isSmooth(display_.smooth));
    const int coarsest = overviewLevel();
    if (view.level() >= coarsest) {
        const PixelSize size = image_->overview->size;
        painter.drawImage(view.viewFromLevel(coarsest, RectInImage::ofSize(size)), overview_);
        return;
    }
    for (const TileAddress& address : view.tiles()) {
        const Tile* tile = tiles_.object(address);
        if (!tile) {
            drawStandIn(painter, view, address);
        } else if (!tile->image.isNull()) {
            const RectInImage rect = tileRect(image_->pixels.size, address);
            painter.drawImage(view.viewFromLevel(address.level, rect), tile->image);
        }
    }
}

void LargeLayer::drawStandIn(QPainter& painter, const TileView& view, const TileAddress& tile) const {
    const RectInImage rect = tileRect(image_->pixels.size, tile);
    const QRectF target = view.viewFromLevel(tile.level, rect);
    const int coarsest = overviewLevel();
    for (int up = 1; tile.level + up <= coarsest; ++up) {
        const TileAddress above{tile.level + up, tile.column >> up, tile.row >> up};
        const bool isOverview = above.level == coarsest;
        const Tile* kept = isOverview ? nullptr : tiles_.object(above);
        if (!isOverview && (!kept || kept->image.isNull())) continue;
        const double shrink = 1.0 / (1 << up);
        const QPointF corner = isOverview ? QPointF() : QPointF(above.column, above.row) * kTileSide;
        const QRectF part(QPointF(rect.x, rect.y) * shrink - corner,
                          QSizeF(rect.width, rect.height) * shrink);
        painter.drawImage(target, isOverview ? overview_ : kept->image, part);
        return;
    }
}

std::vector<TileAddress> LargeLayer::missing(const ViewTransform& transform, const QRectF& rectInView,
                                             double devicePixelRatio) const {
    std::vector<TileAddress> missing;
    if (!image_) return missing;
    const TileView view(image_->pixels.size, transform, rectInView, devicePixelRatio);
    if (view.level() >= overviewLevel()) return missing;
    for (const TileAddress& address : view.tiles()) {
        const Tile* tile = tiles_.object(address);
        if (!tile || tile->version != version_) missing.push_back(address);
    }
    const auto distance = [&](const TileAddress& address) {
        const QPointF middle =
            view.viewFromLevel(address.level, tileRect(image_->pixels.size, address)).center();
        return (middle - rectInView.center()).manhattanLength();
    };
    std::ranges::stable_sort(missing, {}, distance);
    return missing;
}

}  // namespace finebrush
