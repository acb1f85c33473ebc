#pragma once

#include "core/session/session_events.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace finebrush {

class SessionBridge;

/// Says that files are exported or imported, once that has gone on for a moment. The person may stop it.
class FileWorkBar : public QWidget {
    Q_OBJECT

  public:
    explicit FileWorkBar(SessionBridge& bridge, QWidget* parent = nullptr);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void follow(const FileWork& work);
    void retranslate();

    QLabel* text_;
    QProgressBar* bar_;
    QToolButton* stop_;
    QTimer moment_;
    FileWork work_;
};

}  // namespace finebrush
