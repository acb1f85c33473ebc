#pragma once

#include "core/messages/messages.h"
#include "ui/charts/plot.h"

#include <vector>

namespace finebrush {

/// Which detail scales each layer uses: one stacked bar a layer, the mean of the newest steps.
class LayerChart : public Plot {
    Q_OBJECT

  public:
    explicit LayerChart(QWidget* parent = nullptr);

    /// Shows another adaptation; of its steps the newest count.
    void setMetrics(const std::vector<messages::StepMetrics>& metrics);
    void addStep(const messages::StepMetrics& metrics);

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void retranslate() override;
    void recolour(const ThemeColours& colours) override;

  private:
    void rebuild(const std::vector<messages::ExpertUsage>& usage);
    /// Names as many layers, evenly, as there is room for.
    void nameLayers();
    void showShares();

    QStringList layers_;
    std::vector<std::vector<double>> shares_;  ///< [layer][scale], 0..1, an exponential mean over the steps
    std::vector<QCPBars*> bars_;               ///< one per scale
};

}  // namespace finebrush
