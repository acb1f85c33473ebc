#include "ui/canvas/view_transform.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace finebrush {

QPointF ViewTransform::turned(QPointF way) const {
    switch (quarterTurns_) {
        case 1:
            return {-way.y(), way.x()};
        case 2:
            return {-way.x(), -way.y()};
        case 3:
            return {way.y(), -way.x()};
        default:
            return way;
    }
}

QPointF ViewTransform::turnedBack(QPointF way) const {
    switch (quarterTurns_) {
        case 1:
            return {way.y(), -way.x()};
        case 2:
            return {-way.x(), -way.y()};
        case 3:
            return {-way.y(), way.x()};
        default:
            return way;
    }
}

QPointF ViewTransform::viewFromImage(PointInImage point) const {
    return origin_ + turned(QPointF(point.x * shape_.width(), point.y * shape_.height())) * scale_;
}

PointInImage ViewTransform::imageFromView(QPointF pointInView) const {
    const QPointF point = turnedBack(pointInView - origin_) / scale_;
    return {point.x() / shape_.width(), point.y() / shape_.height()};
}

QRectF ViewTransform::viewFromImage(const RectInImage& rect) const {
    return QRectF(viewFromImage(PointInImage{double(rect.x), double(rect.y)}),
                  viewFromImage(PointInImage{double(rect.right()), double(rect.bottom())}))
        .normalized();
}

RectInImage ViewTransform::imageFromView(const QRectF& rectInView) const {
    const PointInImage one = imageFromView(rectInView.topLeft());
    const PointInImage other = imageFromView(rectInView.bottomRight());
    const int x = static_cast<int>(std::floor(std::min(one.x, other.x)));
    const int y = static_cast<int>(std::floor(std::min(one.y, other.y)));
    return {x, y, static_cast<int>(std::ceil(std::max(one.x, other.x))) - x,
            static_cast<int>(std::ceil(std::max(one.y, other.y))) - y};
}

void ViewTransform::zoomAt(QPointF anchorInView, double scale) {
    const double newScale = std::clamp(scale, kMinScale, kMaxScale);
    origin_ = anchorInView - (anchorInView - origin_) * (newScale / scale_);
    scale_ = newScale;
}

void ViewTransform::turn(int quarters, QPointF anchorInView) {
    const PointInImage anchor = imageFromView(anchorInView);
    quarterTurns_ = ((quarterTurns_ + quarters) % 4 + 4) % 4;
    origin_ += anchorInView - viewFromImage(anchor);
}

QSizeF ViewTransform::sizeAtOne(PixelSize image) const {
    const QSizeF upright(image.width * shape_.width(), image.height * shape_.height());
    return quarterTurns_ % 2 == 0 ? upright : upright.transposed();
}

void ViewTransform::fit(PixelSize image, QSizeF view, double margin, double maxScale) {
    if (image.isEmpty() || view.isEmpty()) return;
    const QSizeF seen = sizeAtOne(image);
    const double horizontal = (view.width() - 2 * margin) / seen.width();
    const double vertical = (view.height() - 2 * margin) / seen.height();
    centre(image, view, std::min({horizontal, vertical, maxScale}));
}

void ViewTransform::centre(PixelSize image, QSizeF view, double scale) {
    scale_ = std::clamp(scale, kMinScale, kMaxScale);
    centreOn({image.width / 2.0, image.height / 2.0}, view);
}

void ViewTransform::centreOn(PointInImage point, QSizeF view) {
    origin_ += QPointF(view.width() / 2, view.height() / 2) - viewFromImage(point);
}

void ViewTransform::keepInView(PixelSize image, QSizeF view) {
    const QPointF middle(view.width() / 2, view.height() / 2);
    const QRectF shown = viewFromImage(RectInImage::ofSize(image));
    origin_ += QPointF(std::clamp(shown.left(), middle.x() - shown.width(), middle.x()) - shown.left(),
                       std::clamp(shown.top(), middle.y() - shown.height(), middle.y()) - shown.top());
}

ViewTransform ViewTransform::upright() const {
    ViewTransform upright = *this;
    upright.quarterTurns_ = 0;
    if (quarterTurns_ != 0) upright.origin_ = QPointF();
    return upright;
}

QTransform ViewTransform::viewFromUpright() const {
    if (quarterTurns_ == 0) return {};
    return QTransform::fromTranslate(origin_.x(), origin_.y()).rotate(90.0 * quarterTurns_);
}

}  // namespace finebrush
