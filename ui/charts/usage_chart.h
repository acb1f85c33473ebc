#pragma once

#include "core/messages/messages.h"
#include "ui/charts/plot.h"

#include <vector>

namespace finebrush {

/// Which detail scales the experts work at, over the training steps: the shares of all gated layers in the
/// mean, stacked to 100 %; a bar while there is but one step.
class UsageChart : public Plot {
    Q_OBJECT

  public:
    explicit UsageChart(QWidget* parent = nullptr);

    /// Shows another adaptation from its beginning.
    void setMetrics(const std::vector<messages::StepMetrics>& metrics);
    void addStep(const messages::StepMetrics& metrics);

  protected:
    void retranslate() override;
    void recolour(const ThemeColours& colours) override;

  private:
    void append(const messages::StepMetrics& metrics);
    /// Makes one stacked area per scale; the first one lies lowest.
    void setScales(int count, const std::vector<int>& scales);
    void addBar(const QString& name);

    std::vector<QCPBars*> bars_;  ///< one per scale, seen while one step is no area yet
};

}  // namespace finebrush
