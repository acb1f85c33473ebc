#include "ui/canvas/canvas_view.h"

#include "ui/canvas/sketch_painter.h"
#include "ui/settings/theme.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QLineEdit>
#include <QPaintEvent>
#include <QPainter>
#include <QWheelEvent>

#include <cmath>
#include <utility>

namespace finebrush {

namespace {

constexpr double kFitMargin = 16;   // view px around a fitted image
constexpr double kMaxFitScale = 8;  // a tiny image is not blown up further than this
constexpr double kZoomPerNotch = 1.2;
constexpr double kNotch = 120;        // eighths of a degree that one notch of a wheel turns
constexpr double kOutlineMargin = 3;  // view px that the brush outline's pen needs

bool isEditingText() {
    const QWidget* focus = QApplication::focusWidget();
    return qobject_cast<const QLineEdit*>(focus) || qobject_cast<const QAbstractSpinBox*>(focus);
}

bool isStepBack(const QKeyEvent& event) {
    const bool undoes = event.key() == Qt::Key_Z && event.modifiers() == Qt::ControlModifier;
    return undoes || event.key() == Qt::Key_Backspace;
}

}  // namespace

CanvasView::CanvasView(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("CanvasView"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(240, 160);
}

PixelSize CanvasView::imageSize() const {
    return image_ ? image_->pixels.size : PixelSize{};
}

// ---- what is shown
// ---------------------------------------------------------------------------------------------------

void CanvasView::setImage(std::shared_ptr<const OpenedImage> image) {
    cancelTool();
    labelLayer_.setSource(nullptr);
    setPrediction(nullptr);
    image_ = std::move(image);
    const bool isLarge = image_ && image_->isLarge();
    imageLayer_.setSource(image_ && !isLarge ? std::make_unique<ImageTiles>(image_) : nullptr);
    largeLayer_.setImage(isLarge ? image_ : nullptr);
    wantedTiles_.clear();
    if (image_) imageLayer_.setSmooth(image_->display.smooth);
    fit();
    updateCursor();
}

void CanvasView::refreshImage() {
    if (!image_) return;
    imageLayer_.setSmooth(image_->display.smooth);
    imageLayer_.refreshAll();
    largeLayer_.refresh();
    wantedTiles_.clear();  // what could not be had before may be there now
    update();
}

void CanvasView::showTile(const TilePainted& tile) {
    if (!image_ || tile.id != image_->id) return;
    largeLayer_.put(tile);
    const RectInImage rect = tileRect(imageSize(), tile.tile);
    const int level = tile.tile.level;
    const RectInImage inImage{rect.x << level, rect.y << level, rect.width << level, rect.height << level};
    update(transform_.viewFromImage(inImage).toAlignedRect().adjusted(-1, -1, 1, 1));
}

void CanvasView::askForTiles() {
    std::vector<TileAddress> missing = largeLayer_.missing(transform_, rect(), devicePixelRatioF());
    if (missing == wantedTiles_) return;
    wantedTiles_ = std::move(missing);
    emit tilesWanted(wantedTiles_);
}

void CanvasView::setLabels(const LabelMap* labels) {
    std::unique_ptr<TileSource> source;
    if (labels) {
        source = std::make_unique<ClassTiles>(*labels, palette_);
    }
    labelLayer_.setSource(std::move(source));
    update();
}

void CanvasView::refreshLabels(const RectInImage& rect) {
    labelLayer_.refresh(rect);
    update(transform_.viewFromImage(rect).toAlignedRect().adjusted(-1, -1, 1, 1));
}

void CanvasView::setPredictedCells(std::shared_ptr<const LabelMap> cells) {
    predictedCells_ = std::move(cells);
    predictionLayer_.setSource(predictedCells_ ? std::make_unique<ClassTiles>(*predictedCells_, palette_)
                                               : nullptr);
    update();
}

void CanvasView::setPrediction(std::shared_ptr<const IndexMask> prediction) {
    prediction_ = std::move(prediction);
    std::unique_ptr<TileSource> source;
    if (prediction_) {
        source = std::make_unique<ClassTiles>(
            prediction_->size, [mask = prediction_.get()](int x, int y) { return mask->at(x, y); }, palette_);
    }
    predictionLayer_.setSource(std::move(source));
    update();
}

void CanvasView::setPalette(const OverlayPalette& palette) {
    palette_ = palette;
    labelLayer_.refreshAll();
    predictionLayer_.refreshAll();
    regionLayer_.refreshColours();
    update();
}

void CanvasView::setLabelOpacity(double opacity) {
    labelOpacity_ = opacity;
    update();
}

void CanvasView::setPredictionOpacity(double opacity) {
    predictionOpacity_ = opacity;
    update();
}

void CanvasView::setOverlayVisible(bool visible) {
    overlayVisible_ = visible;
    update();
}

// ---- where it is shown
// -----------------------------------------------------------------------------------------------

void CanvasView::fit() {
    transform_.fit(imageSize(), size(), kFitMargin, kMaxFitScale / devicePixelRatioF());
    viewMoved();
    fitted_ = true;
}

void CanvasView::showActualSize() {
    transform_.zoomAt(rect().center(), 1 / devicePixelRatioF());
    viewMoved();
}

void CanvasView::zoomBy(double factor) {
    transform_.zoomAt(rect().center(), transform_.scale() * factor);
    viewMoved();
}

RectInImage CanvasView::visibleRect() const {
    return transform_.imageFromView(QRectF(rect())).intersected(RectInImage::ofSize(imageSize()));
}

void CanvasView::viewMoved() {
    fitted_ = false;
    transform_.keepInView(imageSize(), size());
    update();
    emit zoomChanged();
}

void CanvasView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (fitted_) fit();
}

void CanvasView::wheelEvent(QWheelEvent* event) {
    // Shift turns the wheel sideways on some desktops.
    const QPoint delta = event->angleDelta();
    const double notches = (delta.y() != 0 ? delta.y() : delta.x()) / kNotch;
    if (!image_ || notches == 0) return;
    if (event->modifiers() & Qt::ShiftModifier) {
        emit brushStepRequested(notches > 0 ? 1 : -1);
    } else {
        transform_.zoomAt(event->position(), transform_.scale() * std::pow(kZoomPerNotch, notches));
        viewMoved();
    }
    event->accept();
}

// ---- painting the widget
// ---------------------------------------------------------------------------------------------

void CanvasView::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    const QRect exposed = event->rect();
    painter.fillRect(exposed, themeColours(palette()).canvas);
    const double ratio = devicePixelRatioF();
    imageLayer_.draw(painter, transform_, exposed, ratio);
    largeLayer_.draw(painter, transform_, exposed, ratio);
    askForTiles();
    if (overlayVisible_) {
        painter.setOpacity(predictionOpacity_);
        predictionLayer_.draw(painter, transform_, exposed, ratio);
        painter.setOpacity(labelOpacity_);
        labelLayer_.draw(painter, transform_, exposed, ratio);
        painter.setOpacity(1);
    }
    regionLayer_.draw(painter, transform_, exposed, ratio);
    if (sketch_) drawSketch(painter, *sketch_, transform_, pointer_, palette_[sketch_->value]);
    if (showsBrush()) drawBrushOutline(painter);
}

