#pragma once

#include "core/base/geometry.h"
#include "ui/canvas/layers/tile_view.h"

#include <QCache>
#include <QImage>

#include <memory>

class QPainter;

namespace finebrush {

/// Pixels that a layer draws, at any level of detail.
class TileSource {
  public:
    virtual ~TileSource() = default;
    /// Of the whole image, in px of the image.
    virtual PixelSize size() const = 0;
    /// Writes a part of a level: premultiplied ARGB, `part` in px of that level, to `tile` from `offset` on.
    virtual void render(int level, const RectInImage& part, QImage& tile, QPoint offset) const = 0;
};

/// Draws a source in tiles that are made when they are first seen and kept, so that panning copies, zooming
/// touches only what is visible, and a changed rectangle costs only its own pixels.
class TiledLayer {
  public:
    /// Shows another source; null: nothing.
    void setSource(std::unique_ptr<TileSource> source);
    /// Enlarged pixels blend into each other instead of being squares.
    void setSmooth(bool smooth) { smooth_ = smooth; }
    bool isEmpty() const { return source_ == nullptr; }

    /// Renders a changed part of the image again, in the tiles that hold it.
    void refresh(const RectInImage& rect);
    /// Everything has changed, such as the palette.
    void refreshAll() { tiles_.clear(); }

    /// Draws the part of the layer that a rectangle of the view shows. `devicePixelRatio` is the view's.
    void draw(QPainter& painter, const ViewTransform& transform, const QRectF& rectInView,
              double devicePixelRatio);

  private:
    const QImage& tile(const TileAddress& key);

    std::unique_ptr<TileSource> source_;
    bool smooth_ = false;
    QCache<TileAddress, QImage> tiles_{192 * 1024};  ///< cost in KiB
};

}  // namespace finebrush
