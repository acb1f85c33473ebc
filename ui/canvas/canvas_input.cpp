// What the pointer, the pen, the wheel and the keys do on the canvas.
#include "ui/canvas/canvas_view.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QLineEdit>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace finebrush {

namespace {

constexpr double kZoomPerNotch = 1.2;
constexpr double kPanPart = 1 / 8.0;  // of the shorter side of the view, by an arrow key
constexpr double kFarPart = 1 / 2.0;  // with Shift
constexpr double kLeastStep = 4;      // view px, of the pointer by a key
constexpr int kRepeatsToSpeedUp = 6;
constexpr int kMostSpeed = 8;
constexpr double kNotch = 120;  // eighths of a degree that one notch of a wheel turns

bool isEditingText() {
    const QWidget* focus = QApplication::focusWidget();
    return qobject_cast<const QLineEdit*>(focus) || qobject_cast<const QAbstractSpinBox*>(focus);
}

/// The way of an arrow key, one long; null for other keys.
QPointF directionOf(const QKeyEvent& event) {
    switch (event.key()) {
        case Qt::Key_Left:
            return {-1, 0};
        case Qt::Key_Right:
            return {1, 0};
        case Qt::Key_Up:
            return {0, -1};
        case Qt::Key_Down:
            return {0, 1};
        default:
            return {};
    }
}

/// What a person holds; arrows count as keys of the number pad on some systems.
Qt::KeyboardModifiers modifiersOf(const QKeyEvent& event) {
    return event.modifiers() & ~Qt::KeyboardModifiers(Qt::KeypadModifier);
}

QKeySequence keyOf(const QKeyEvent& event) {
    return QKeySequence(QKeyCombination(modifiersOf(event), Qt::Key(event.key())));
}

}  // namespace

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

void CanvasView::movePointer(std::optional<QPointF> pointInView) {
    updatePointer();
    pointer_ = pointInView;
    updatePointer();
    if (hasImage()) emit hovered(pointedAt());
}

std::optional<PointInImage> CanvasView::pointedAt() const {
    if (!hasImage() || !pointer_) return std::nullopt;
    const PointInImage under = transform_.imageFromView(*pointer_);
    const PixelSize size = imageSize();
    const bool isInside = under.x >= 0 && under.y >= 0 && under.x < size.width && under.y < size.height;
    return isInside ? std::optional(under) : std::nullopt;
}

// ---- one gesture, from press to release, of the mouse or of a pen ----

void CanvasView::press(const QSinglePointEvent& event) {
    if (!hasImage() || keyHolds_ || gesture_ != Gesture::None) return;
    const bool left = event.button() == Qt::LeftButton;
    const bool pans = event.button() == Qt::MiddleButton || (left && (panMode_ || spaceHeld_));
    if (keysPoint_) updatePointer();  // takes the cross away
    keysPoint_ = false;
    pointer_ = event.position();
    if (pans) {
        gesture_ = Gesture::Panning;
    } else if (event.button() == Qt::RightButton && (event.modifiers() & Qt::ShiftModifier)) {
        gesture_ = Gesture::Windowing;
        windowFrom_ = event.position();
        emit windowDragBegan();
    } else if (left || event.button() == Qt::RightButton) {
        gesture_ = Gesture::Painting;
        setMarker(std::nullopt);
        const bool isOther = !left || event.modifiers().testFlag(Qt::AltModifier) ||
                             event.pointerType() == QPointingDevice::PointerType::Eraser;
        emit pressed(transform_.imageFromView(event.position()), isOther, sizeShare());
    }
    updateCursor();
}

void CanvasView::move(const QSinglePointEvent& event) {
    if (keyHolds_) return;
    const QPointF before = pointer_.value_or(event.position());
    movePointer(event.position());
    keysPoint_ = false;
    if (gesture_ == Gesture::Panning) {
        transform_.pan(event.position() - before);
        viewMoved();
    } else if (gesture_ == Gesture::Painting) {
        emit dragged(transform_.imageFromView(event.position()), sizeShare());
    } else if (gesture_ == Gesture::Windowing) {
        emit windowDragged(event.position() - windowFrom_);
    }
}

