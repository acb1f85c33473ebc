#pragma once

#include <QEvent>
#include <QWidget>

namespace finebrush {

/// The wheel scrolls the dock and changes a field only where the person has gone to it before.
class WheelGuard : public QObject {
  public:
    using QObject::QObject;

    void guard(QWidget* field) {
        field->setFocusPolicy(Qt::StrongFocus);
        field->installEventFilter(this);
    }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() != QEvent::Wheel || static_cast<QWidget*>(watched)->hasFocus()) return false;
        event->ignore();
        return true;
    }
};

}  // namespace finebrush
