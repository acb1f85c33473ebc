#include "ui/docks/display_dock.h"

#include "ui/bridge/conversions.h"
#include "ui/bridge/session_bridge.h"
#include "ui/charts/histogram_view.h"
#include "ui/docks/adapt/form_fields.h"
#include "ui/docks/adapt/wheel_guard.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSlider>
#include <QStringList>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace finebrush {

namespace {

constexpr int kBandsAtAGlance = 4;  // more are gone through with sliders
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

/// A black and white for red, green and blue that each cuts off so much of its own band; nothing where only
/// one band is shown.
std::optional<std::array<ValueRange, 3>> limitsOfEachBand(const ValueSummary& values, size_t cut) {
    const std::vector<Stretches>& bands = values.ofEachBand;
    if (bands.size() != 3) return std::nullopt;
    return std::array{bands[0][cut], bands[1][cut], bands[2][cut]};
}

/// The cut that the limits of the channels were made by; nothing where they were changed since.
std::optional<size_t> cutOf(const DisplayMapping& display, const ValueSummary& values) {
    for (size_t cut = 0; display.ownLimits && cut < kStretchCuts.size(); ++cut) {
        if (display.ownLimits == limitsOfEachBand(values, cut)) return cut;
    }
    return std::nullopt;
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
        bandSliders_[channel] = new QSlider(Qt::Horizontal);
        bandSliders_[channel]->setObjectName(QStringLiteral("BandSlider%1").arg(QLatin1Char("RGB"[channel])));
        bandSliders_[channel]->setPageStep(1);
    }
    layOut();
    connectFields();
    retranslate();
}

void DisplayDock::layOut() {
    auto* bandLayout = new QGridLayout(bandRow_);
    bandLayout->setContentsMargins(0, 0, 0, 0);
    bandLayout->setSpacing(4);
    for (size_t channel = 0; channel < bands_.size(); ++channel) {
        const auto column = static_cast<int>(channel);
        bands_[channel]->setMinimumContentsLength(2);
        for (QWidget* field : std::initializer_list<QWidget*>{bands_[channel], bandSliders_[channel]})
            field->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);  // leaves room for a scroll bar
        bandLayout->addWidget(bands_[channel], 0, column);
        bandLayout->addWidget(bandSliders_[channel], 1, column);
        bandLayout->setColumnStretch(column, 1);
    }
    form_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    auto* wheelGuard = new WheelGuard(this);
    for (QDoubleSpinBox* box : {level_, window_, gamma_}) {
        box->setKeyboardTracking(false);
        box->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        wheelGuard->guard(box);
        form_->addRow(QStringLiteral(" "), box);
    }
    for (QComboBox* box : bands_) wheelGuard->guard(box);
    for (QSlider* slider : bandSliders_) wheelGuard->guard(slider);
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
    for (size_t channel = 0; channel < bands_.size(); ++channel) {
        connect(bands_[channel], &QComboBox::activated, this, &DisplayDock::chooseBands);
        connect(bandSliders_[channel], &QSlider::valueChanged, this, [this, channel](int band) {
            bands_[channel]->setCurrentIndex(band);
            chooseBands();
        });
    }
    for (QCheckBox* box : {inverted_, smooth_}) connect(box, &QCheckBox::toggled, this, chooseFields);
    connect(histogram_, &HistogramView::limitsDragged, this, [this](double low, double high) {
        preview(withLimits(chosen(), {low, high}));
    });
    connect(histogram_, &HistogramView::limitsChosen, this, [this](double low, double high) {
        choose(withLimits(chosen(), {low, high}));
    });
    connect(reset_, &QPushButton::clicked, this, [this] {
        if (const auto shown = bridge_.session().shownImage()) choose(shown->usualDisplay);
        wanted_.reset();
    });
    const auto followAnother = [this] {
        wanted_.reset();
        cutOfBands_.reset();
        follow();
    };
    connect(&bridge_, &SessionBridge::imageShown, this, followAnother);
    connect(&bridge_, &SessionBridge::projectChanged, this, followAnother);
    connect(&bridge_, &SessionBridge::imageRedrawn, this, &DisplayDock::follow);
}

// ---- the choice ----

DisplayMapping DisplayDock::current() const {
    const auto shown = bridge_.session().shownImage();
    return wanted_.value_or(shown ? shown->display : DisplayMapping());
}

