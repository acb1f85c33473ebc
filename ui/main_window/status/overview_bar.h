#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace finebrush {

class SessionBridge;
struct OverviewProgress;

/// How far the overviews of a large image are, which are made when it is opened for the first time; seen
/// meanwhile only. The person may stop it.
class OverviewBar : public QWidget {
    Q_OBJECT

  public:
    explicit OverviewBar(SessionBridge& bridge, QWidget* parent = nullptr);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void follow(const OverviewProgress& progress);
    void retranslate();

    QLabel* text_;
    QProgressBar* bar_;
    QToolButton* stop_;
};

}  // namespace finebrush
