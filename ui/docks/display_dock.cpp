#include "ui/docks/display_dock.h"

#include "ui/bridge/conversions.h"
#include "ui/bridge/session_bridge.h"
#include "ui/charts/histogram_view.h"
#include "ui/docks/form_fields.h"
#include "ui/docks/wheel_guard.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace finebrush {

namespace {

constexpr double kMostGamma = 10;
constexpr double kRoom = 4;  // times all values, that a level or a width may lie beyond them
constexpr double kStepsForAll = 100;

/// So many decimals that a step through all values is not lost.
int decimalsFor(double span) {
    return std::clamp(2 - static_cast<int>(std::floor(std::log10(span))), 1, 9);
}

QString numberText(double value) {
    return QString::number(value, 'g', 6);
}

}  // namespace

DisplayDock::DisplayDock(SessionBridge& bridge, QWidget* parent)
    : Dock(QStringLiteral("DisplayDock"), parent),
      bridge_(bridge),
      histogram_(new HistogramView),
      limits_(makeLabel("DisplayLimits", "muted")),
      presets_(new QPushButton),
      presetMenu_(new QMenu(presets_)),
      form_(new QFormLayout),
      level_(makeSpinBox<QDoubleSpinBox>("Level")),
      window_(makeSpinBox<QDoubleSpinBox>("WindowWidth")),
      gamma_(makeSpinBox<QDoubleSpinBox>("Gamma")),
      bandRow_(new QWidget),
      inverted_(new QCheckBox),
      smooth_(new QCheckBox),
      reset_(new QPushButton),
      hint_(makeLabel("DisplayHint", "muted")) {
    presets_->setObjectName(QStringLiteral("DisplayPresets"));
    presets_->setMenu(presetMenu_);
    presetMenu_->setObjectName(QStringLiteral("DisplayPresetMenu"));
    inverted_->setObjectName(QStringLiteral("Inverted"));
    smooth_->setObjectName(QStringLiteral("Smooth"));
    reset_->setObjectName(QStringLiteral("ResetDisplay"));
    gamma_->setRange(1 / kMostGamma, kMostGamma);
    gamma_->setSingleStep(0.1);
    gamma_->setDecimals(2);
    for (size_t channel = 0; channel < bands_.size(); ++channel) {
        bands_[channel] = new QComboBox;
        bands_[channel]->setObjectName(QStringLiteral("Band%1").arg(QLatin1Char("RGB"[channel])));
    }
    layOut();
    connectFields();
    retranslate();
}

void DisplayDock::layOut() {
    auto* bandLayout = new QHBoxLayout(bandRow_);
    bandLayout->setContentsMargins(0, 0, 0, 0);
    bandLayout->setSpacing(4);
    for (QComboBox* box : bands_) {
        box->setMinimumContentsLength(2);
        bandLayout->addWidget(box, 1);
    }
    form_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    auto* wheelGuard = new WheelGuard(this);
    for (QDoubleSpinBox* box : {level_, window_, gamma_}) {
        box->setKeyboardTracking(false);
        wheelGuard->guard(box);
        form_->addRow(QStringLiteral(" "), box);
    }
    for (QComboBox* box : bands_) wheelGuard->guard(box);
    form_->addRow(QStringLiteral(" "), bandRow_);

    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    layout->addWidget(histogram_);
    layout->addWidget(limits_);
    layout->addWidget(presets_);
    layout->addLayout(form_);
    layout->addWidget(inverted_);
    layout->addWidget(smooth_);
    layout->addWidget(reset_);
    layout->addWidget(hint_);
    layout->addStretch();
    setWidget(makeScrollArea(content));
}

