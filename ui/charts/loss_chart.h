#pragma once

#include "core/messages/messages.h"
#include "ui/charts/plot.h"

#include <vector>

namespace finebrush {

/// The loss and its parts over the training steps.
class LossChart : public Plot {
    Q_OBJECT

  public:
    explicit LossChart(QWidget* parent = nullptr);

    /// Shows another adaptation from its beginning.
    void setMetrics(const std::vector<messages::StepMetrics>& metrics);
    void addStep(const messages::StepMetrics& metrics);

  protected:
    void retranslate() override;
    void recolour(const ThemeColours& colours) override;

  private:
    enum Curve { Total, Painted, Unpainted, Balance, kCurveCount };

    void append(const messages::StepMetrics& metrics);
    void fitAxes();
};

}  // namespace finebrush
