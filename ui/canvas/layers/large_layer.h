#pragma once

#include "core/session/session.h"
#include "ui/canvas/layers/tile_view.h"

#include <QCache>
#include <QImage>

#include <cstdint>
#include <memory>
#include <vector>

class QPainter;

namespace finebrush {

/// Draws an image that is larger than the memory: its overview at once, and over it the tiles that have been
/// painted elsewhere. Where a tile is still missing, the best that is known of it stands in.
class LargeLayer {
  public:
    /// Shows another image, which must be a large one; null: nothing.
    void setImage(std::shared_ptr<const OpenedImage> image);
    /// The image is drawn in another way, or more is known of it: tiles are drawn until they are put anew.
    void refresh();
    void put(const TilePainted& tile);

    /// Draws what a rectangle of the view shows.
    void draw(QPainter& painter, const ViewTransform& transform, const QRectF& rectInView,
              double devicePixelRatio);
    /// The tiles that a rectangle of the view lacks, those next to its middle first.
    std::vector<TileAddress> missing(const ViewTransform& transform, const QRectF& rectInView,
                                     double devicePixelRatio) const;

  private:
    struct Tile {
        QImage image;  ///< null where it cannot be decoded: nothing is drawn
        uint64_t version = 0;
    };

    int overviewLevel() const;
    void drawStandIn(QPainter& painter, const TileView& view, const TileAddress& tile) const;

    std::shared_ptr<const OpenedImage> image_;
    DisplayMapping display_;
    QImage overview_;
    uint64_t version_ = 0;                         ///< of the way that the image is drawn
    QCache<TileAddress, Tile> tiles_{192 * 1024};  ///< cost in KiB
};

}  // namespace finebrush
