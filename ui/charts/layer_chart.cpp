#include "ui/charts/layer_chart.h"

#include "ui/charts/scale_colours.h"
#include "ui/settings/theme.h"

#include <QFontMetrics>
#include <QRegularExpression>

#include <algorithm>

namespace finebrush {

namespace {

/// Weight of the newest step: about the last twenty count.
constexpr double kNewestWeight = 0.1;
constexpr int kBetweenNames = 8;  // px, at least

/// "layers.1.blocks.0" → "1.0": the numbers alone fit beneath a bar. The attention's output is "1.0o", the
/// layers of the MLP are "1.0m1" and "1.0m2".
QString shortName(const std::string& layer) {
    static const QRegularExpression number(QStringLiteral("\\.\\d+"));
    QStringList numbers;
    auto matches = number.globalMatch(QString::fromStdString(layer));
    while (matches.hasNext()) numbers << matches.next().captured().mid(1);
    if (numbers.isEmpty()) return QString::fromStdString(layer);
    const QString name = numbers.join(QLatin1Char('.'));
    if (layer.ends_with(".proj")) return name + QLatin1Char('o');
    const bool isMlp = layer.find(".mlp.") != std::string::npos;
    return isMlp ? name + QLatin1Char('m') + QLatin1Char(layer.back()) : name;
}

}  // namespace

LayerChart::LayerChart(QWidget* parent) : Plot(parent) {
    setObjectName(QStringLiteral("LayerChart"));
    refreshLook();
    xAxis->setRange(0.4, 8.6);
    yAxis->setRange(0, 100);
    xAxis->grid()->setVisible(false);
    xAxis->setTicks(false);
}

void LayerChart::setMetrics(const std::vector<messages::StepMetrics>& metrics) {
    rebuild({});
    for (const messages::StepMetrics& step : metrics) addStep(step);
    replot(rpQueuedReplot);
}

void LayerChart::addStep(const messages::StepMetrics& metrics) {
    const bool fits = metrics.usage.size() == shares_.size() &&
                      (shares_.empty() || metrics.usage.front().shares.size() == shares_.front().size());
    if (!fits) rebuild(metrics.usage);
    for (size_t layer = 0; layer < shares_.size(); ++layer) {
        for (size_t scale = 0; scale < shares_[layer].size(); ++scale) {
            double& mean = shares_[layer][scale];
            mean += kNewestWeight * (metrics.usage[layer].shares[scale] - mean);
        }
    }
    showShares();
}

void LayerChart::rebuild(const std::vector<messages::ExpertUsage>& usage) {
    clearPlottables();
    bars_.clear();
    layers_.clear();
    shares_.clear();
    for (const messages::ExpertUsage& layer : usage) {
        layers_ << shortName(layer.layer);
        shares_.emplace_back(layer.shares.begin(), layer.shares.end());
    }
    nameLayers();
    const size_t scales = usage.empty() ? 0 : usage.front().shares.size();
    for (size_t scale = 0; scale < scales; ++scale) {
        auto* bars = new QCPBars(xAxis, yAxis);
        bars->setName(scaleName(static_cast<int>(scale), usage.front().scales));
        bars->setWidth(0.75);
        if (!bars_.empty()) bars->moveAbove(bars_.back());
        bars_.push_back(bars);
    }
    if (!layers_.isEmpty()) xAxis->setRange(0.4, static_cast<double>(layers_.size()) + 0.6);
    setEmpty(layers_.isEmpty());
    recolour(themeColours(palette()));
}

void LayerChart::nameLayers() {
    const QFontMetrics font(xAxis->tickLabelFont());
    int widest = 0;
    for (const QString& layer : layers_) widest = std::max(widest, font.horizontalAdvance(layer));
    const qsizetype room = std::max(1, axisRect()->width() / (widest + kBetweenNames));
    const qsizetype every = std::max<qsizetype>(1, (layers_.size() + room - 1) / room);
    auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    for (qsizetype i = 0; i < layers_.size(); i += every)
        ticker->addTick(static_cast<double>(i + 1), layers_[i]);
    xAxis->setTicker(ticker);
    xAxis->setTicks(!layers_.isEmpty());
}

void LayerChart::resizeEvent(QResizeEvent* event) {
    Plot::resizeEvent(event);
    nameLayers();
    replot(rpQueuedReplot);
}

void LayerChart::showShares() {
    for (size_t scale = 0; scale < bars_.size(); ++scale) {
        QVector<double> places;
        QVector<double> percent;
        for (size_t layer = 0; layer < shares_.size(); ++layer) {
            places << static_cast<double>(layer + 1);
            percent << shares_[layer][scale] * 100;
        }
        bars_[scale]->setData(places, percent, true);
    }
    replot(rpQueuedReplot);
}

void LayerChart::retranslate() {
    setTitle(tr("Detail scales by layer"));
    setAccessibleName(tr("Chart of the share of each detail scale in every layer"));
    xAxis->setLabel(tr("Layer (stage.block)"));
    yAxis->setLabel(tr("Share (%)"));
}

void LayerChart::recolour(const ThemeColours&) {
    for (size_t scale = 0; scale < bars_.size(); ++scale) {
        bars_[scale]->setBrush(scaleColour(static_cast<int>(scale), static_cast<int>(bars_.size())));
        bars_[scale]->setPen(Qt::NoPen);
    }
}

}  // namespace finebrush