bool CanvasView::showsBrush() const {
    return image_ && pointer_ && brushDiameter_ > 0 && !panMode_ && !spaceHeld_ &&
           gesture_ != Gesture::Panning && gesture_ != Gesture::Windowing;
}

void CanvasView::drawBrushOutline(QPainter& painter) const {
    // White within black is seen on every image.
    const double radius = std::max(1.0, brushDiameter_ / 2 * transform_.scale());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 190), 1));
    painter.drawEllipse(*pointer_, radius + 1, radius + 1);
    painter.setPen(QPen(Qt::white, 1));
    painter.drawEllipse(*pointer_, radius, radius);
}

QRect CanvasView::brushOutlineInView(QPointF pointInView) const {
    const double reach = std::max(1.0, brushDiameter_ / 2 * transform_.scale()) + kOutlineMargin;
    return QRectF(pointInView - QPointF(reach, reach), QSizeF(2 * reach, 2 * reach)).toAlignedRect();
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
        update(regionLayer_.rectInView(transform_));
        regionLayer_.setRegion(now.region, now.value, imageSize(), palette_);
        update(regionLayer_.rectInView(transform_));
    }
    updatePointer();
}

void CanvasView::updatePointer() {
    if (pointer_) update(brushOutlineInView(*pointer_));
    if (sketch_) update(sketchInView(*sketch_, transform_, pointer_));
}

void CanvasView::setPanMode(bool pans) {
    panMode_ = pans;
    cancelTool();
    updateCursor();
    update();
}

void CanvasView::updateCursor() {
    if (!image_) {
        unsetCursor();
    } else if (gesture_ == Gesture::Panning) {
        setCursor(Qt::ClosedHandCursor);
    } else if (gesture_ == Gesture::Windowing) {
        setCursor(Qt::SizeAllCursor);
    } else {
        setCursor(panMode_ || spaceHeld_ ? Qt::OpenHandCursor : Qt::CrossCursor);
    }
}

// ---- the mouse and the keys
// ------------------------------------------------------------------------------------------

