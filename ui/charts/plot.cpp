#include "ui/charts/plot.h"

#include "ui/settings/theme.h"

#include <algorithm>

namespace finebrush {

namespace {

constexpr QSize kMinimumSize{160, 130};  // three of them and both sides leave a window of 800 px
constexpr int kSideMargin = 6;

}  // namespace

Plot::Plot(QWidget* parent) : QCustomPlot(parent), title_(new QCPTextElement(this)) {
    title_->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
    title_->setMargins(QMargins(kSideMargin, 4, kSideMargin, 0));
    plotLayout()->insertRow(0);
    plotLayout()->addElement(0, 0, title_);

    // The legend leaves the plot area for a row between title and axes.
    auto* row = new QCPLayoutGrid;
    plotLayout()->insertRow(1);
    plotLayout()->addElement(1, 0, row);
    row->addElement(0, 0, legend);
    row->addElement(0, 1, new QCPLayoutElement(this));  // takes what the legend leaves
    row->setColumnStretchFactor(0, 0.001);
    row->setMargins(QMargins(kSideMargin, 0, kSideMargin, 0));
    legend->setFillOrder(QCPLegend::foColumnsFirst);
    legend->setBorderPen(Qt::NoPen);
    legend->setMargins(QMargins(0, 0, 0, 0));
    legend->setIconSize(12, 10);
    legend->setIconTextPadding(4);
    legend->setColumnSpacing(10);
    legend->setVisible(true);
    plotLayout()->setRowStretchFactor(1, 0.001);
    plotLayout()->setRowSpacing(2);
    setMinimumSize(kMinimumSize);
    connect(this, &QCustomPlot::beforeReplot, this, &Plot::wrapLegend);

    empty_ = new QCPItemText(this);
    empty_->position->setType(QCPItemPosition::ptAxisRectRatio);
    empty_->position->setCoords(0.5, 0.5);
    setNoAntialiasingOnDrag(true);
}

void Plot::refreshLook() {
    applyTheme();
    retranslateAll();
}

void Plot::retranslateAll() {
    empty_->setText(tr("Fills while the model learns"));
    retranslate();
}

void Plot::wrapLegend() {
    const QFontMetrics metrics(legend->font());
    int needed = 0;
    int names = 0;
    for (int i = 0; i < legend->itemCount(); ++i) {
        auto* item = qobject_cast<QCPPlottableLegendItem*>(legend->item(i));
        if (!item) continue;  // the last row may have empty places
        needed += legend->iconSize().width() + legend->iconTextPadding() + legend->columnSpacing() +
                  metrics.horizontalAdvance(item->plottable()->name());
        ++names;
    }
    const int room = std::max(width() - 2 * kSideMargin, 1);
    const int rows = std::max((needed + room - 1) / room, 1);
    const int columns = rows > 1 ? std::max((names + rows - 1) / rows, 1) : 0;  // 0: all in one row
    if (columns == legend->wrap()) return;
    legend->setWrap(columns);
    legend->setFillOrder(QCPLegend::foColumnsFirst, true);
}

void Plot::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslateAll();
        replot(rpQueuedReplot);
    } else if (event->type() == QEvent::PaletteChange) {
        applyTheme();
        replot(rpQueuedReplot);
    }
    QCustomPlot::changeEvent(event);
}

void Plot::resizeEvent(QResizeEvent* event) {
    QCustomPlot::resizeEvent(event);
    const int ticks = std::clamp(width() / 80, 2, 8);
    xAxis->ticker()->setTickCount(ticks);
}

void Plot::applyTheme() {
    const ThemeColours& colours = themeColours(palette());
    setBackground(colours.base);
    QFont small = font();
    small.setPointSizeF(font().pointSizeF() * 0.9);
    QFont bold = font();
    bold.setBold(true);
    title_->setFont(bold);
    title_->setTextColor(colours.text);
    empty_->setColor(colours.mutedText);
    empty_->setFont(small);
    legend->setFont(small);
    legend->setTextColor(colours.mutedText);
    legend->setBrush(Qt::NoBrush);
    for (QCPAxis* axis : {xAxis, yAxis}) {
        axis->setBasePen(QPen(colours.border));
        axis->setTickPen(QPen(colours.border));
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLength(0, 3);
        axis->setTickLabelColor(colours.mutedText);
        axis->setLabelColor(colours.mutedText);
        axis->setTickLabelFont(small);
        axis->setLabelFont(small);
        axis->setLabelPadding(2);
        QColor grid = colours.border;
        grid.setAlphaF(0.6F);
        axis->grid()->setPen(QPen(grid, 0, Qt::SolidLine));
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
    recolour(colours);
}

}  // namespace finebrush
