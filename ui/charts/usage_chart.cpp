#include "ui/charts/usage_chart.h"

#include "ui/charts/scale_colours.h"
#include "ui/settings/theme.h"

#include <utility>

namespace finebrush {

namespace {

constexpr double kBarWidth = 8;  // px

/// The mean over the layers, in %; empty where no layer has experts.
std::vector<double> meanShares(const std::vector<messages::ExpertUsage>& usage) {
    if (usage.empty()) return {};
    std::vector<double> mean(usage.front().shares.size(), 0.0);
    for (const messages::ExpertUsage& layer : usage) {
        for (size_t i = 0; i < mean.size() && i < layer.shares.size(); ++i) mean[i] += layer.shares[i];
    }
    for (double& share : mean) share *= 100.0 / static_cast<double>(usage.size());
    return mean;
}

}  // namespace

UsageChart::UsageChart(QWidget* parent) : Plot(parent) {
    setObjectName(QStringLiteral("UsageChart"));
    refreshLook();
    xAxis->setRange(0, 100);
    yAxis->setRange(0, 100);
}

void UsageChart::setScales(int count, const std::vector<int>& scales) {
    clearGraphs();
    for (QCPBars* bar : std::exchange(bars_, {})) removePlottable(bar);
    for (int scale = 0; scale < count; ++scale) {
        addGraph();
        graph(scale)->setName(scaleName(scale, scales));
        if (scale > 0) graph(scale)->setChannelFillGraph(graph(scale - 1));
        addBar(graph(scale)->name());
    }
    setEmpty(count == 0);
    recolour(themeColours(palette()));
}

void UsageChart::addBar(const QString& name) {
    auto* bar = new QCPBars(xAxis, yAxis);
    bar->setName(name);
    bar->removeFromLegend();  // the areas are in it
    bar->setWidthType(QCPBars::wtAbsolute);
    bar->setWidth(kBarWidth);
    bar->setStackingGap(0);
    bar->setPen(Qt::NoPen);
    if (!bars_.empty()) bar->moveAbove(bars_.back());
    bars_.push_back(bar);
}

void UsageChart::setMetrics(const std::vector<messages::StepMetrics>& metrics) {
    setScales(0, {});
    for (const messages::StepMetrics& step : metrics) append(step);
    replot(rpQueuedReplot);
}

void UsageChart::addStep(const messages::StepMetrics& metrics) {
    append(metrics);
    replot(rpQueuedReplot);
}

void UsageChart::append(const messages::StepMetrics& metrics) {
    const std::vector<double> shares = meanShares(metrics.usage);
    if (graphCount() != static_cast<int>(shares.size()))
        setScales(static_cast<int>(shares.size()), metrics.usage.front().scales);
    double sum = 0;
    for (int scale = 0; scale < graphCount(); ++scale) {
        sum += shares[scale];
        graph(scale)->addData(metrics.step, sum);
        QCPBars* bar = bars_[static_cast<size_t>(scale)];
        bar->setVisible(graph(scale)->dataCount() == 1);
        bar->data()->clear();
        bar->addData(metrics.step, shares[scale]);
    }
    xAxis->setRange(0, std::max(metrics.totalSteps, metrics.step));
}

void UsageChart::retranslate() {
    setTitle(tr("Detail scales in use"));
    setAccessibleName(tr("Chart of the share of each detail scale over the training steps"));
    xAxis->setLabel(tr("Step"));
    yAxis->setLabel(tr("Share (%)"));
}

void UsageChart::recolour(const ThemeColours& colours) {
    for (int scale = 0; scale < graphCount(); ++scale) {
        const QColor colour = scaleColour(scale, graphCount());
        graph(scale)->setPen(QPen(colours.base, 1));
        graph(scale)->setBrush(colour);
        bars_[static_cast<size_t>(scale)]->setBrush(colour);
    }
}

}  // namespace finebrush
