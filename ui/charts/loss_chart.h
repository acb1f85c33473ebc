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
    /// `Smoothed` is the mean of the newest values of `Total`, which jumps with the images of a step.
    enum Curve { Total, Painted, Unpainted, Balance, Smoothed, kCurveCount };

    void append(const messages::StepMetrics& metrics);
    double meanOfNewest() const;
    void fitAxes();
};

}  // namespace finebrush
