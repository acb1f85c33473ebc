#pragma once

#include "ui/docks/notice.h"

#include <QFrame>
#include <QTimer>

#include <optional>

class QLabel;
class QPushButton;
class QToolButton;

namespace finebrush {

/// The newest notice, over the lower edge of another widget of its parent. A failure stays until it is
/// closed, good news goes by itself.
class NoticeToast : public QFrame {
    Q_OBJECT

  public:
    NoticeToast(QWidget& over, QWidget* parent);

    void showNotice(const SeenNotice& notice);

  signals:
    void detailsRequested(const finebrush::SeenNotice& notice);

  protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void retranslate();
    void place();

    QWidget& over_;
    std::optional<SeenNotice> notice_;
    QLabel* icon_;
    QLabel* text_;
    QPushButton* details_;
    QToolButton* close_;
    QTimer goes_;
};

}  // namespace finebrush
