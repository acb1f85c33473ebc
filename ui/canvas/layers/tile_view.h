#pragma once

#include "core/base/tile_grid.h"
#include "ui/canvas/view_transform.h"

#include <QRectF>

#include <vector>

namespace finebrush {

// QCache's hash.
inline size_t qHash(const TileAddress& tile, size_t seed = 0) {
    return TileHash()(tile) ^ seed;
}

/// Which tiles of an image a rectangle of the view shows, and where: those of the coarsest level that still
/// has a pixel for every device pixel.
class TileView {
  public:
    TileView(PixelSize image, const ViewTransform& transform, const QRectF& rectInView,
             double devicePixelRatio);

    int level() const { return level_; }
    /// True where pixels blend into each other, as they do unless they are enlarged into squares.
    bool isSmooth(bool wanted) const;
    /// Row by row.
    std::vector<TileAddress> tiles() const;
    /// Where a rectangle of a level lies in the view.
    QRectF viewFromLevel(int level, const RectInImage& rect) const;

  private:
    PixelSize image_;
    ViewTransform transform_;
    double deviceScale_;  ///< device px per image px
    int level_;
    RectInImage seen_;  ///< px of the image
};

}  // namespace finebrush
