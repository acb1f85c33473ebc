#include "ui/keys/key_field.h"

#include <QKeyEvent>

namespace finebrush {

void KeyField::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return event->ignore();
    clear();  // else Qt waits for a second key after the first
    QKeySequenceEdit::keyPressEvent(event);
    if (keySequence().isEmpty()) return;  // a modifier alone
    const QKeySequence key(keySequence()[0]);
    clear();
    setKeySequence(key);
    emit keyPressed(key);
}

}  // namespace finebrush
