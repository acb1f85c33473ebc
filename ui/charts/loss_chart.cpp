#include "ui/charts/loss_chart.h"

#include "ui/settings/theme.h"

#include <algorithm>

namespace finebrush {

namespace {

constexpr int kSmoothedSteps = 10;
constexpr double kRoomBelow = 0.04;  // of the highest value, so that a part near 0 does not lie on the axis

}  // namespace

LossChart::LossChart(QWidget* parent) : Plot(parent) {
    setObjectName(QStringLiteral("LossChart"));
    for (int curve = 0; curve < kCurveCount; ++curve) addGraph();
    legend->clearItems();
    for (const Curve curve : {Smoothed, Painted, Unpainted, Balance}) graph(curve)->addToLegend();
    refreshLook();
    fitAxes();
}

void LossChart::setMetrics(const std::vector<messages::StepMetrics>& metrics) {
    for (int curve = 0; curve < kCurveCount; ++curve) graph(curve)->data()->clear();
    for (const messages::StepMetrics& step : metrics) append(step);
    fitAxes();
    replot(rpQueuedReplot);
}

void LossChart::addStep(const messages::StepMetrics& metrics) {
    append(metrics);
    fitAxes();
    replot(rpQueuedReplot);
}

void LossChart::append(const messages::StepMetrics& metrics) {
    graph(Total)->addData(metrics.step, metrics.loss);
    graph(Smoothed)->addData(metrics.step, meanOfNewest());
    graph(Painted)->addData(metrics.step, metrics.paintedLoss);
    graph(Unpainted)->addData(metrics.step, metrics.unpaintedLoss);
    graph(Balance)->addData(metrics.step, metrics.balanceLoss);
    xAxis->setRange(0, std::max(metrics.totalSteps, metrics.step));
}

double LossChart::meanOfNewest() const {
    const int count = graph(Total)->dataCount();
    const int first = std::max(count - kSmoothedSteps, 0);
    double sum = 0;
    for (int i = first; i < count; ++i) sum += graph(Total)->dataMainValue(i);
    return sum / (count - first);
}

void LossChart::fitAxes() {
    const bool empty = graph(Total)->data()->isEmpty();
    setEmpty(empty);
    if (empty) {
        xAxis->setRange(0, 100);
        yAxis->setRange(0, 1);
        return;
    }
    // A single step is no line yet.
    const bool isOneStep = graph(Total)->dataCount() == 1;
    for (int curve = 0; curve < kCurveCount; ++curve) {
        graph(curve)->setScatterStyle(isOneStep ? QCPScatterStyle(QCPScatterStyle::ssDisc, 5)
                                                : QCPScatterStyle::ssNone);
    }
    yAxis->rescale();
    const double highest = yAxis->range().upper;
    yAxis->setRange(-kRoomBelow * highest, highest * 1.08);
}

void LossChart::retranslate() {
    setTitle(tr("Loss"));
    setAccessibleName(tr("Chart of the loss over the training steps"));
    xAxis->setLabel(tr("Step"));
    yAxis->setLabel(tr("Loss"));
    for (const Curve curve : {Total, Smoothed}) graph(curve)->setName(tr("Total"));
    graph(Painted)->setName(tr("Painted"));
    graph(Unpainted)->setName(tr("Unpainted"));
    graph(Balance)->setName(tr("Balance"));
}

void LossChart::recolour(const ThemeColours& colours) {
    const bool dark = &colours == &darkTheme();
    QColor faint = colours.text;
    faint.setAlphaF(0.3F);
    graph(Total)->setPen(QPen(faint, 1));
    graph(Smoothed)->setPen(QPen(colours.text, 2.5));
    graph(Painted)->setPen(QPen(dark ? QColor(0x6ea8ff) : QColor(0x1d5fd0), 1.5));
    graph(Unpainted)->setPen(QPen(dark ? QColor(0xf3a45c) : QColor(0xb85c00), 1.5));
    graph(Balance)->setPen(QPen(dark ? QColor(0x62d2a2) : QColor(0x15803d), 1.5, Qt::DashLine));
}

}  // namespace finebrush
