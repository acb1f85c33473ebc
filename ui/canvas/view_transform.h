#pragma once

#include "core/base/geometry.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace finebrush {

/// Where the image lies in the view: a uniform scale and a shift. Image frame: px of the image; view frame:
/// device-independent px of the widget.
class ViewTransform {
  public:
    static constexpr double kMinScale = 1.0 / 256;
    static constexpr double kMaxScale = 64;

    /// View px per image px.
    double scale() const { return scale_; }
    QPointF origin() const { return origin_; }

    QPointF viewFromImage(PointInImage point) const;
    PointInImage imageFromView(QPointF pointInView) const;
    QRectF viewFromImage(const RectInImage& rect) const;
    /// The whole pixels of the image that a rectangle of the view touches; may reach outside the image.
    RectInImage imageFromView(const QRectF& rectInView) const;

    /// Changes the scale (clamped to the limits) so that the image point under the anchor stays there.
    void zoomAt(QPointF anchorInView, double scale);
    /// Shows the whole image, centred, with a margin in view px. Never enlarges beyond `maxScale`.
    void fit(PixelSize image, QSizeF view, double margin, double maxScale);
    void centre(PixelSize image, QSizeF view, double scale);
    void pan(QPointF deltaInView) { origin_ += deltaInView; }
    /// Shifts the image back so that the centre of the view lies on it.
    void keepInView(PixelSize image, QSizeF view);

  private:
    double scale_ = 1;
    QPointF origin_;  ///< of the image's corner, in the view
};

}  // namespace finebrush
