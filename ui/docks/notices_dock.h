#pragma once

#include "ui/docks/dock.h"
#include "ui/docks/notice.h"

#include <vector>

class QListWidget;
class QPushButton;

namespace finebrush {

/// Every notice of this run, newest first. Nothing here blocks.
class NoticesDock : public Dock {
    Q_OBJECT

  public:
    explicit NoticesDock(QWidget* parent = nullptr);

    void add(const SeenNotice& notice);
    int count() const { return static_cast<int>(notices_.size()); }

  signals:
    void detailsRequested(const finebrush::SeenNotice& notice);

  protected:
    void retranslate() override;

  private:
    void rebuild();
    void clear();
    void requestDetails();

    std::vector<SeenNotice> notices_;  ///< newest first
    QListWidget* list_;
    QPushButton* details_;
    QPushButton* clear_;
};

}  // namespace finebrush
