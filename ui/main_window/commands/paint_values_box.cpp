#include "ui/main_window/commands/paint_values_box.h"

#include "core/base/number_text.h"
#include "ui/bridge/conversions.h"
#include "ui/bridge/session_bridge.h"
#include "ui/docks/adapt/form_fields.h"
#include "ui/docks/adapt/wheel_guard.h"
#include "ui/docks/elided_combo_box.h"
#include "ui/docks/raw_values.h"

#include <QDoubleSpinBox>
#include <QFrame>
#include <QLineEdit>
#include <QScreen>
#include <QSignalBlocker>
#include <QStyleOptionToolButton>

#include <algorithm>
#include <cmath>

namespace finebrush {

namespace {

constexpr double kFurthest = 1e12;  // from 0
constexpr int kShownLetters = 8;    // of the name of a band

bool holdsWholeNumbers(const OpenedImage& image) {
    return image.pixels.type != PixelType::Float32 && image.pixels.type != PixelType::Float64;
}

/// As wide as a range is written in the tool bar; the tool tip has all of a longer one.
int widestRange(const QFontMetrics& font) {
    return font.horizontalAdvance(QStringLiteral("00000…00000"));
}

}  // namespace

PaintValuesBox::PaintValuesBox(SessionBridge& bridge, QWidget* parent)
    : QToolButton(parent),
      bridge_(bridge),
      fields_(new QFrame(this, Qt::Popup)),
      form_(new QFormLayout(fields_)),
      low_(makeSpinBox<QDoubleSpinBox>("LowestPaintedValue")),
      high_(makeSpinBox<QDoubleSpinBox>("HighestPaintedValue")),
      band_(new ElidedComboBox) {
    setObjectName(QStringLiteral("PaintValues"));
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    fields_->setObjectName(QStringLiteral("PaintValuesFields"));
    fields_->setFrameShape(QFrame::StyledPanel);
    fields_->setAttribute(Qt::WA_NoMouseReplay);  // a press on the button closes them, and opens them no more
    band_->setObjectName(QStringLiteral("PaintedBand"));
    band_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    band_->setMinimumContentsLength(kShownLetters);
    for (QWidget* field : std::initializer_list<QWidget*>{low_, high_, band_})
        form_->addRow(QStringLiteral(" "), field);
    auto* wheelGuard = new WheelGuard(this);
    wheelGuard->guard(band_);
    for (QDoubleSpinBox* box : {low_, high_}) {
        box->setKeyboardTracking(false);
        box->setRange(-kFurthest, kFurthest);
        wheelGuard->guard(box);
        // The next key is for a tool again.
        connect(box->findChild<QLineEdit*>(), &QLineEdit::returnPressed, fields_, &QWidget::hide);
    }
    connect(this, &QToolButton::clicked, this, &PaintValuesBox::showFields);
    connect(low_, &QDoubleSpinBox::valueChanged, this, &PaintValuesBox::chooseLow);
    connect(high_, &QDoubleSpinBox::valueChanged, this, &PaintValuesBox::chooseHigh);
    connect(band_, &QComboBox::activated, this, [this](int band) {
        PaintedValues values = bridge_.session().paintedValues();
        values.band = band;
        bridge_.session().setPaintedValues(values);
    });
    connect(&bridge_, &SessionBridge::projectChanged, this, &PaintValuesBox::follow);
    connect(&bridge_, &SessionBridge::imageShown, this, &PaintValuesBox::follow);
    connect(&bridge_, &SessionBridge::paintOverChanged, this, &PaintValuesBox::follow);
    retranslate();
}

void PaintValuesBox::initStyleOption(QStyleOptionToolButton* option) const {
    QToolButton::initStyleOption(option);
    option->features |= QStyleOptionToolButton::HasMenu;  // the arrow that says that something opens
}

void PaintValuesBox::showFields() {
    fields_->adjustSize();
    const QPoint below = mapToGlobal(rect().bottomLeft());
    const int rightmost = screen()->availableGeometry().right() + 1 - fields_->width();
    fields_->move(std::min(below.x(), rightmost), below.y());
    fields_->show();
    low_->setFocus(Qt::PopupFocusReason);
    low_->selectAll();
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
    describeRange();
}

void PaintValuesBox::describeRange() {
    const ValueRange range = bridge_.session().paintedValues().range.value_or(ValueRange{0, 0});
    const QString low = toQString(numberText(range.low));
    const QString high = toQString(numberText(range.high));
    setText(fontMetrics().elidedText(QStringLiteral("%1…%2").arg(low, high), Qt::ElideRight,
                                     widestRange(fontMetrics())));
    setAccessibleName(tr("Values that are painted: %1").arg(QStringLiteral("%1 … %2").arg(low, high)));
    setToolTip(accessibleName() + u'\n' + low_->toolTip());
}

void PaintValuesBox::fillBands(int chosen) {
    const auto shown = bridge_.session().shownImage();
    // One that the image lacks can be seen, and another be taken.
    const int bands = shown ? std::max(shown->pixels.bands, chosen + 1) : 0;
    const QSignalBlocker blocker(band_);
    band_->clear();
    for (int band = 0; band < bands; ++band) band_->addItem(bandText(*shown, band));
    band_->setCurrentIndex(chosen);
    form_->setRowVisible(band_, bands > 1);
}

void PaintValuesBox::retranslate() {
    const QString toolTip =
        tr("Only pixels with raw values from the lowest to the highest are painted and erased");
    describe(*form_, low_, tr("Lowest value that is painted"), toolTip);
    describe(*form_, high_, tr("Highest value that is painted"), toolTip);
    describe(*form_, band_, tr("Band of the values that are painted"), tr("The band whose values count"));
    follow();
}

PaintedValues usualPaintedValues(const OpenedImage& image) {
    ValueRange range = limitsOf(image.display, 0);
    if (holdsWholeNumbers(image)) range = {std::round(range.low), std::round(range.high)};
    return {false, shownBands(image.display, image.pixels.bands)[0], range};
}

}  // namespace finebrush
