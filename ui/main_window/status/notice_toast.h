#pragma once

#include "ui/docks/notice.h"

#include <QFrame>
#include <QTimer>

#include <optional>

class QLabel;
class QPushButton;
class QToolButton;

namespace finebrush {

/// The newest notice, over the lower edge of another widget of its parent. It goes by itself, a failure later
/// than good news, and not while the pointer is on it. Failures that come together are shown as one.
class NoticeToast : public QFrame {
    Q_OBJECT

  public:
    NoticeToast(QWidget& over, QWidget* parent);

    void showNotice(const SeenNotice& notice);

  signals:
    void detailsRequested(const finebrush::SeenNotice& notice);
    /// All that came is wanted.
    void allRequested();

  protected:
    void changeEvent(QEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    /// Whether a failure belongs to the one that is shown.
    bool joins(const SeenNotice& notice) const;
    QString text() const;
    void retranslate();
    void place();

    QWidget& over_;
    std::optional<SeenNotice> notice_;
    int together_ = 0;               ///< failures, with those before the newest
    bool areUnopenedFiles_ = false;  ///< all of them
    QLabel* icon_;
    QLabel* text_;
    QPushButton* details_;
    QToolButton* close_;
    QTimer goes_;
};

}  // namespace finebrush
