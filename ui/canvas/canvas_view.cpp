#include "ui/canvas/canvas_view.h"

#include "ui/canvas/brush_outline.h"
#include "ui/canvas/ground_length.h"
#include "ui/canvas/pixel_grid.h"
#include "ui/canvas/sketch_painter.h"
#include "ui/canvas/split_handle.h"
#include "ui/settings/theme.h"

#include <QPaintEvent>
#include <QPainter>

#include <utility>

namespace finebrush {

namespace {

constexpr double kFitMargin = 16;   // view px around a fitted image
constexpr double kMaxFitScale = 8;  // a tiny image is not blown up further than this
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
    setMinimumSize(240, 160);
    split_->hide();
    connect(split_, &SplitHandle::moved, this, QOverload<>::of(&QWidget::update));
    connect(split_, &SplitHandle::entered, this, &CanvasView::endHover);
}

// ---- what is shown
// ---------------------------------------------------------------------------------------------------

void CanvasView::setImage(std::shared_ptr<const OpenedImage> image) {
    cancelTool();
    // Who steps through a volume goes on looking at the same place.
    const bool staysInPlace = !fitted_ && areOfOneStack(layers_.image().get(), image.get());
    layers_.setImage(std::move(image));
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
    update(transform_.viewFromImage(inImage).toAlignedRect().adjusted(-1, -1, 1, 1));
}

void CanvasView::askForTiles() {
    std::vector<TileAddress> missing = layers_.missingTiles(transform_, rect(), devicePixelRatioF());
    if (missing == wantedTiles_) return;
    wantedTiles_ = std::move(missing);
    emit tilesWanted(wantedTiles_);
}

void CanvasView::updateContent() {
    update();
    emit contentChanged();
}

void CanvasView::refreshLabels(const RectInImage& rect) {
    layers_.refreshLabels(rect);
    update(transform_.viewFromImage(rect).toAlignedRect().adjusted(-1, -1, 1, 1));
    emit contentChanged();
}

void CanvasView::setComparison(Comparison comparison) {
    comparison_ = comparison;
    split_->follow();
    split_->setVisible(comparison_ != Comparison::None && hasImage());
    update();
}

// ---- where it is shown
// -----------------------------------------------------------------------------------------------

void CanvasView::fit() {
    transform_.fit(imageSize(), size(), kFitMargin, kMaxFitScale / devicePixelRatioF());
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

void CanvasView::viewMoved() {
    fitted_ = false;
    transform_.keepInView(imageSize(), size());
    if (hasImage()) {
        const PointInImage middle = transform_.imageFromView(QRectF(rect()).center());
        const bool isOnItsSide = transform_.quarterTurns() % 2 == 1;
        scaleBar_ = scaleBarFor(transform_.scale(), metresPerPixel(*layers_.image(), middle, isOnItsSide),
                                kMaxScaleBar);
    }
    update();
    emit zoomChanged();
}

void CanvasView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    split_->follow();
    if (fitted_) return fit();
    emit zoomChanged();
}

// ---- painting the widget
// ---------------------------------------------------------------------------------------------

void CanvasView::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    const QRect exposed = event->rect();
    painter.fillRect(exposed, themeColours(palette()).canvas);
    askForTiles();
    const CanvasLayers::Choice overlays{overlayVisible_, overlayVisible_};
    if (comparison_ == Comparison::None) {
        layers_.draw(painter, transform_, exposed, devicePixelRatioF(), overlays);
    } else {
        layers_.drawCompared(painter, transform_, exposed, devicePixelRatioF(), comparison_, split_->place());
    }
    if (showsPixelGrid()) {
        drawPixelGrid(
            painter, transform_,
            transform_.imageFromView(QRectF(exposed)).intersected(RectInImage::ofSize(imageSize())));
    }
    layers_.drawRegion(painter, transform_, exposed, devicePixelRatioF());
    if (sketch_) drawSketch(painter, *sketch_, transform_, pointer_, layers_.palette()[sketch_->value]);
    if (showsBrush()) {
        const double share = gesture_ == Gesture::Painting ? sizeShare() : 1;
        drawBrushOutline(painter, *pointer_, brushRadius() * share);
    }
    if (scaleBarVisible_ && hasImage()) drawScaleBar(painter, scaleBar_, rect());
}

void CanvasView::drawOverview(QPainter& painter, const ViewTransform& transform, const QRectF& rectInView) {
    layers_.draw(painter, transform, rectInView, devicePixelRatioF(), {overlayVisible_, overlayVisible_});
}

bool CanvasView::showsBrush() const {
    return hasImage() && pointer_ && brushDiameter_ > 0 && !panMode_ && !spaceHeld_ &&
           gesture_ != Gesture::Panning && gesture_ != Gesture::Windowing;
}

bool CanvasView::showsPixelGrid() const {
    return pixelGridVisible_ && hasImage() && zoom() >= kGridZoom;
}

void CanvasView::setBrushDiameter(double diameter) {
    updatePointer();
    brushDiameter_ = diameter;
    updatePointer();
}

void CanvasView::setSketch(const std::optional<ToolSketch>& sketch) {
    updatePointer();
    const ToolSketch before = sketch_.value_or(ToolSketch());
    sketch_ = sketch;
    const ToolSketch now = sketch_.value_or(ToolSketch());
    if (now.region != before.region || now.value != before.value) {
        update(layers_.regionInView(transform_));
        layers_.setRegion(now.region, now.value);
        update(layers_.regionInView(transform_));
    }
    updatePointer();
}

void CanvasView::updatePointer() {
    if (pointer_) update(brushOutlineInView(*pointer_, brushRadius()));
    if (sketch_) update(sketchInView(*sketch_, transform_, pointer_));
}

void CanvasView::setPanMode(bool pans) {
    panMode_ = pans;
    cancelTool();
    updateCursor();
    update();
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
