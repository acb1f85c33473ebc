#pragma once

#include "core/session/session.h"
#include "ui/docks/dock.h"

namespace finebrush {

class LayerChart;
class LossChart;
class SessionBridge;
class UsageChart;

/// The charts of the adaptation side by side; one line until there is something to see.
class ChartsDock : public Dock {
    Q_OBJECT

  public:
    ChartsDock(SessionBridge& bridge, QWidget* parent = nullptr);

  signals:
    /// There is something to see for the first time: it wants room.
    void filled();

  protected:
    void retranslate() override;

  private:
    void addStep(const messages::StepMetrics& metrics);
    void showAll();
    void makeRoom();

    SessionBridge& bridge_;
    QLabel* nothing_;
    QWidget* charts_;
    LossChart* loss_;
    UsageChart* usage_;
    LayerChart* layers_;
};

}  // namespace finebrush
