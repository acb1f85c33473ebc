#include "ui/charts/histogram_view.h"

#include "ui/settings/theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace finebrush {

namespace {

constexpr double kMargin = 6;  // px at the left and right, half a handle
constexpr double kHandleHeight = 8;
constexpr double kNarrowestPx = 2;  // between the limits

}  // namespace

HistogramView::HistogramView(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("Histogram"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void HistogramView::setImage(const OpenedImage* image) {
    values_ = image ? image->values : ValueSummary();
    if (image && dragged_ == Limit::None) shown_ = {image->display.low, image->display.high};
    inverted_ = image && image->display.inverted;
    setEnabled(image);
    update();
}

/// All values, and the limits where these lie outside.
double HistogramView::xOf(double value) const {
    const double share = (value - values_.whole.low) / values_.whole.span();
    return std::clamp(kMargin + share * (width() - 2 * kMargin), kMargin, width() - kMargin);
}

double HistogramView::valueAt(double x) const {
    const double share = (x - kMargin) / (width() - 2 * kMargin);
    return values_.whole.low + std::clamp(share, 0.0, 1.0) * values_.whole.span();
}

void HistogramView::paintEvent(QPaintEvent*) {
    const ThemeColours& colours = themeColours(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colours.border));
    painter.setBrush(colours.base);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    if (values_.counts.empty()) return;

    const double most = std::log1p(*std::max_element(values_.counts.begin(), values_.counts.end()));
    const double bottom = height() - kHandleHeight - 3;
    const double part = (width() - 2 * kMargin) / static_cast<double>(values_.counts.size());
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.mutedText);
    for (size_t i = 0; i < values_.counts.size(); ++i) {
        const double bar = std::log1p(static_cast<double>(values_.counts[i])) / most * (bottom - 6);
        painter.drawRect(QRectF(kMargin + static_cast<double>(i) * part, bottom - bar, part, bar));
    }
    drawLimit(painter, shown_.low, inverted_ ? Qt::white : Qt::black);
    drawLimit(painter, shown_.high, inverted_ ? Qt::black : Qt::white);
}

void HistogramView::drawLimit(QPainter& painter, double value, const QColor& fill) const {
    const ThemeColours& colours = themeColours(palette());
    const double x = xOf(value), bottom = height() - kHandleHeight - 3;
    painter.setPen(QPen(colours.link, 1.5));
    painter.drawLine(QPointF(x, 4), QPointF(x, bottom));
    QPainterPath handle(QPointF(x, bottom - 1));
    handle.lineTo(x + 5, bottom + kHandleHeight);
    handle.lineTo(x - 5, bottom + kHandleHeight);
    handle.closeSubpath();
    painter.setBrush(fill);
    painter.drawPath(handle);
}

void HistogramView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || values_.counts.empty()) return;
    const double x = event->position().x();
    const bool isLow = std::abs(x - xOf(shown_.low)) < std::abs(x - xOf(shown_.high)) ||
                       (xOf(shown_.low) == xOf(shown_.high) && x < xOf(shown_.low));
    dragged_ = isLow ? Limit::Low : Limit::High;
    mouseMoveEvent(event);
}

void HistogramView::mouseMoveEvent(QMouseEvent* event) {
    if (dragged_ == Limit::None) return;
    const double value = valueAt(event->position().x());
    const double narrowest = values_.whole.span() * kNarrowestPx / width();
    if (dragged_ == Limit::Low) {
        shown_.low = std::min(value, shown_.high - narrowest);
    } else {
        shown_.high = std::max(value, shown_.low + narrowest);
    }
    update();
    emit limitsDragged(shown_.low, shown_.high);
}

void HistogramView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || dragged_ == Limit::None) return;
    dragged_ = Limit::None;
    emit limitsChosen(shown_.low, shown_.high);
}

}  // namespace finebrush