void CanvasView::movePointer(std::optional<QPointF> pointInView) {
    updatePointer();
    pointer_ = pointInView;
    updatePointer();
    if (!image_) return;
    std::optional<PointInImage> point;
    if (pointer_) {
        const PointInImage under = transform_.imageFromView(*pointer_);
        const PixelSize size = imageSize();
        if (under.x >= 0 && under.y >= 0 && under.x < size.width && under.y < size.height) point = under;
    }
    emit hovered(point);
}

void CanvasView::mousePressEvent(QMouseEvent* event) {
    if (!image_ || gesture_ != Gesture::None) return;
    const bool left = event->button() == Qt::LeftButton;
    const bool pans = event->button() == Qt::MiddleButton || (left && (panMode_ || spaceHeld_));
    pointer_ = event->position();
    if (pans) {
        gesture_ = Gesture::Panning;
    } else if (event->button() == Qt::RightButton && (event->modifiers() & Qt::ShiftModifier)) {
        gesture_ = Gesture::Windowing;
        windowFrom_ = event->position();
        emit windowDragBegan();
    } else if (left || event->button() == Qt::RightButton) {
        gesture_ = Gesture::Painting;
        const bool isOther = !left || event->modifiers().testFlag(Qt::AltModifier);
        emit pressed(transform_.imageFromView(event->position()), isOther);
    }
    updateCursor();
}

void CanvasView::mouseMoveEvent(QMouseEvent* event) {
    const QPointF before = pointer_.value_or(event->position());
    movePointer(event->position());
    if (gesture_ == Gesture::Panning) {
        transform_.pan(event->position() - before);
        viewMoved();
    } else if (gesture_ == Gesture::Painting) {
        emit dragged(transform_.imageFromView(event->position()));
    } else if (gesture_ == Gesture::Windowing) {
        emit windowDragged(event->position() - windowFrom_);
    }
}

void CanvasView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->buttons() != Qt::NoButton) return;
    const Gesture ended = std::exchange(gesture_, Gesture::None);
    updateCursor();
    movePointer(event->position());
    if (ended == Gesture::Painting) emit released();
    if (ended == Gesture::Windowing) emit windowDragEnded();
}

void CanvasView::mouseDoubleClickEvent(QMouseEvent* event) {
    const bool completes = sketchTakesKeys() && event->button() == Qt::LeftButton && !spaceHeld_;
    if (!completes) return mousePressEvent(event);
    emit completeRequested();
}

bool CanvasView::takesKey(const QKeyEvent& event) const {
    const bool completes = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
    return sketchTakesKeys() && (completes || isStepBack(event));
}

int CanvasView::stepOf(const QKeyEvent& event) const {
    if (!sketchTakesKeys() || !sketch_->region) return 0;
    return event.key() == Qt::Key_Tab ? 1 : event.key() == Qt::Key_Backtab ? -1 : 0;
}

bool CanvasView::event(QEvent* event) {
    // Else Enter would accept the prediction while it is to close a polygon, and undo reach for what lies
    // before it.
    if (event->type() == QEvent::ShortcutOverride && takesKey(static_cast<QKeyEvent&>(*event))) {
        event->accept();
        return true;
    }
    // Else Tab would leave the canvas.
    if (event->type() == QEvent::KeyPress) {
        if (const int step = stepOf(static_cast<QKeyEvent&>(*event)); step != 0) {
            emit anotherRequested(step);
            return true;
        }
    }
    return QWidget::event(event);
}

void CanvasView::enterEvent(QEnterEvent* event) {
    // So that Space and Escape reach the canvas; but nobody is to lose the field that they are typing in.
    if (!isEditingText()) setFocus(Qt::MouseFocusReason);
    QWidget::enterEvent(event);
}

void CanvasView::leaveEvent(QEvent* event) {
    movePointer(std::nullopt);
    QWidget::leaveEvent(event);
}

void CanvasView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        spaceHeld_ = true;
        updateCursor();
        update();
    } else if (event->key() == Qt::Key_Escape && (sketchTakesKeys() || gesture_ == Gesture::Painting)) {
        cancelTool();
    } else if (takesKey(*event) && isStepBack(*event)) {
        emit stepBackRequested();
    } else if (takesKey(*event)) {
        emit completeRequested();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void CanvasView::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Space) return QWidget::keyReleaseEvent(event);
    if (event->isAutoRepeat()) return;
    spaceHeld_ = false;
    updateCursor();
    update();
}

void CanvasView::focusOutEvent(QFocusEvent* event) {
    spaceHeld_ = false;
    updateCursor();
    QWidget::focusOutEvent(event);
}

void CanvasView::cancelTool() {
    if (gesture_ != Gesture::Painting && !sketch_) return;
    if (gesture_ == Gesture::Painting) gesture_ = Gesture::None;
    emit cancelled();
}

}  // namespace finebrush
