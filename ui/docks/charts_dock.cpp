#include "ui/docks/charts_dock.h"

#include "ui/bridge/session_bridge.h"
#include "ui/charts/layer_chart.h"
#include "ui/charts/loss_chart.h"
#include "ui/charts/usage_chart.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace finebrush {

ChartsDock::ChartsDock(SessionBridge& bridge, QWidget* parent)
    : Dock(QStringLiteral("ChartsDock"), parent),
      bridge_(bridge),
      nothing_(makeLabel("NothingToChart", "muted")),
      charts_(new QWidget),
      loss_(new LossChart),
      usage_(new UsageChart),
      layers_(new LayerChart) {
    auto* row = new QHBoxLayout(charts_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    for (Plot* chart : std::initializer_list<Plot*>{loss_, usage_, layers_}) row->addWidget(chart, 1);
    charts_->hide();
    auto* body = new QWidget;
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->addWidget(nothing_);
    layout->addWidget(charts_, 1);
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
    makeRoom();
    loss_->addStep(metrics);
    usage_->addStep(metrics);
    layers_->addStep(metrics);
}

void ChartsDock::showAll() {
    const std::vector<messages::StepMetrics>& metrics = bridge_.session().chosenMetrics();
    loss_->setMetrics(metrics);
    usage_->setMetrics(metrics);
    layers_->setMetrics(metrics);
    if (!metrics.empty()) makeRoom();
}

void ChartsDock::makeRoom() {
    if (!charts_->isHidden()) return;
    nothing_->hide();
    charts_->show();
    emit filled();
}

void ChartsDock::retranslate() {
    setWindowTitle(tr("Charts"));
    nothing_->setText(tr("Charts of the training come here while the model learns"));
}

}  // namespace finebrush