void DisplayDock::connectFields() {
    const auto chooseFields = [this] { choose(chosen()); };
    for (QDoubleSpinBox* box : {level_, window_, gamma_})
        connect(box, &QDoubleSpinBox::valueChanged, this, chooseFields);
    for (QComboBox* box : bands_) connect(box, &QComboBox::activated, this, chooseFields);
    for (QCheckBox* box : {inverted_, smooth_}) connect(box, &QCheckBox::toggled, this, chooseFields);
    connect(histogram_, &HistogramView::limitsDragged, this, [this](double low, double high) {
        DisplayMapping display = chosen();
        display.low = low;
        display.high = high;
        preview(display);
    });
    connect(histogram_, &HistogramView::limitsChosen, this, [this](double low, double high) {
        DisplayMapping display = chosen();
        display.low = low;
        display.high = high;
        choose(display);
    });
    connect(reset_, &QPushButton::clicked, this, [this] {
        if (const auto shown = bridge_.session().shownImage()) choose(shown->usualDisplay);
        wanted_.reset();
    });
    const auto followAnother = [this] {
        wanted_.reset();
        follow();
    };
    connect(&bridge_, &SessionBridge::imageShown, this, followAnother);
    connect(&bridge_, &SessionBridge::projectChanged, this, followAnother);
    connect(&bridge_, &SessionBridge::imageRedrawn, this, &DisplayDock::follow);
}

// ---- the choice ----

DisplayMapping DisplayDock::chosen() const {
    const auto shown = bridge_.session().shownImage();
    DisplayMapping display = wanted_.value_or(shown ? shown->display : DisplayMapping());
    // A field that was not touched is not rounded to what it shows.
    const auto differs = [](const QDoubleSpinBox& box, double value) {
        return std::abs(box.value() - value) > std::pow(10, -box.decimals());
    };
    const double level = (display.low + display.high) / 2, width = display.high - display.low;
    if (differs(*level_, level) || differs(*window_, width)) {
        display.low = level_->value() - window_->value() / 2;
        display.high = level_->value() + window_->value() / 2;
    }
    display.gamma = gamma_->value();
    display.inverted = inverted_->isChecked();
    display.smooth = smooth_->isChecked();
    if (shown && bands_[0]->count() > 0) {
        const std::array<int, 3> bands = {bands_[0]->currentIndex(), bands_[1]->currentIndex(),
                                          bands_[2]->currentIndex()};
        display.bands = bands == usualBands(shown->pixels.bands) ? std::nullopt : std::optional(bands);
    }
    return display;
}

void DisplayDock::choose(const DisplayMapping& display) {
    wanted_ = display;
    bridge_.session().setDisplay(display);
}

void DisplayDock::preview(const DisplayMapping& display) {
    bridge_.session().previewDisplay(display);
}

// ---- what is shown ----

void DisplayDock::follow() {
    const auto shown = bridge_.session().shownImage();
    widget()->setEnabled(shown != nullptr);
    histogram_->setImage(shown.get());
    if (!shown) {
        limits_->clear();
        return;
    }
    showLimits(shown->display);
    if (wanted_ && *wanted_ != shown->display) return;  // the fields are ahead of the screen
    wanted_.reset();
    fitFields(*shown);
    fillBands(*shown);
    fillPresets();
}

void DisplayDock::showLimits(const DisplayMapping& display) {
    limits_->setText(tr("Black %1 – white %2")
                         .arg(numberText(display.inverted ? display.high : display.low),
                              numberText(display.inverted ? display.low : display.high)));
}

void DisplayDock::fitFields(const OpenedImage& image) {
    const DisplayMapping& display = image.display;
    const double span = std::max(image.values.whole.span(), display.high - display.low);
    const int decimals = decimalsFor(span);
    const double room = kRoom * span;
    const auto set = [&](QDoubleSpinBox& box, double least, double most, double value) {
        const QSignalBlocker blocker(box);
        box.setDecimals(decimals);
        box.setSingleStep(std::max(std::pow(10, -decimals), span / kStepsForAll));
        box.setRange(std::min(least, value), std::max(most, value));
        box.setValue(value);
    };
    set(*level_, image.values.whole.low - room, image.values.whole.high + room,
        (display.low + display.high) / 2);
    set(*window_, std::pow(10, -decimals), room, display.high - display.low);
    const QSignalBlocker gammaBlocker(gamma_), invertedBlocker(inverted_), smoothBlocker(smooth_);
    gamma_->setValue(display.gamma);
    inverted_->setChecked(display.inverted);
    smooth_->setChecked(display.smooth);
}