void CanvasView::release(const QSinglePointEvent& event) {
    if (keyHolds_ || event.buttons() != Qt::NoButton) return;
    const Gesture ended = std::exchange(gesture_, Gesture::None);
    updateCursor();
    movePointer(event.position());
    if (ended == Gesture::Painting) emit released();
    if (ended == Gesture::Windowing) emit windowDragEnded();
}

// ---- the mouse ----

bool CanvasView::isEchoOfPen(const QMouseEvent& event) {
    if (penHeld_ && gesture_ != Gesture::None) return true;
    penHeld_ = false;
    const bool isReal = event.source() == Qt::MouseEventNotSynthesized ||
                        event.deviceType() == QInputDevice::DeviceType::TouchScreen;
    if (isReal) penSeen_ = false;
    return penSeen_;
}

void CanvasView::mousePressEvent(QMouseEvent* event) {
    if (isEchoOfPen(*event)) return;
    pressure_ = 1;
    press(*event);
}

void CanvasView::mouseMoveEvent(QMouseEvent* event) {
    if (!isEchoOfPen(*event)) move(*event);
}

void CanvasView::mouseReleaseEvent(QMouseEvent* event) {
    if (!isEchoOfPen(*event)) release(*event);
}

void CanvasView::mouseDoubleClickEvent(QMouseEvent* event) {
    const bool completes = sketchTakesKeys() && event->button() == Qt::LeftButton && !spaceHeld_;
    if (isEchoOfPen(*event)) return;
    if (!completes) return mousePressEvent(event);
    emit completeRequested();
}

// ---- the pen ----

void CanvasView::tabletEvent(QTabletEvent* event) {
    const bool isOfPen = penHeld_ && gesture_ != Gesture::None;
    // Elsewhere a pen is a mouse, which Qt makes of it where it is not taken.
    const bool isOverBrush = hasImage() && brushDiameter_ > 0 && !childAt(event->position().toPoint());
    penSeen_ = isOfPen || isOverBrush;
    event->setAccepted(penSeen_);
    if (!penSeen_ || (gesture_ != Gesture::None && !isOfPen)) return;
    const bool feels = event->device()->hasCapability(QInputDevice::Capability::Pressure);
    pressure_ = feels ? std::clamp(event->pressure(), 0.0, 1.0) : 1;
    if (event->type() == QEvent::TabletPress) {
        setFocus(Qt::MouseFocusReason);
        penHeld_ = true;
        press(*event);
    } else if (event->type() == QEvent::TabletMove) {
        move(*event);
    } else {
        release(*event);
    }
}

// ---- the pointer of the keys ----

bool CanvasView::goByArrow(const QKeyEvent& event) {
    const QPointF direction = directionOf(event);
    if (!hasImage() || direction.isNull() || (gesture_ != Gesture::None && !keyHolds_)) return false;
    const Qt::KeyboardModifiers modifiers = modifiersOf(event);
    if (keyHolds_ || modifiers == Qt::ControlModifier) {
        repeats_ = event.isAutoRepeat() ? repeats_ + 1 : 0;
        movePointerByKey(direction);
    } else if (modifiers == Qt::NoModifier || modifiers == Qt::ShiftModifier) {
        const double part = modifiers == Qt::NoModifier ? kPanPart : kFarPart;
        transform_.pan(-direction * part * std::min(width(), height()));
        viewMoved();
        movePointer(pointer_);
    } else {
        return false;
    }
    return true;
}

void CanvasView::movePointerByKey(QPointF direction) {
    const QSizeF shape = transform_.pixelShape();
    const QSizeF pixel =
        (transform_.quarterTurns() % 2 == 0 ? shape : shape.transposed()) * transform_.scale();
    const QSizeF step = pixel.expandedTo(QSizeF(kLeastStep, kLeastStep)) *
                        std::min(1 + repeats_ / kRepeatsToSpeedUp, kMostSpeed);
    const QPointF from = pointer_.value_or(QRectF(rect()).center());
    pointByKey(from + QPointF(direction.x() * step.width(), direction.y() * step.height()));
    if (gesture_ == Gesture::Painting) emit dragged(transform_.imageFromView(*pointer_), sizeShare());
}

