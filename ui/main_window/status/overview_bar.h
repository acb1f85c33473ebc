#pragma once

#include "ui/main_window/status/work_bar.h"

namespace finebrush {

class SessionBridge;
struct OverviewProgress;

/// How far the overviews of a large image are, which are made when it is opened for the first time.
class OverviewBar : public WorkBar {
    Q_OBJECT

  public:
    explicit OverviewBar(SessionBridge& bridge, QWidget* parent = nullptr);

  protected:
    Texts texts() const override;

  private:
    void follow(const OverviewProgress& progress);
};

}  // namespace finebrush
