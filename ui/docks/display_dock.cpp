#include "ui/docks/display_dock.h"

#include "ui/bridge/conversions.h"
#include "ui/bridge/session_bridge.h"
#include "ui/charts/histogram_view.h"
#include "ui/docks/adapt/form_fields.h"
#include "ui/docks/adapt/wheel_guard.h"
#include "ui/docks/ct_windows.h"
#include "ui/docks/elided_combo_box.h"
#include "ui/docks/raw_values.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
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

constexpr std::array kBandHeadings = {"BandHeadingR", "BandHeadingG", "BandHeadingB"};
constexpr int kBandsAtAGlance = 4;  // more are gone through with sliders
constexpr double kMostGamma = 10;
constexpr double kRoom = 4;  // times all values, that a level or a width may lie beyond them
constexpr double kStepsForAll = 100;

/// As exact as the fields show it; a whole number without its point.
QString numberText(double value, int decimals) {
    const QString text = QString::number(value, 'f', decimals);
    const QString whole = QString::number(value, 'f', 0);
    const bool isWhole = text.toDouble() == whole.toDouble();
    return !isWhole ? text : whole == QLatin1String("-0") ? QStringLiteral("0") : whole;
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
        bandHeadings_[channel] = makeLabel(kBandHeadings[channel], "muted");
        bands_[channel] = new ElidedComboBox;
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
        bandLayout->addWidget(bandHeadings_[channel], 0, column);
        bandLayout->addWidget(bands_[channel], 1, column);
        bandLayout->addWidget(bandSliders_[channel], 2, column);
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
    connect(presetMenu_, &QMenu::aboutToShow, this, &DisplayDock::fillPresets);
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
    const std::optional<size_t> cut = std::exchange(cutOfBands_, std::nullopt);
    const auto limits = cut ? limitsOfEachBand(shown->values, *cut) : std::nullopt;
    if (limits) choose(withOwnLimits(shown->display, *limits));
}

void DisplayDock::showLimits(const DisplayMapping& display) {
    const auto shown = bridge_.session().shownImage();
    const int decimals = shown ? decimalsFor(*shown) : 0;
    const auto textOf = [&](const ValueRange& limits) {
        return tr("Black %1 – white %2")
            .arg(numberText(display.inverted ? limits.high : limits.low, decimals),
                 numberText(display.inverted ? limits.low : limits.high, decimals));
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
    const int decimals = decimalsFor(image);
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
    QStringList names;
    for (int band = 0; band < image.pixels.bands; ++band) names += bandText(image, band);
    const bool isOfOthers = names != bandNames_;
    bandNames_ = names;
    for (size_t channel = 0; channel < bands_.size(); ++channel) {
        QComboBox& box = *bands_[channel];
        const QSignalBlocker blocker(box);
        if (isOfOthers) {
            box.clear();
            box.addItems(names);
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
    addWindows(*shown);
    addPreset(tr("All values"), shown->values.whole);
    for (size_t i = 0; i < kStretchCuts.size(); ++i) {
        addPreset(tr("%1 – %2 %").arg(kStretchCuts[i]).arg(100 - kStretchCuts[i]),
                  shown->values.stretches[i]);
    }
    if (shown->pixels.type == PixelType::UInt8) addPreset(tr("8 bits"), {0, 255});
    for (size_t i = 0; i < kStretchCuts.size(); ++i) addPresetOfEachBand(i);
    if (shown->pixels.bands > 3) addCompositions(*shown);
}

void DisplayDock::addWindows(const OpenedImage& image) {
    std::vector<ValueRange> named;
    for (const DisplayWindow& window : image.windows) {
        if (window.width <= 0) continue;
        const ValueRange limits{window.centre - window.width / 2, window.centre + window.width / 2};
        if (!window.name.empty()) named.push_back(limits);
        addPreset(window.name.empty() ? tr("From the file") : toQString(window.name), limits);
    }
    if (!hasCtValues(image)) return;
    for (const CtWindow& window : ctWindows()) {
        const bool isNamed = std::ranges::find(named, window.limits) != named.end();
        if (!isNamed) addPreset(window.name, window.limits);
    }
}

void DisplayDock::addCompositions(const OpenedImage& image) {
    // As files order them: red first or blue first, near infrared of four bands or of Sentinel-2.
    std::vector<std::array<int, 3>> compositions = {{0, 1, 2}, {2, 1, 0}, {3, 2, 1}, {7, 3, 2}};
    if (const auto& told = image.usualDisplay.bands) {
        std::erase(compositions, *told);
        compositions.insert(compositions.begin(), *told);
    }
    const std::array<int, 3> shown = shownBands(current(), image.pixels.bands);
    presetMenu_->addSeparator();
    for (const std::array<int, 3>& composition : compositions) {
        if (std::ranges::max(composition) >= image.pixels.bands) continue;
        const QAction* preset =
            addChoice(tr("Bands %1 – %2 – %3")
                          .arg(bandText(image, composition[0]), bandText(image, composition[1]),
                               bandText(image, composition[2])),
                      composition == shown);
        connect(preset, &QAction::triggered, this, [this, composition] {
            for (size_t i = 0; i < bands_.size(); ++i) bands_[i]->setCurrentIndex(composition[i]);
            chooseBands();
        });
    }
}

void DisplayDock::addPreset(const QString& name, const ValueRange& limits) {
    const DisplayMapping now = current();
    const int decimals = decimalsFor(*bridge_.session().shownImage());
    const QAction* preset =
        addChoice(QStringLiteral("%1   (%2 … %3)")
                      .arg(name, numberText(limits.low, decimals), numberText(limits.high, decimals)),
                  !now.ownLimits && now.low == limits.low && now.high == limits.high);
    connect(preset, &QAction::triggered, this, [this, limits] {
        DisplayMapping display = chosen();
        display.ownLimits.reset();
        choose(withLimits(display, limits));
    });
}

QAction* DisplayDock::addChoice(const QString& text, bool isShown) {
    QAction* choice = presetMenu_->addAction(text);
    choice->setCheckable(true);
    choice->setChecked(isShown);
    return choice;
}

void DisplayDock::addPresetOfEachBand(size_t cut) {
    const auto limits = limitsOfEachBand(bridge_.session().shownImage()->values, cut);
    if (!limits) return;
    const QAction* preset =
        addChoice(tr("Each band: %1 – %2 %").arg(kStretchCuts[cut]).arg(100 - kStretchCuts[cut]),
                  current().ownLimits == limits);
    connect(preset, &QAction::triggered, this, [this, limits] { choose(withOwnLimits(chosen(), *limits)); });
}

// ---- texts ----

void DisplayDock::retranslate() {
    setWindowTitle(tr("Display"));
    histogram_->setAccessibleName(tr("Histogram of the raw values"));
    histogram_->setToolTip(tr("How often each value occurs; drag the triangles of black and white"));
    presets_->setText(tr("Presets"));
    presets_->setToolTip(
        tr("Windows of the file or of a CT, stretches over its values, and bands for the colours"));
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
        bandHeadings_[channel]->setText(names[channel]);
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
