#include "ui/canvas/linked_view.h"

#include "ui/canvas/canvas_view.h"

#include <QCoreApplication>
#include <QPaintEvent>
#include <QPainter>
#include <QTabletEvent>
#include <QWheelEvent>

namespace finebrush {

LinkedView::LinkedView(CanvasView& canvas, QWidget* parent) : QWidget(parent), canvas_(canvas) {
    setObjectName(QStringLiteral("LinkedView"));
    setMouseTracking(true);
    setTabletTracking(true);
    setFocusPolicy(Qt::ClickFocus);
    setFocusProxy(&canvas_);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(160, 120);
    setCursor(canvas_.cursor());
    canvas_.installEventFilter(this);
    connect(&canvas_, &CanvasView::redrawn, this,
            [this](const QRect& rectInCanvas) { update(rectInCanvas.translated(-wayToCanvas())); });
}

void LinkedView::setOverlays(const CanvasLayers::Choice& overlays) {
    overlays_ = overlays;
    update();
}

QPoint LinkedView::wayToCanvas() const {
    return canvas_.linkedInView(size()).topLeft();
}

void LinkedView::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    painter.translate(-wayToCanvas());
    canvas_.drawLinked(painter, event->rect().translated(wayToCanvas()), *this, overlays_);
}

void LinkedView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (isVisible()) canvas_.showLinked(*this);
}

void LinkedView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    canvas_.showLinked(*this);
}

void LinkedView::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    canvas_.hideLinked(*this);
}

bool LinkedView::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &canvas_ && event->type() == QEvent::CursorChange) setCursor(canvas_.cursor());
    return QWidget::eventFilter(watched, event);
}

bool LinkedView::hand(QEvent& event, QEvent& inFrameOfCanvas) {
    canvas_.setPointerOver(event.type() == QEvent::Leave ? nullptr : this);
    inFrameOfCanvas.setAccepted(event.isAccepted());
    QCoreApplication::sendEvent(&canvas_, &inFrameOfCanvas);
    event.setAccepted(inFrameOfCanvas.isAccepted());
    return true;
}

bool LinkedView::event(QEvent* event) {
    switch (event->type()) {
        case QEvent::MouseButtonPress:
        case QEvent::MouseButtonDblClick:
        case QEvent::MouseButtonRelease:
        case QEvent::MouseMove: {
            const auto& mouse = static_cast<const QMouseEvent&>(*event);
            QMouseEvent handed(mouse.type(), mouse.position() + wayToCanvas(), mouse.scenePosition(),
                               mouse.globalPosition(), mouse.button(), mouse.buttons(), mouse.modifiers(),
                               mouse.pointingDevice());
            return hand(*event, handed);
        }
        case QEvent::Wheel: {
            const auto& wheel = static_cast<const QWheelEvent&>(*event);
            QWheelEvent handed(wheel.position() + wayToCanvas(), wheel.globalPosition(), wheel.pixelDelta(),
                               wheel.angleDelta(), wheel.buttons(), wheel.modifiers(), wheel.phase(),
                               wheel.inverted());
            return hand(*event, handed);
        }
        case QEvent::TabletPress:
        case QEvent::TabletMove:
        case QEvent::TabletRelease: {
            const auto& pen = static_cast<const QTabletEvent&>(*event);
            QTabletEvent handed(pen.type(), pen.pointingDevice(), pen.position() + wayToCanvas(),
                                pen.globalPosition(), pen.pressure(), static_cast<float>(pen.xTilt()),
                                static_cast<float>(pen.yTilt()), static_cast<float>(pen.tangentialPressure()),
                                pen.rotation(), static_cast<float>(pen.z()), pen.modifiers(), pen.button(),
                                pen.buttons());
            return hand(*event, handed);
        }
        case QEvent::Enter: {
            const auto& enter = static_cast<const QEnterEvent&>(*event);
            QEnterEvent handed(enter.position() + wayToCanvas(), enter.scenePosition(),
                               enter.globalPosition());
            return hand(*event, handed);
        }
        case QEvent::Leave: {
            QEvent handed(QEvent::Leave);
            return hand(*event, handed);
        }
        default:
            return QWidget::event(event);
    }
}

}  // namespace finebrush
