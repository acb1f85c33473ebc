#include "ui/canvas/view_transform.h"

#include <algorithm>
#include <cmath>

namespace finebrush {

QPointF ViewTransform::viewFromImage(PointInImage point) const {
    return origin_ + QPointF(point.x, point.y) * scale_;
}

PointInImage ViewTransform::imageFromView(QPointF pointInView) const {
    const QPointF point = (pointInView - origin_) / scale_;
    return {point.x(), point.y()};
}

QRectF ViewTransform::viewFromImage(const RectInImage& rect) const {
    return {viewFromImage(PointInImage{double(rect.x), double(rect.y)}),
            viewFromImage(PointInImage{double(rect.right()), double(rect.bottom())})};
}

RectInImage ViewTransform::imageFromView(const QRectF& rectInView) const {
    const PointInImage topLeft = imageFromView(rectInView.topLeft());
    const PointInImage bottomRight = imageFromView(rectInView.bottomRight());
    const int x = static_cast<int>(std::floor(topLeft.x));
    const int y = static_cast<int>(std::floor(topLeft.y));
    return {x, y, static_cast<int>(std::ceil(bottomRight.x)) - x,
            static_cast<int>(std::ceil(bottomRight.y)) - y};
}

void ViewTransform::zoomAt(QPointF anchorInView, double scale) {
    const double newScale = std::clamp(scale, kMinScale, kMaxScale);
    origin_ = anchorInView - (anchorInView - origin_) * (newScale / scale_);
    scale_ = newScale;
}

void ViewTransform::fit(PixelSize image, QSizeF view, double margin, double maxScale) {
    if (image.isEmpty() || view.isEmpty()) return;
    const double horizontal = (view.width() - 2 * margin) / image.width;
    const double vertical = (view.height() - 2 * margin) / image.height;
    centre(image, view, std::min({horizontal, vertical, maxScale}));
}

void ViewTransform::centre(PixelSize image, QSizeF view, double scale) {
    scale_ = std::clamp(scale, kMinScale, kMaxScale);
    origin_ = QPointF(view.width() - image.width * scale_, view.height() - image.height * scale_) / 2;
}

void ViewTransform::keepInView(PixelSize image, QSizeF view) {
    const QPointF middle(view.width() / 2, view.height() / 2);
    origin_.setX(std::clamp(origin_.x(), middle.x() - image.width * scale_, middle.x()));
    origin_.setY(std::clamp(origin_.y(), middle.y() - image.height * scale_, middle.y()));
}

}  // namespace finebrush
