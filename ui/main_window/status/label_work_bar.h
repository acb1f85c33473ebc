#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace finebrush {

class SessionBridge;
struct LabelWork;

/// Says that an edit of labels is being worked out, once that has gone on for a moment. The person may stop
/// it.
class LabelWorkBar : public QWidget {
    Q_OBJECT

  public:
    explicit LabelWorkBar(SessionBridge& bridge, QWidget* parent = nullptr);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void follow(const LabelWork& work);
    void retranslate();

    QLabel* text_;
    QProgressBar* bar_;
    QToolButton* stop_;
    QTimer moment_;
};

}  // namespace finebrush
