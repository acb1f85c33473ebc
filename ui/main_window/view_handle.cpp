#include "ui/main_window/view_handle.h"

#include <QKeyEvent>
#include <QPainter>
#include <QSplitter>

namespace finebrush {

namespace {

constexpr int kKeyStep = 20;  // px

}  // namespace

ViewHandle::ViewHandle(Qt::Orientation orientation, QSplitter* parent)
    : QSplitterHandle(orientation, parent) {
    setFocusPolicy(Qt::TabFocus);
}

void ViewHandle::keyPressEvent(QKeyEvent* event) {
    const bool isHorizontal = orientation() == Qt::Horizontal;
    const int place = isHorizontal ? x() : y();
    if (event->key() == (isHorizontal ? Qt::Key_Left : Qt::Key_Up)) return moveSplitter(place - kKeyStep);
    if (event->key() == (isHorizontal ? Qt::Key_Right : Qt::Key_Down)) return moveSplitter(place + kKeyStep);
    QSplitterHandle::keyPressEvent(event);
}

void ViewHandle::paintEvent(QPaintEvent* event) {
    QSplitterHandle::paintEvent(event);
    if (hasFocus()) QPainter(this).fillRect(rect(), palette().highlight());
}

}  // namespace finebrush
