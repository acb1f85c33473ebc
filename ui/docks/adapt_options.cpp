#include "ui/docks/adapt_options.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <limits>

namespace finebrush {

namespace {

constexpr int kMaxRank = 64;
constexpr int kMaxExperts = 8;
constexpr int kMaxSteps = 100000;
constexpr double kMaxMinutes = 24 * 60;
constexpr double kMaxScale = 8;

template <typename SpinBox>
SpinBox* makeSpinBox(const char* objectName) {
    auto* box = new SpinBox;
    box->setObjectName(QLatin1String(objectName));
    return box;
}

/// Names a field for the eye and for screen readers.
void describe(QFormLayout& form, QWidget* field, const QString& label, const QString& toolTip) {
    static_cast<QLabel*>(form.labelForField(field))->setText(label);
    field->setAccessibleName(label);
    field->setToolTip(toolTip);
}

}  // namespace

AdaptOptions::AdaptOptions(QWidget* parent)
    : QWidget(parent),
      method_(new QComboBox),
      gate_(new QComboBox),
      fold_(new QToolButton),
      advanced_(new QWidget),
      rank_(makeSpinBox<QSpinBox>("Rank")),
      experts_(makeSpinBox<QSpinBox>("Experts")),
      steps_(makeSpinBox<QSpinBox>("Steps")),
      minutes_(makeSpinBox<QDoubleSpinBox>("Minutes")),
      scale_(makeSpinBox<QDoubleSpinBox>("WorkingScale")),
      seed_(makeSpinBox<QSpinBox>("Seed")),
      basicForm_(new QFormLayout),
      advancedForm_(new QFormLayout(advanced_)) {
    setObjectName(QStringLiteral("AdaptOptions"));
    method_->setObjectName(QStringLiteral("Method"));
    method_->addItem(QString(), QStringLiteral("conv_lora"));
    gate_->setObjectName(QStringLiteral("Gate"));
    gate_->addItem(QString(), static_cast<int>(messages::GateMode::Informative));
    gate_->addItem(QString(), static_cast<int>(messages::GateMode::Paper));
    basicForm_->addRow(QStringLiteral(" "), method_);
    basicForm_->addRow(QStringLiteral(" "), gate_);
    fold_->setObjectName(QStringLiteral("Advanced"));
    fold_->setCheckable(true);
    fold_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    buildAdvanced();

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(basicForm_);
    layout->addWidget(fold_, 0, Qt::AlignLeft);
    layout->addWidget(advanced_);
    connect(fold_, &QToolButton::toggled, this, &AdaptOptions::unfold);
    unfold(false);
    retranslate();
}

void AdaptOptions::buildAdvanced() {
    const messages::AdaptationSettings recipe;
    rank_->setRange(1, kMaxRank);
    rank_->setValue(recipe.rank);
    experts_->setRange(1, kMaxExperts);
    experts_->setValue(recipe.experts);
    steps_->setRange(0, kMaxSteps);
    steps_->setSingleStep(10);
    minutes_->setRange(0, kMaxMinutes);
    minutes_->setDecimals(1);
    scale_->setRange(0, kMaxScale);
    scale_->setSingleStep(0.1);
    seed_->setRange(0, std::numeric_limits<int>::max());
    advancedForm_->setContentsMargins(0, 0, 0, 0);
    for (QWidget* field : std::initializer_list<QWidget*>{rank_, experts_, steps_, minutes_, scale_, seed_}) {
        advancedForm_->addRow(QStringLiteral(" "), field);
    }
}

void AdaptOptions::unfold(bool unfolded) {
    fold_->setArrowType(unfolded ? Qt::DownArrow : Qt::RightArrow);
    advanced_->setVisible(unfolded);
}

messages::AdaptationSettings AdaptOptions::settings() const {
    messages::AdaptationSettings settings;
    // The weight of the adapter's output is to stay the same at every rank.
    const double alphaPerRank = settings.alpha / settings.rank;
    settings.method = method_->currentData().toString().toStdString();
    settings.gate = static_cast<messages::GateMode>(gate_->currentData().toInt());
    settings.rank = rank_->value();
    settings.alpha = alphaPerRank * settings.rank;
    settings.experts = experts_->value();
    settings.steps = steps_->value();
    settings.minutes = minutes_->value();
    settings.workingScale = scale_->value();
    settings.seed = static_cast<uint64_t>(seed_->value());
    return settings;
}

void AdaptOptions::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void AdaptOptions::retranslate() {
    describe(*basicForm_, method_, tr("Method"), tr("What is added to the network and trained"));
    method_->setItemText(0, tr("Conv-LoRA"));
    describe(*basicForm_, gate_, tr("Gate"),
             tr("How a layer chooses its detail scale. Informative: the task teaches the gate. Paper: as "
                "published."));
    gate_->setItemText(0, tr("Informative"));
    gate_->setItemText(1, tr("As in the paper"));
    fold_->setText(tr("Advanced"));
    fold_->setAccessibleName(tr("Advanced"));
    describe(*advancedForm_, rank_, tr("Rank"),
             tr("Width of the adapter: more can learn more, and overfit more"));
    describe(*advancedForm_, experts_, tr("Experts"), tr("Detail scales to choose from: 1× up to this"));
    describe(*advancedForm_, steps_, tr("Steps"), tr("Training steps at most"));
    describe(*advancedForm_, minutes_, tr("Time limit"),
             tr("Stops after this time and keeps what was learned"));
    describe(*advancedForm_, scale_, tr("Working scale"),
             tr("Model pixels per image pixel: larger sees finer structures and takes longer"));
    describe(*advancedForm_, seed_, tr("Seed"),
             tr("The same seed gives the same result on the same machine"));
    steps_->setSpecialValueText(tr("Automatic"));
    minutes_->setSpecialValueText(tr("None"));
    minutes_->setSuffix(tr(" min"));
    scale_->setSpecialValueText(tr("Automatic"));
    scale_->setSuffix(QStringLiteral(" ×"));
}

}  // namespace finebrush
