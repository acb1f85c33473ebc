#include "ui/canvas/overlays/split_handle.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace finebrush {

namespace {

constexpr int kWidth = 15;  // that takes the pointer
constexpr double kKeyStep = 0.02;
constexpr double kEdge = 0.02;  // it never leaves its parent
constexpr double kGrip = 9;     // radius

}  // namespace

SplitHandle::SplitHandle(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("SplitHandle"));
    setCursor(Qt::SplitHCursor);
    setFocusPolicy(Qt::StrongFocus);
    retranslate();
}

void SplitHandle::follow() {
    setGeometry(place() - kWidth / 2, 0, kWidth, parentWidget()->height());
}

void SplitHandle::moveTo(double part) {
    part_ = std::clamp(part, kEdge, 1 - kEdge);
    follow();
    emit moved();
}

void SplitHandle::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const double middle = width() / 2.0;
    // White within black is seen on every image.
    painter.fillRect(QRectF(middle - 1.5, 0, 3, height()), QColor(0, 0, 0, 190));
    painter.fillRect(QRectF(middle - 0.5, 0, 1, height()), Qt::white);
    if (hasFocus()) painter.fillRect(QRectF(middle - 1.5, 0, 3, height()), palette().highlight());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? QPen(palette().highlight(), 2) : QPen(QColor(0, 0, 0, 190), 1));
    painter.setBrush(Qt::white);
    const QRectF grip(1, height() / 2.0 - kGrip, width() - 2, 2 * kGrip);
    painter.drawRoundedRect(grip, 4, 4);
    painter.setPen(QPen(QColor(70, 70, 70), 1.4));
    for (const double side : {-2.0, 2.0}) {
        painter.drawLine(QPointF(middle + side, grip.top() + 5), QPointF(middle + side, grip.bottom() - 5));
    }
}

void SplitHandle::mousePressEvent(QMouseEvent* event) {
    event->accept();
}

void SplitHandle::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) moveTo((x() + event->position().x()) / parentWidget()->width());
}

void SplitHandle::mouseReleaseEvent(QMouseEvent* event) {
    event->accept();
}

void SplitHandle::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Left) return moveTo(part_ - kKeyStep);
    if (event->key() == Qt::Key_Right) return moveTo(part_ + kKeyStep);
    QWidget::keyPressEvent(event);
}

void SplitHandle::enterEvent(QEnterEvent* event) {
    emit entered();
    QWidget::enterEvent(event);
}

void SplitHandle::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void SplitHandle::retranslate() {
    setAccessibleName(tr("Border of the comparison"));
    setToolTip(tr("Drag to compare (Left, Right)"));
}

}  // namespace finebrush
