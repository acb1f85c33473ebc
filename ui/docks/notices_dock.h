#pragma once

#include "ui/docks/dock.h"
#include "ui/docks/notice.h"

#include <deque>

class QListWidget;
class QPushButton;

namespace finebrush {

/// The notices of this run, newest first; of very many the newest. Nothing here blocks.
class NoticesDock : public Dock {
    Q_OBJECT

  public:
    explicit NoticesDock(QWidget* parent = nullptr);

    void add(const SeenNotice& notice);
    /// The failures that were not in sight yet; the tab of the dock counts them.
    int unread() const { return unread_; }
    int count() const { return static_cast<int>(notices_.size()); }

  signals:
    void detailsRequested(const finebrush::SeenNotice& notice);

  protected:
    void retranslate() override;

  private:
    void countUnread(int unread);
    void rebuild();
    void enableButtons();
    void clear();
    void requestDetails();

    std::deque<SeenNotice> notices_;  ///< newest first
    int unread_ = 0;
    bool isInSight_ = false;
    QListWidget* list_;
    QPushButton* details_;
    QPushButton* clear_;
};

}  // namespace finebrush
