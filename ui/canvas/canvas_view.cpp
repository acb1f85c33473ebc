#include "ui/canvas/canvas_view.h"

#include "ui/canvas/ground_length.h"
#include "ui/canvas/split_handle.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QLineEdit>
#include <QWheelEvent>

#include <cmath>
#include <utility>

namespace finebrush {

namespace {

constexpr double kFitMargin = 16;   // view px around a fitted image
constexpr double kMaxFitScale = 8;  // a tiny image is not blown up further than this
constexpr double kZoomPerNotch = 1.2;
constexpr double kNotch = 120;        // eighths of a degree that one notch of a wheel turns
constexpr double kMaxScaleBar = 130;  // view px

bool isEditingText() {
    const QWidget* focus = QApplication::focusWidget();
    return qobject_cast<const QLineEdit*>(focus) || qobject_cast<const QAbstractSpinBox*>(focus);
}

/// Slices of one volume, one behind the other.
bool areOfOneStack(const OpenedImage* one, const OpenedImage* other) {
    return one && other && one->slice && other->slice && one->slice->view == other->slice->view &&
           one->grid == other->grid && one->pixels.size == other->pixels.size;
}

bool isStepBack(const QKeyEvent& event) {
    const bool undoes = event.key() == Qt::Key_Z && event.modifiers() == Qt::ControlModifier;
    return undoes || event.key() == Qt::Key_Backspace;
}

}  // namespace

CanvasView::CanvasView(QWidget* parent) : QWidget(parent), split_(new SplitHandle(this)) {
    setObjectName(QStringLiteral("CanvasView"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(240, 160);
    split_->hide();
    connect(split_, &SplitHandle::moved, this, qOverload<>(&QWidget::update));
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

// ---- where it is shown
// -----------------------------------------------------------------------------------------------

void CanvasView::fit() {
    // Where a second view is smaller, it shows the whole image as well.
    const QRect common = secondSize_.isEmpty() ? rect() : rect().intersected(secondInView());
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

QRect CanvasView::secondInView() const {
    return {QPoint((width() - secondSize_.width()) / 2, (height() - secondSize_.height()) / 2), secondSize_};
}

QRect CanvasView::seenInView() const {
    return secondSize_.isEmpty() ? rect() : rect().united(secondInView());
}

void CanvasView::setSecondSize(QSize size) {
    secondSize_ = size;
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
    if (hasImage()) {
        const PointInImage middle = transform_.imageFromView(QRectF(rect()).center());
        const bool isOnItsSide = transform_.quarterTurns() % 2 == 1;
        scaleBar_ = scaleBarFor(transform_.scale(), metresPerPixel(*layers_.image(), middle, isOnItsSide),
                                kMaxScaleBar);
    }
    redraw();
    emit zoomChanged();
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

void CanvasView::wheelEvent(QWheelEvent* event) {
    // Shift turns the wheel sideways on some desktops.
    const QPoint delta = event->angleDelta();
    const double notches = (delta.y() != 0 ? delta.y() : delta.x()) / kNotch;
    if (!hasImage() || notches == 0) return;
    if (event->modifiers() & Qt::ShiftModifier) {
        emit brushStepRequested(notches > 0 ? 1 : -1);
    } else if (wheelSteps_ && !(event->modifiers() & Qt::ControlModifier)) {
        turnedNotches_ += notches;
        if (std::abs(turnedNotches_) >= 1)
            emit sliceStepRequested(std::exchange(turnedNotches_, 0) > 0 ? 1 : -1);
    } else {
        transform_.zoomAt(event->position(), transform_.scale() * std::pow(kZoomPerNotch, notches));
        viewMoved();
    }
    event->accept();
}

// ---- the mouse and the keys
// ------------------------------------------------------------------------------------------

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

void CanvasView::movePointer(std::optional<QPointF> pointInView) {
    updatePointer();
    pointer_ = pointInView;
    updatePointer();
    if (!hasImage()) return;
    std::optional<PointInImage> point;
    if (pointer_) {
        const PointInImage under = transform_.imageFromView(*pointer_);
        const PixelSize size = imageSize();
        if (under.x >= 0 && under.y >= 0 && under.x < size.width && under.y < size.height) point = under;
    }
    emit hovered(point);
}

void CanvasView::mousePressEvent(QMouseEvent* event) {
    if (!hasImage() || gesture_ != Gesture::None) return;
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

void CanvasView::endHover() {
    movePointer(std::nullopt);
}

void CanvasView::leaveEvent(QEvent* event) {
    endHover();
    QWidget::leaveEvent(event);
}

void CanvasView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        spaceHeld_ = true;
        updateCursor();
        redraw();
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
    redraw();
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
