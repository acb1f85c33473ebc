#pragma once

#include "core/session/session_events.h"
#include "ui/main_window/status/work_bar.h"

namespace finebrush {

class SessionBridge;

/// How far the predictions of all images are, and about how long they take yet.
class PredictionBar : public WorkBar {
    Q_OBJECT

  public:
    explicit PredictionBar(SessionBridge& bridge, QWidget* parent = nullptr);

  protected:
    Texts texts() const override;

  private:
    void follow(const PredictionWork& work);

    PredictionWork work_;
};

}  // namespace finebrush
