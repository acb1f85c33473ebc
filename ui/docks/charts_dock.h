#pragma once

#include "core/session/session.h"
#include "ui/docks/dock.h"

namespace finebrush {

class LayerChart;
class LossChart;
class SessionBridge;
class UsageChart;

/// The charts of the adaptation side by side.
class ChartsDock : public Dock {
    Q_OBJECT

  public:
    ChartsDock(SessionBridge& bridge, QWidget* parent = nullptr);

  protected:
    void retranslate() override;

  private:
    void addStep(const messages::StepMetrics& metrics);
    void showAll();

    SessionBridge& bridge_;
    LossChart* loss_;
    UsageChart* usage_;
    LayerChart* layers_;
};

}  // namespace finebrush
