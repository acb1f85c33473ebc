#include "ui/canvas/canvas_view.h"

#include "core/session/images/pixel_shape_of.h"
#include "ui/canvas/overlays/grid.h"
#include "ui/canvas/overlays/ground_length.h"
#include "ui/canvas/overlays/split_handle.h"

#include <QResizeEvent>

#include <utility>

namespace finebrush {

namespace {

constexpr double kFitMargin = 16;     // view px around a fitted image
constexpr double kMaxFitScale = 8;    // a tiny image is not blown up further than this
constexpr double kMaxScaleBar = 130;  // view px

/// Slices of one volume, one behind the other.
bool areOfOneStack(const OpenedImage* one, const OpenedImage* other) {
    return one && other && one->slice && other->slice && one->slice->view == other->slice->view &&
           one->grid == other->grid && one->pixels.size == other->pixels.size;
}

}  // namespace

CanvasView::CanvasView(QWidget* parent) : QWidget(parent), split_(new SplitHandle(this)) {
    setObjectName(QStringLiteral("CanvasView"));
    setMouseTracking(true);
    setTabletTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(200, 140);
    split_->hide();
    connect(split_, &SplitHandle::moved, this, qOverload<>(&QWidget::update));
    connect(split_, &SplitHandle::entered, this, &CanvasView::endHover);
}

// ---- what is shown ----

void CanvasView::setImage(std::shared_ptr<const OpenedImage> image) {
    cancelTool();
    // Who steps through a volume goes on looking at the same place.
    const bool staysInPlace = !fitted_ && areOfOneStack(layers_.image().get(), image.get());
    const PixelShape shape = image ? pixelShapeOf(*image) : PixelShape();
    transform_.setPixelShape(QSizeF(shape.width, shape.height));
    layers_.setImage(std::move(image));
    marker_.reset();
    wantedTiles_.clear();
    split_->setVisible(comparison_ != Comparison::None && hasImage());
    staysInPlace ? viewMoved() : fit();
    updateCursor();
    emit contentChanged();
}

void CanvasView::refreshImage() {
    layers_.refreshImage();
    wantedTiles_.clear();  // what could not be had before may be there now
    updateContent();
}

void CanvasView::showTile(const TilePainted& tile) {
    if (!layers_.image() || tile.id != layers_.image()->id) return;
    layers_.putTile(tile);
    const RectInImage rect = tileRect(imageSize(), tile.tile);
    const int level = tile.tile.level;
    const RectInImage inImage{rect.x << level, rect.y << level, rect.width << level, rect.height << level};
    redraw(transform_.viewFromImage(inImage).toAlignedRect().adjusted(-1, -1, 1, 1));
}

void CanvasView::askForTiles() {
    std::vector<TileAddress> missing = layers_.missingTiles(transform_, seenInView(), devicePixelRatioF());
    if (missing == wantedTiles_) return;
    wantedTiles_ = std::move(missing);
    emit tilesWanted(wantedTiles_);
}

void CanvasView::updateContent() {
    redraw();
    emit contentChanged();
}

void CanvasView::refreshLabels(const RectInImage& rect) {
    layers_.refreshLabels(rect);
    redraw(transform_.viewFromImage(rect).toAlignedRect().adjusted(-1, -1, 1, 1));
    emit contentChanged();
}

void CanvasView::setComparison(Comparison comparison) {
    comparison_ = comparison;
    split_->follow();
    split_->setVisible(comparison_ != Comparison::None && hasImage());
    redraw();
}

// ---- where it is shown ----

void CanvasView::fit() {
    // Where a linked view is smaller, it shows the whole image as well.
    QRect common = rect();
    for (const auto& [view, size] : linked_) common &= linkedInView(size);
    transform_.fit(imageSize(), common.size(), kFitMargin, kMaxFitScale / devicePixelRatioF());
    transform_.pan(common.topLeft());
    viewMoved();
    fitted_ = true;
}

void CanvasView::zoomBy(double factor) {
    transform_.zoomAt(rect().center(), transform_.scale() * factor);
    viewMoved();
}

void CanvasView::zoomTo(double zoom) {
    transform_.zoomAt(rect().center(), zoom / devicePixelRatioF());
    viewMoved();
}

void CanvasView::turn(int quarters) {
    const bool wasFitted = fitted_;
    transform_.turn(quarters, rect().center());
    if (wasFitted) return fit();
    viewMoved();
}

void CanvasView::centreOn(PointInImage point) {
    transform_.centreOn(point, size());
    viewMoved();
}

RectInImage CanvasView::visibleRect() const {
    return transform_.imageFromView(QRectF(rect())).intersected(RectInImage::ofSize(imageSize()));
}

RectInImage CanvasView::seenRect() const {
    return transform_.imageFromView(QRectF(seenInView())).intersected(RectInImage::ofSize(imageSize()));
}

QRect CanvasView::linkedInView(QSize size) const {
    return {QPoint((width() - size.width()) / 2, (height() - size.height()) / 2), size};
}

QRect CanvasView::seenInView() const {
    QRect seen = rect();
    for (const auto& [view, size] : linked_) seen |= linkedInView(size);
    return seen;
}

void CanvasView::showLinked(const QWidget& view) {
    linked_[&view] = view.size();
    followLinked();
}

void CanvasView::hideLinked(const QWidget& view) {
    linked_.erase(&view);
    if (pointedLinked_ == &view) pointedLinked_ = nullptr;
    followLinked();
}

void CanvasView::followLinked() {
    if (fitted_) return fit();
    redraw();
    emit zoomChanged();
}

void CanvasView::redraw(const QRect& rectInView) {
    update(rectInView);
    emit redrawn(rectInView);
}

void CanvasView::redraw() {
    redraw(seenInView());
}

void CanvasView::viewMoved() {
    fitted_ = false;
    transform_.keepInView(imageSize(), size());
    if (hasImage()) measure();
    redraw();
    emit zoomChanged();
}

void CanvasView::measure() {
    const OpenedImage& image = *layers_.image();
    const PointInImage middle = transform_.imageFromView(QRectF(rect()).center());
    const bool isOnItsSide = transform_.quarterTurns() % 2 == 1;
    const QSizeF shape = transform_.pixelShape();
    scaleBar_ = scaleBarFor(transform_.scale() * (isOnItsSide ? shape.height() : shape.width()),
                            metresPerPixel(image, middle, isOnItsSide), kMaxScaleBar);
    // Where a metre has not the same length everywhere, the lines are to stay where they are as the view
    // pans.
    const PointInImage middleOfImage{imageSize().width / 2.0, imageSize().height / 2.0};
    gridStep_ = ruledStep(transform_, metresPerPixel(image, middleOfImage), kMaxScaleBar);
}

void CanvasView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    split_->follow();
    if (fitted_) return fit();
    // What was in the middle stays there.
    const QSizeF grown = QSizeF(size()) - QSizeF(event->oldSize());
    if (event->oldSize().isValid()) transform_.pan(QPointF(grown.width(), grown.height()) / 2);
    viewMoved();
}

void CanvasView::setPanMode(bool pans) {
    panMode_ = pans;
    cancelTool();
    updateCursor();
    redraw();
}

void CanvasView::updateCursor() {
    if (!hasImage()) {
        unsetCursor();
    } else if (gesture_ == Gesture::Panning) {
        setCursor(Qt::ClosedHandCursor);
    } else if (gesture_ == Gesture::Windowing) {
        setCursor(Qt::SizeAllCursor);
    } else {
        setCursor(panMode_ || spaceHeld_ ? Qt::OpenHandCursor : Qt::CrossCursor);
    }
}

}  // namespace finebrush
