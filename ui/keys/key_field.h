#pragma once

#include <QKeySequenceEdit>

namespace finebrush {

/// Takes one key with its modifiers as it is pressed, and tells it at once. Escape and Tab do here what they
/// do elsewhere.
class KeyField : public QKeySequenceEdit {
    Q_OBJECT

  public:
    using QKeySequenceEdit::QKeySequenceEdit;

  signals:
    void keyPressed(const QKeySequence& key);

  protected:
    void keyPressEvent(QKeyEvent* event) override;
};

}  // namespace finebrush