void CanvasView::pointByKey(QPointF pointInView) {
    const auto within = [](const QRectF& rect, QPointF point) {
        return QPointF(std::max(rect.left(), std::min(point.x(), rect.right())),
                       std::max(rect.top(), std::min(point.y(), rect.bottom())));
    };
    const double half = transform_.scale() / 2;  // the middle of the outermost pixels
    const QRectF image = transform_.viewFromImage(RectInImage::ofSize(imageSize()));
    const QPointF inImage = within(image.adjusted(half, half, -half, -half), pointInView);
    const QPointF inView = within(QRectF(rect()), inImage);
    keysPoint_ = true;
    if (inView != inImage) {
        transform_.pan(inView - inImage);
        viewMoved();
    }
    movePointer(inView);
}

void CanvasView::pressByKey(bool isOther) {
    // Else its release would go to whom the keys go.
    setFocus(Qt::OtherFocusReason);
    pointByKey(pointer_.value_or(QRectF(rect()).center()));
    keyHolds_ = true;
    penHeld_ = false;
    pressure_ = 1;
    gesture_ = Gesture::Painting;
    setMarker(std::nullopt);
    emit pressed(transform_.imageFromView(*pointer_), isOther, sizeShare());
}

void CanvasView::releaseKey() {
    if (!std::exchange(keyHolds_, false)) return;
    if (std::exchange(gesture_, Gesture::None) == Gesture::Painting) emit released();
}

void CanvasView::clickByKey(bool isOther) {
    if (!mayPressByKey() || gesture_ != Gesture::None) return;
    pressByKey(isOther);
    releaseKey();
}

bool CanvasView::isButtonKey(const QKeyEvent& event) const {
    const QKeySequence key = keyOf(event);
    return buttonKeys_.contains(key) || otherButtonKeys_.contains(key);
}

bool CanvasView::isHeldKey(const QKeyEvent& event) const {
    if (!keyHolds_) return false;
    // A modifier that is let go first makes another key of it, at the same place.
    const bool isInPlace = heldPlace_ != 0 && event.nativeScanCode() == heldPlace_;
    return event.key() == heldKey_ || isInPlace;
}

// ---- the keys ----

bool CanvasView::isStepBack(const QKeyEvent& event) const {
    return event.key() == Qt::Key_Backspace || undoKeys_.contains(QKeySequence(event.keyCombination()));
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
    // Else Enter would accept the prediction while it is to close a polygon, undo reach for what lies before
    // it, the key of a button be a click that cannot be held, and an arrow step to another slice in the
    // middle of a stroke.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto& key = static_cast<const QKeyEvent&>(*event);
        const bool isButton = isHeldKey(key) || (mayPressByKey() && isButtonKey(key));
        if (takesKey(key) || isButton || (keyHolds_ && !directionOf(key).isNull())) {
            event->accept();
            return true;
        }
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
    if (keyHolds_) return;
    movePointer(std::nullopt);
    keysPoint_ = false;
}

void CanvasView::leaveEvent(QEvent* event) {
    if (!keysPoint_) endHover();  // a menu that opens takes the mouse away, not the pointer of the keys
    QWidget::leaveEvent(event);
}

void CanvasView::keyPressEvent(QKeyEvent* event) {
    if (isHeldKey(*event)) return;
    if (mayPressByKey() && isButtonKey(*event)) {
        if (event->isAutoRepeat() || gesture_ != Gesture::None) return;
        heldKey_ = event->key();
        heldPlace_ = event->nativeScanCode();
        pressByKey(otherButtonKeys_.contains(keyOf(*event)));
    } else if (goByArrow(*event)) {
        return;
    } else if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        spaceHeld_ = true;
        updateCursor();
        redraw();
    } else if (event->key() == Qt::Key_Escape && (sketchTakesEscape() || gesture_ == Gesture::Painting)) {
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
    const bool isButton = isHeldKey(*event);
    if (event->key() != Qt::Key_Space && !isButton) return QWidget::keyReleaseEvent(event);
    if (event->isAutoRepeat()) return;
    if (isButton) return releaseKey();
    spaceHeld_ = false;
    updateCursor();
    redraw();
}

void CanvasView::focusOutEvent(QFocusEvent* event) {
    releaseKey();
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