DisplayMapping DisplayDock::chosen() const {
    const auto shown = bridge_.session().shownImage();
    DisplayMapping display = current();
    // A field that was not touched is not rounded to what it shows.
    const auto differs = [](const QDoubleSpinBox& box, double value) {
        return std::abs(box.value() - value) > std::pow(10, -box.decimals());
    };
    const double level = (display.low + display.high) / 2, width = display.high - display.low;
    if (differs(*level_, level) || differs(*window_, width)) {
        display = withLimits(
            display, {level_->value() - window_->value() / 2, level_->value() + window_->value() / 2});
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

/// Black and white of one band say nothing of another: a stretch is made anew once the values of the bands
/// are known, and other limits give way to one black and white for all.
void DisplayDock::chooseBands() {
    const auto shown = bridge_.session().shownImage();
    DisplayMapping display = chosen();
    if (!shown || display.bands == current().bands) return;
    const std::optional<size_t> cut = display.ownLimits ? cutOf(display, shown->values) : cutOfBands_;
    display.ownLimits.reset();
    choose(display);
    cutOfBands_ = cut;
}

void DisplayDock::choose(const DisplayMapping& display) {
    wanted_ = display;
    cutOfBands_.reset();
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
    const std::optional<size_t> cut = std::exchange(cutOfBands_, std::nullopt);
    const auto limits = cut ? limitsOfEachBand(shown->values, *cut) : std::nullopt;
    if (limits) choose(withOwnLimits(shown->display, *limits));
}

void DisplayDock::showLimits(const DisplayMapping& display) {
    const auto textOf = [&](const ValueRange& limits) {
        return tr("Black %1 – white %2")
            .arg(numberText(display.inverted ? limits.high : limits.low),
                 numberText(display.inverted ? limits.low : limits.high));
    };
    if (!display.ownLimits) return limits_->setText(textOf({display.low, display.high}));
    QStringList lines;
    for (size_t channel = 0; channel < bands_.size(); ++channel) {
        lines += QStringLiteral("%1: %2").arg(bands_[channel]->accessibleName(),
                                              textOf(limitsOf(display, channel)));
    }
    limits_->setText(lines.join(QLatin1Char('\n')));
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
        QSlider& slider = *bandSliders_[channel];
        const QSignalBlocker sliderBlocker(slider);
        slider.setRange(0, image.pixels.bands - 1);
        slider.setValue(shown[channel]);
        slider.setVisible(image.pixels.bands > kBandsAtAGlance);
    }
}

void DisplayDock::fillPresets() {
    presetMenu_->clear();
    const auto shown = bridge_.session().shownImage();
    if (!shown) return;
    for (const DisplayWindow& window : shown->windows) {
        const QString name = window.name.empty() ? tr("From the file") : toQString(window.name);
        if (window.width > 0)
            addPreset(name, {window.centre - window.width / 2, window.centre + window.width / 2});
    }
    addPreset(tr("All values"), shown->values.whole);
    for (size_t i = 0; i < kStretchCuts.size(); ++i) {
        addPreset(tr("%1 – %2 %").arg(kStretchCuts[i]).arg(100 - kStretchCuts[i]),
                  shown->values.stretches[i]);
    }
    if (shown->pixels.type == PixelType::UInt8) addPreset(tr("8 bits"), {0, 255});
    for (size_t i = 0; i < kStretchCuts.size(); ++i) addPresetOfEachBand(i);
    if (shown->pixels.bands > 3) addCompositions(shown->pixels.bands);
}

void DisplayDock::addCompositions(int bands) {
    // As files order them: red first or blue first, near infrared of four bands or of Sentinel-2.
    constexpr std::array<std::array<int, 3>, 4> kCompositions = {
        {{0, 1, 2}, {2, 1, 0}, {3, 2, 1}, {7, 3, 2}}};
    presetMenu_->addSeparator();
    for (const std::array<int, 3>& composition : kCompositions) {
        if (std::ranges::max(composition) >= bands) continue;
        QAction* preset = presetMenu_->addAction(
            tr("Bands %1 – %2 – %3").arg(composition[0] + 1).arg(composition[1] + 1).arg(composition[2] + 1));
        connect(preset, &QAction::triggered, this, [this, composition] {
            for (size_t i = 0; i < bands_.size(); ++i) bands_[i]->setCurrentIndex(composition[i]);
            chooseBands();
        });
    }
}

void DisplayDock::addPreset(const QString& name, const ValueRange& limits) {
    QAction* preset = presetMenu_->addAction(
        QStringLiteral("%1   (%2 … %3)").arg(name, numberText(limits.low), numberText(limits.high)));
    connect(preset, &QAction::triggered, this, [this, limits] {
        DisplayMapping display = chosen();
        display.ownLimits.reset();
        choose(withLimits(display, limits));
    });
}

void DisplayDock::addPresetOfEachBand(size_t cut) {
    const auto limits = limitsOfEachBand(bridge_.session().shownImage()->values, cut);
    if (!limits) return;
    QAction* preset = presetMenu_->addAction(
        tr("Each band: %1 – %2 %").arg(kStretchCuts[cut]).arg(100 - kStretchCuts[cut]));
    connect(preset, &QAction::triggered, this, [this, limits] { choose(withOwnLimits(chosen(), *limits)); });
}

// ---- texts ----

void DisplayDock::retranslate() {
    setWindowTitle(tr("Display"));
    histogram_->setAccessibleName(tr("Histogram of the raw values"));
    histogram_->setToolTip(tr("How often each value occurs; drag the triangles of black and white"));
    presets_->setText(tr("Presets"));
    presets_->setToolTip(
        tr("Windows that the file proposes, stretches over its values, and bands for the colours"));
    describe(*form_, level_, tr("Level"),
             tr("The raw value in the middle between black and white. Where each band has its own, all move "
                "together."));
    describe(*form_, window_, tr("Window"),
             tr("How many raw values lie between black and white. Where each band has its own, all widen "
                "together."));
    describe(*form_, gamma_, tr("Gamma"), tr("Above 1, what lies between black and white is brighter"));
    describe(*form_, bandRow_, tr("Bands"), tr("The bands that are shown red, green and blue"));
    const std::array names = {tr("Red"), tr("Green"), tr("Blue")};
    for (size_t channel = 0; channel < bands_.size(); ++channel) {
        for (QWidget* field : std::initializer_list<QWidget*>{bands_[channel], bandSliders_[channel]}) {
            field->setAccessibleName(names[channel]);
            field->setToolTip(tr("The band that is shown as: %1").arg(names[channel]));
        }
    }
    inverted_->setText(tr("Black and white swapped"));
    smooth_->setText(tr("Smooth when enlarged"));
    smooth_->setToolTip(tr("Pixels blend into each other instead of being squares"));
    reset_->setText(tr("Reset"));
    reset_->setToolTip(tr("Show the image as when it was opened first"));
    hint_->setText(
        tr("Drag with Shift and the right button: sideways for the window, upwards for brighter. The "
           "model sees it only with “As displayed”."));
    follow();
}

}  // namespace finebrush
