#pragma once

#include "core/labels/pixel_region.h"
#include "ui/canvas/layers/tile_sources.h"
#include "ui/canvas/layers/tiled_layer.h"

#include <QLineF>
#include <QVector>

#include <memory>

class QPainter;

namespace finebrush {

/// Shows a set of pixels over the image: filled in the colour of a class, with the outline of its pixels.
class RegionLayer {
  public:
    /// Shows another region (null: nothing) in the colour that the palette has for a value. `palette` must
    /// outlive the layer.
    void setRegion(std::shared_ptr<const PixelRegion> region, uint8_t value, PixelSize image,
                   const OverlayPalette& palette);
    /// The colours are others now.
    void refreshColours() { fill_.refreshAll(); }

    void draw(QPainter& painter, const ViewTransform& transform, const QRectF& rectInView,
              double devicePixelRatio);
    /// What of the view it covers; empty where nothing is shown.
    QRect rectInView(const ViewTransform& transform) const;

  private:
    std::shared_ptr<const PixelRegion> region_;
    TiledLayer fill_;
    QVector<QLineF> outline_;  ///< between pixels, in px of the image
};

/// The edges between the pixels inside a region and those outside, joined along each line. The region's
/// rectangles are pieces of rows.
QVector<QLineF> outlineOf(const PixelRegion& region);

}  // namespace finebrush
