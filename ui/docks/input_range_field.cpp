#include "ui/docks/input_range_field.h"

#include "ui/docks/form_fields.h"
#include "ui/docks/wheel_guard.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace finebrush {

namespace {

using Kind = InputRange::Kind;

constexpr InputRange kUsualPercentiles{Kind::Percentile, 1, 99};
constexpr InputRange kUsualWindow{Kind::Window, 40, 400};  // soft tissue in Hounsfield units
constexpr double kMostValue = 1e7;
constexpr double kNarrowest = 0.001;

}  // namespace

InputRangeField::InputRangeField(QWidget* parent)
    : QWidget(parent),
      kind_(new QComboBox),
      first_(makeSpinBox<QDoubleSpinBox>("InputFirst")),
      second_(makeSpinBox<QDoubleSpinBox>("InputSecond")) {
    kind_->setObjectName(QStringLiteral("InputRange"));
    for (const Kind kind : {Kind::Automatic, Kind::MinMax, Kind::Percentile, Kind::Window, Kind::Displayed})
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
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(kind_);
    layout->addLayout(numbers);
    connect(kind_, &QComboBox::activated, this, [this] {
        setRange(kind() == Kind::Percentile ? kUsualPercentiles
                 : kind() == Kind::Window   ? kUsualWindow
                                            : InputRange{kind()});
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
    return hasNumbers ? InputRange{kind(), first_->value(), second_->value()} : InputRange{kind()};
}

void InputRangeField::setRange(const InputRange& range) {
    const QSignalBlocker first(first_), second(second_);
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
    const QStringList names = {tr("Automatic"), tr("All values of the image"), tr("Percentiles"),
                               tr("One window for all images"), tr("As displayed")};
    for (int i = 0; i < names.size(); ++i) kind_->setItemText(i, names[i]);
    kind_->setAccessibleName(tr("Model sees"));
    followKind();
}

}  // namespace finebrush
