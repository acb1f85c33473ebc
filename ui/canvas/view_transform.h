#pragma once

#include "core/base/geometry.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QTransform>

namespace finebrush {

/// Where the image lies in the view: a scale, quarter turns and a shift. Image frame: px of the
/// image; view frame: device-independent px of the widget.
class ViewTransform {
  public:
    static constexpr double kMinScale = 1.0 / 1024;
    static constexpr double kMaxScale = 64;

    /// View px per image px, along the shorter side of a pixel.
    double scale() const { return scale_; }
    QPointF origin() const { return origin_; }
    /// Clockwise, 0 to 3.
    int quarterTurns() const { return quarterTurns_; }

    /// How often the width and the height of a pixel hold its shorter side: (1, 1) but where pixels are no
    /// squares in the patient. Positive.
    QSizeF pixelShape() const { return shape_; }
    void setPixelShape(QSizeF shape) { shape_ = shape; }

    QPointF viewFromImage(PointInImage point) const;
    PointInImage imageFromView(QPointF pointInView) const;
    QRectF viewFromImage(const RectInImage& rect) const;
    /// The whole pixels of the image that a rectangle of the view touches; may reach outside the image.
    RectInImage imageFromView(const QRectF& rectInView) const;

    /// Changes the scale (clamped to the limits) so that the image point under the anchor stays there.
    void zoomAt(QPointF anchorInView, double scale);
    /// Turns the image clockwise by quarters (negative: the other way) around a point of the view.
    void turn(int quarters, QPointF anchorInView);
    /// Shows a point of the image in the middle of the view.
    void centreOn(PointInImage point, QSizeF view);
    /// Shows the whole image, centred, with a margin in view px. Never enlarges beyond `maxScale`.
    void fit(PixelSize image, QSizeF view, double margin, double maxScale);
    void centre(PixelSize image, QSizeF view, double scale);
    void pan(QPointF deltaInView) { origin_ += deltaInView; }
    /// Shifts the image back so that the centre of the view lies on it.
    void keepInView(PixelSize image, QSizeF view);

    /// The same without the turns, for what draws upright pictures: `viewFromUpright` turns what is drawn by
    /// it.
    ViewTransform upright() const;
    QTransform viewFromUpright() const;

  private:
    /// A way in the image, in view px.
    QPointF turned(QPointF way) const;
    QPointF turnedBack(QPointF way) const;

    QSizeF sizeAtOne(PixelSize image) const;

    double scale_ = 1;
    QSizeF shape_{1, 1};
    int quarterTurns_ = 0;
    QPointF origin_;  ///< of the image's corner, in the view
};

}  // namespace finebrush
