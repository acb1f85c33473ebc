#include "ui/docks/adapt/input_range_field.h"

#include "ui/docks/adapt/form_fields.h"
#include "ui/docks/adapt/wheel_guard.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace finebrush {

namespace {

using Kind = InputRange::Kind;

constexpr InputRange kUsualPercentiles{Kind::Percentile, 1, 99};
constexpr InputRange kUsualWindow{Kind::Window, 40, 400};  // soft tissue in Hounsfield units
constexpr double kMostValue = 1e7;
constexpr double kNarrowest = 0.001;
constexpr std::array kUsualBands{0, 1, 2};
constexpr std::array kBandNames{"InputRed", "InputGreen", "InputBlue"};

}  // namespace

InputRangeField::InputRangeField(QWidget* parent)
    : QWidget(parent),
      kind_(new QComboBox),
      first_(makeSpinBox<QDoubleSpinBox>("InputFirst")),
      second_(makeSpinBox<QDoubleSpinBox>("InputSecond")),
      eachBand_(new QCheckBox),
      bandRow_(new QWidget) {
    kind_->setObjectName(QStringLiteral("InputRange"));
    for (const Kind kind :
         {Kind::Automatic, Kind::MinMax, Kind::Percentile, Kind::Window, Kind::Bytes, Kind::Displayed})
        kind_->addItem(QString(), static_cast<int>(kind));
    // Its longest entry would be wider than the dock.
    kind_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setFocusProxy(kind_);
    auto* wheelGuard = new WheelGuard(this);
    wheelGuard->guard(kind_);
    auto* numbers = new QHBoxLayout;
    for (QDoubleSpinBox* box : {first_, second_}) {
        box->setKeyboardTracking(false);
        box->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        wheelGuard->guard(box);
        numbers->addWidget(box, 1);
        connect(box, &QDoubleSpinBox::valueChanged, this, &InputRangeField::changed);
    }
    eachBand_->setObjectName(QStringLiteral("InputEachBand"));
    connect(eachBand_, &QCheckBox::toggled, this, &InputRangeField::changed);
    auto* bands = new QHBoxLayout(bandRow_);
    bands->setContentsMargins(0, 0, 0, 0);
    for (size_t i = 0; i < bands_.size(); ++i) {
        bands_[i] = makeSpinBox<QSpinBox>(kBandNames[i]);
        bands_[i]->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        wheelGuard->guard(bands_[i]);
        bands->addWidget(bands_[i], 1);
        connect(bands_[i], &QSpinBox::valueChanged, this, &InputRangeField::changed);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(kind_);
    layout->addLayout(numbers);
    layout->addWidget(eachBand_);
    layout->addWidget(bandRow_);
    connect(kind_, &QComboBox::activated, this, [this] {
        InputRange range = kind() == Kind::Percentile ? kUsualPercentiles
                           : kind() == Kind::Window   ? kUsualWindow
                                                      : InputRange{kind()};
        if (kind() != Kind::Displayed) range.bands = this->range().bands;
        range.eachBand = canBeOfEachBand(kind()) && eachBand_->isChecked();
        setRange(range);
        emit changed();
    });
    setRange({});
    retranslate();
}

Kind InputRangeField::kind() const {
    return static_cast<Kind>(kind_->currentData().toInt());
}

InputRange InputRangeField::range() const {
    const bool hasNumbers = kind() == Kind::Percentile || kind() == Kind::Window;
    InputRange range =
        hasNumbers ? InputRange{kind(), first_->value(), second_->value()} : InputRange{kind()};
    const std::array bands{bands_[0]->value() - 1, bands_[1]->value() - 1, bands_[2]->value() - 1};
    if (kind() != Kind::Displayed && bands != kUsualBands) range.bands = bands;
    range.eachBand = canBeOfEachBand(kind()) && eachBand_->isChecked();
    return range;
}

void InputRangeField::setBandCount(int count) {
    bandCount_ = count;
    followKind();
}

void InputRangeField::setRange(const InputRange& range) {
    const QSignalBlocker first(first_), second(second_), each(eachBand_), red(bands_[0]), green(bands_[1]),
        blue(bands_[2]);
    const std::array<int, 3> bands = range.bands.value_or(kUsualBands);
    for (size_t i = 0; i < bands.size(); ++i) {
        bands_[i]->setRange(1, std::max(bandCount_, bands[i] + 1));
        bands_[i]->setValue(bands[i] + 1);
    }
    eachBand_->setChecked(range.eachBand);
    kind_->setCurrentIndex(kind_->findData(static_cast<int>(range.kind)));
    followKind();
    first_->setValue(range.first);
    second_->setValue(range.second);
}

void InputRangeField::followKind() {
    const bool isPercentile = kind() == Kind::Percentile;
    for (QDoubleSpinBox* box : {first_, second_}) {
        box->setVisible(isPercentile || kind() == Kind::Window);
        box->setDecimals(isPercentile ? 1 : 3);
        box->setSuffix(isPercentile ? tr(" %") : QString());
    }
    eachBand_->setVisible(canBeOfEachBand(kind()));
    const bool hasChosenBands = range().bands.has_value();
    bandRow_->setVisible(kind() != Kind::Displayed && (bandCount_ > 3 || hasChosenBands));
    for (QSpinBox* box : bands_) {
        const QSignalBlocker blocker(box);
        box->setRange(1, std::max({bandCount_, 3, box->value()}));
    }
    // Two percentiles always leave something between them.
    first_->setRange(isPercentile ? 0 : -kMostValue, isPercentile ? 49 : kMostValue);
    second_->setRange(isPercentile ? 51 : kNarrowest, isPercentile ? 100 : kMostValue);
    first_->setAccessibleName(isPercentile ? tr("Lower percentile") : tr("Centre of the window"));
    second_->setAccessibleName(isPercentile ? tr("Upper percentile") : tr("Width of the window"));
    for (QDoubleSpinBox* box : {first_, second_}) box->setToolTip(box->accessibleName());
}

void InputRangeField::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void InputRangeField::retranslate() {
    const QStringList names = {tr("Automatic"),
                               tr("All values of the image"),
                               tr("Percentiles"),
                               tr("One window for all images"),
                               tr("8-bit values as they are"),
                               tr("As displayed")};
    eachBand_->setText(tr("Each band by itself"));
    eachBand_->setToolTip(tr("Black and white are found in each band, not in all of them together"));
    const std::array channels = {tr("Red"), tr("Green"), tr("Blue")};
    for (size_t i = 0; i < bands_.size(); ++i) {
        bands_[i]->setAccessibleName(tr("Band that the model sees as: %1").arg(channels[i]));
        bands_[i]->setToolTip(bands_[i]->accessibleName());
    }
    for (int i = 0; i < names.size(); ++i) kind_->setItemText(i, names[i]);
    kind_->setAccessibleName(tr("Model sees"));
    followKind();
}

}  // namespace finebrush
