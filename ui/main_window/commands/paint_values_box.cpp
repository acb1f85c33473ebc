#include "ui/main_window/commands/paint_values_box.h"

#include "ui/bridge/session_bridge.h"
#include "ui/docks/adapt/form_fields.h"
#include "ui/docks/adapt/wheel_guard.h"
#include "ui/docks/elided_combo_box.h"
#include "ui/docks/raw_values.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>

#include <algorithm>
#include <cmath>

namespace finebrush {

namespace {

constexpr double kFurthest = 1e12;  // from 0
constexpr int kShownLetters = 4;    // of the name of a band

bool holdsWholeNumbers(const OpenedImage& image) {
    return image.pixels.type != PixelType::Float32 && image.pixels.type != PixelType::Float64;
}

}  // namespace

PaintValuesBox::PaintValuesBox(SessionBridge& bridge, QWidget* parent)
    : QWidget(parent),
      bridge_(bridge),
      low_(makeSpinBox<QDoubleSpinBox>("LowestPaintedValue")),
      high_(makeSpinBox<QDoubleSpinBox>("HighestPaintedValue")),
      band_(new ElidedComboBox) {
    setObjectName(QStringLiteral("PaintValues"));
    band_->setObjectName(QStringLiteral("PaintedBand"));
    band_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    band_->setMinimumContentsLength(kShownLetters);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(2, 0, 2, 0);
    layout->setSpacing(3);
    layout->addWidget(low_);
    layout->addWidget(new QLabel(QStringLiteral("…")));
    layout->addWidget(high_);
    layout->addWidget(band_);
    auto* wheelGuard = new WheelGuard(this);
    wheelGuard->guard(band_);
    for (QDoubleSpinBox* box : {low_, high_}) {
        box->setKeyboardTracking(false);
        box->setRange(-kFurthest, kFurthest);
        // Not as wide as the longest number that it takes.
        box->setFixedWidth(box->fontMetrics().horizontalAdvance(QStringLiteral("-00000.00")) + 30);
        wheelGuard->guard(box);
        // The next key is for a tool again.
        connect(box->findChild<QLineEdit*>(), &QLineEdit::returnPressed, box, &QWidget::clearFocus);
    }
    connect(low_, &QDoubleSpinBox::valueChanged, this, &PaintValuesBox::chooseLow);
    connect(high_, &QDoubleSpinBox::valueChanged, this, &PaintValuesBox::chooseHigh);
    connect(band_, &QComboBox::activated, this, [this](int band) {
        PaintedValues values = bridge_.session().paintedValues();
        values.band = band;
        bridge_.session().setPaintedValues(values);
        band_->clearFocus();
    });
    connect(&bridge_, &SessionBridge::projectChanged, this, &PaintValuesBox::follow);
    connect(&bridge_, &SessionBridge::imageShown, this, &PaintValuesBox::follow);
    connect(&bridge_, &SessionBridge::paintOverChanged, this, &PaintValuesBox::follow);
    retranslate();
}

void PaintValuesBox::chooseLow(double low) {
    PaintedValues values = bridge_.session().paintedValues();
    values.range = ValueRange{low, std::max(low, values.range.value_or(ValueRange{low, low}).high)};
    bridge_.session().setPaintedValues(values);
}

void PaintValuesBox::chooseHigh(double high) {
    PaintedValues values = bridge_.session().paintedValues();
    values.range = ValueRange{std::min(high, values.range.value_or(ValueRange{high, high}).low), high};
    bridge_.session().setPaintedValues(values);
}

void PaintValuesBox::follow() {
    const auto shown = bridge_.session().shownImage();
    const PaintedValues values = bridge_.session().paintedValues();
    const ValueRange range = values.range.value_or(ValueRange{0, 0});
    const QSignalBlocker lowBlocker(low_), highBlocker(high_);
    for (QDoubleSpinBox* box : {low_, high_}) {
        if (shown) box->setDecimals(holdsWholeNumbers(*shown) ? 0 : decimalsFor(*shown));
        if (shown) box->setSingleStep(std::pow(10, -box->decimals()));
    }
    low_->setValue(range.low);
    high_->setValue(range.high);
    fillBands(values.band);
}

void PaintValuesBox::fillBands(int chosen) {
    const auto shown = bridge_.session().shownImage();
    // One that the image lacks can be seen, and another be taken.
    const int bands = shown ? std::max(shown->pixels.bands, chosen + 1) : 0;
    const QSignalBlocker blocker(band_);
    band_->clear();
    for (int band = 0; band < bands; ++band) band_->addItem(bandText(*shown, band));
    band_->setCurrentIndex(chosen);
    band_->setVisible(bands > 1);
}

void PaintValuesBox::retranslate() {
    low_->setAccessibleName(tr("Lowest value that is painted"));
    high_->setAccessibleName(tr("Highest value that is painted"));
    band_->setAccessibleName(tr("Band of the values that are painted"));
    for (QDoubleSpinBox* box : {low_, high_})
        box->setToolTip(
            tr("Only pixels with raw values from the lowest to the highest are painted and erased"));
    band_->setToolTip(tr("The band whose values count"));
    follow();
}

PaintedValues usualPaintedValues(const OpenedImage& image) {
    ValueRange range = limitsOf(image.display, 0);
    if (holdsWholeNumbers(image)) range = {std::round(range.low), std::round(range.high)};
    return {false, shownBands(image.display, image.pixels.bands)[0], range};
}

}  // namespace finebrush
