#include "ui/docks/charts_dock.h"

#include "ui/bridge/session_bridge.h"
#include "ui/charts/layer_chart.h"
#include "ui/charts/loss_chart.h"
#include "ui/charts/usage_chart.h"

#include <QHBoxLayout>

namespace finebrush {

ChartsDock::ChartsDock(SessionBridge& bridge, QWidget* parent)
    : Dock(QStringLiteral("ChartsDock"), parent),
      bridge_(bridge),
      loss_(new LossChart),
      usage_(new UsageChart),
      layers_(new LayerChart) {
    auto* body = new QWidget;
    auto* layout = new QHBoxLayout(body);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->setSpacing(6);
    for (Plot* chart : std::initializer_list<Plot*>{loss_, usage_, layers_}) layout->addWidget(chart, 1);
    setWidget(body);

    connect(&bridge_, &SessionBridge::stepped, this, &ChartsDock::addStep);
    connect(&bridge_, &SessionBridge::projectChanged, this, &ChartsDock::showAll);
    connect(&bridge_, &SessionBridge::runChosen, this, &ChartsDock::showAll);
    retranslate();
}

void ChartsDock::addStep(const messages::StepMetrics& metrics) {
    if (bridge_.session().chosenRunNumber() != 0) return;  // one of before is looked at
    // The first step of another adaptation: the session has forgotten the steps of the last one.
    if (metrics.step == 1) return showAll();
    loss_->addStep(metrics);
    usage_->addStep(metrics);
    layers_->addStep(metrics);
}

void ChartsDock::showAll() {
    const std::vector<messages::StepMetrics>& metrics = bridge_.session().chosenMetrics();
    loss_->setMetrics(metrics);
    usage_->setMetrics(metrics);
    layers_->setMetrics(metrics);
}

void ChartsDock::retranslate() {
    setWindowTitle(tr("Charts"));
}

}  // namespace finebrush