void DisplayDock::fillBands(const OpenedImage& image) {
    const std::array<int, 3> shown = shownBands(image.display, image.pixels.bands);
    const bool hasChoice = image.pixels.bands > 1;
    form_->labelForField(bandRow_)->setVisible(hasChoice);
    bandRow_->setVisible(hasChoice);
    for (size_t channel = 0; channel < bands_.size(); ++channel) {
        QComboBox& box = *bands_[channel];
        const QSignalBlocker blocker(box);
        if (box.count() != image.pixels.bands) {
            box.clear();
            for (int band = 1; band <= image.pixels.bands; ++band) box.addItem(QString::number(band));
        }
        box.setCurrentIndex(shown[channel]);
    }
}

void DisplayDock::fillPresets() {
    presetMenu_->clear();
    const auto shown = bridge_.session().shownImage();
    if (!shown) return;
    for (const DisplayWindow& window : shown->windows) {
        const QString name = window.name.empty() ? tr("From the file") : toQString(window.name);
        if (window.width > 0)
            addPreset(name, window.centre - window.width / 2, window.centre + window.width / 2);
    }
    addPreset(tr("All values"), shown->values.whole.low, shown->values.whole.high);
    for (size_t i = 0; i < kStretchCuts.size(); ++i) {
        const ValueRange& range = shown->values.stretches[i];
        addPreset(tr("%1 – %2 %").arg(kStretchCuts[i]).arg(100 - kStretchCuts[i]), range.low, range.high);
    }
    if (shown->pixels.type == PixelType::UInt8) addPreset(tr("8 bits"), 0, 255);
}

void DisplayDock::addPreset(const QString& name, double low, double high) {
    QAction* preset =
        presetMenu_->addAction(QStringLiteral("%1   (%2 … %3)").arg(name, numberText(low), numberText(high)));
    connect(preset, &QAction::triggered, this, [this, low, high] {
        DisplayMapping display = chosen();
        display.low = low;
        display.high = high;
        choose(display);
    });
}

// ---- texts ----

void DisplayDock::retranslate() {
    setWindowTitle(tr("Display"));
    histogram_->setAccessibleName(tr("Histogram of the raw values"));
    histogram_->setToolTip(tr("How often each value occurs; drag the triangles of black and white"));
    presets_->setText(tr("Presets"));
    presets_->setToolTip(tr("Windows that the file proposes, and stretches over its values"));
    describe(*form_, level_, tr("Level"), tr("The raw value in the middle between black and white"));
    describe(*form_, window_, tr("Window"), tr("How many raw values lie between black and white"));
    describe(*form_, gamma_, tr("Gamma"), tr("Above 1, what lies between black and white is brighter"));
    describe(*form_, bandRow_, tr("Bands"), tr("The bands that are shown red, green and blue"));
    const std::array names = {tr("Red"), tr("Green"), tr("Blue")};
    for (size_t channel = 0; channel < bands_.size(); ++channel) {
        bands_[channel]->setAccessibleName(names[channel]);
        bands_[channel]->setToolTip(tr("The band that is shown as: %1").arg(names[channel]));
    }
    inverted_->setText(tr("Black and white swapped"));
    smooth_->setText(tr("Smooth when enlarged"));
    smooth_->setToolTip(tr("Pixels blend into each other instead of being squares"));
    reset_->setText(tr("Reset"));
    reset_->setToolTip(tr("Show the image as when it was opened first"));
    hint_->setText(
        tr("Drag on the image with Shift and the right button: sideways for the window, upwards "
           "for brighter. What the model sees changes only where it is to see images as displayed."));
    follow();
}

}  // namespace finebrush
