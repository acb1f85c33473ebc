#include "ui/docks/adapt/low_rank_fields.h"

#include "core/messages/adapter_places.h"
#include "ui/docks/adapt/form_fields.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QGridLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>
#include <array>
#include <utility>

namespace finebrush {

namespace {

constexpr int kMaxExperts = 16;
constexpr int kMaxBlocks = 64;
constexpr double kMaxBalance = 10;
constexpr int kProjectionColumns = 3;

/// As settings spell them, and as a person reads them.
constexpr std::array kProjections = {std::pair{"q", "q"}, std::pair{"k", "k"}, std::pair{"v", "v"},
                                     std::pair{"o", "o"}, std::pair{"mlp", "MLP"}};

/// "1, 2, 4"
QString readable(const std::vector<int>& scales) {
    QStringList texts;
    for (const int scale : scales) texts.append(QString::number(scale));
    return texts.join(QStringLiteral(", "));
}

QString firstScales(int count) {
    std::vector<int> scales;
    for (int i = 1; i <= count; ++i) scales.push_back(i);
    return readable(scales);
}

}  // namespace

LowRankFields::LowRankFields(QFormLayout& form, QObject* parent)
    : QObject(parent),
      form_(form),
      experts_(makeSpinBox<QSpinBox>("Experts")),
      scales_(new QLineEdit),
      kept_(makeSpinBox<QSpinBox>("ExpertsKept")),
      balance_(makeSpinBox<QDoubleSpinBox>("BalanceWeight")),
      projectionRow_(new QWidget),
      blocks_(makeSpinBox<QSpinBox>("Blocks")) {
    experts_->setRange(1, kMaxExperts);
    scales_->setObjectName(QStringLiteral("Scales"));
    kept_->setMinimum(1);
    balance_->setRange(0, kMaxBalance);
    balance_->setDecimals(4);
    balance_->setSingleStep(0.01);
    blocks_->setRange(0, kMaxBlocks);
    auto* grid = new QGridLayout(projectionRow_);  // the dock is too narrow for one row
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(kProjectionColumns, 1);
    for (const auto& [name, text] : kProjections) {
        auto* box = new QCheckBox(QString::fromLatin1(text));
        box->setObjectName(QStringLiteral("Projection.") + QLatin1String(name));
        connect(box, &QCheckBox::toggled, this, [this, box] { keepOneProjection(box); });
        const int place = static_cast<int>(projections_.size());
        const int columns = name == kProjections.back().first ? 2 : 1;  // a longer name
        grid->addWidget(box, place / kProjectionColumns, place % kProjectionColumns, 1, columns);
        projections_.append(box);
    }
    for (QWidget* field :
         std::initializer_list<QWidget*>{experts_, scales_, kept_, balance_, projectionRow_, blocks_})
        form.addRow(QStringLiteral(" "), field);

    connect(experts_, &QSpinBox::valueChanged, this, &LowRankFields::followExperts);
    connect(scales_, &QLineEdit::editingFinished, this, &LowRankFields::takeScales);
    for (QSpinBox* box : {experts_, kept_, blocks_}) {
        connect(box, &QSpinBox::valueChanged, this, &LowRankFields::changed);
    }
    connect(balance_, &QDoubleSpinBox::valueChanged, this, &LowRankFields::changed);
}

QList<QWidget*> LowRankFields::spinBoxes() const {
    return {experts_, kept_, balance_, blocks_};
}

// ---- the choice ----

void LowRankFields::write(messages::AdaptationSettings& settings) const {
    settings.experts = experts_->value();
    settings.scales = QString(shownScales_).remove(u' ').toStdString();
    settings.topExperts = kept_->value();
    settings.balanceWeight = balance_->value();
    settings.projections = projections();
    settings.blocks = blocks_->value();
}

void LowRankFields::show(const messages::AdaptationSettings& settings) {
    const QSignalBlocker blocker(this);
    experts_->setValue(settings.experts);
    followExperts(experts_->value());
    const auto scales = messages::scalesFromText(settings.scales);
    const bool fit = scales && static_cast<int>(scales->size()) == experts_->value();
    shownScales_ = fit ? readable(*scales) : QString();
    scales_->setText(shownScales_);
    kept_->setValue(settings.topExperts);
    balance_->setValue(settings.balanceWeight);
    blocks_->setValue(settings.blocks);
    const messages::Projections usual{true, true, true};
    const messages::Projections chosen = messages::projectionsFromText(settings.projections).value_or(usual);
    const std::array isChosen = {chosen.query, chosen.key, chosen.value, chosen.output, chosen.mlp};
    for (qsizetype i = 0; i < projections_.size(); ++i) {
        const QSignalBlocker boxBlocker(projections_[i]);
        projections_[i]->setChecked(isChosen[static_cast<size_t>(i)]);
    }
}

std::string LowRankFields::projections() const {
    std::string text;
    for (size_t i = 0; i < kProjections.size(); ++i) {
        if (!projections_[static_cast<qsizetype>(i)]->isChecked()) continue;
        if (!text.empty()) text += ',';
        text += kProjections[i].first;
    }
    return text;
}

void LowRankFields::keepOneProjection(QCheckBox* box) {
    if (projections().empty()) {
        const QSignalBlocker blocker(box);
        box->setChecked(true);
        return;
    }
    emit changed();
}

void LowRankFields::takeScales() {
    const QString typed = scales_->text().trimmed();
    const auto scales = messages::scalesFromText(typed.toStdString());
    if (!typed.isEmpty() && !scales) {
        scales_->setText(shownScales_);
        return;
    }
    const QString taken = scales ? readable(*scales) : QString();
    const bool isNew = taken != shownScales_;
    shownScales_ = taken;
    scales_->setText(taken);
    if (scales) experts_->setValue(static_cast<int>(scales->size()));
    if (isNew) emit changed();
}

void LowRankFields::followExperts(int count) {
    kept_->setMaximum(count);
    scales_->setPlaceholderText(firstScales(count));
    const auto scales = messages::scalesFromText(shownScales_.toStdString());
    if (scales && static_cast<int>(scales->size()) == count) return;
    shownScales_.clear();
    scales_->clear();
}

void LowRankFields::follow(const std::function<bool(messages::MethodSetting)>& canBeChosen) {
    using messages::MethodSetting;
    for (const auto& [field, setting] : std::initializer_list<std::pair<QWidget*, MethodSetting>>{
             {experts_, MethodSetting::Experts},
             {scales_, MethodSetting::Scales},
             {kept_, MethodSetting::TopExperts},
             {balance_, MethodSetting::BalanceWeight},
             {projectionRow_, MethodSetting::Projections},
             {blocks_, MethodSetting::Blocks}})
        setFieldEnabled(form_, field, canBeChosen(setting));
}

// ---- texts ----

void LowRankFields::retranslate() {
    describe(form_, experts_, tr("Experts"), tr("How many detail scales there are to choose from"));
    describe(form_, scales_, tr("Scales"),
             tr("Times the detail that each expert works at, such as 1, 2, 4; empty: 1 up to the number of "
                "experts"));
    describe(form_, kept_, tr("Experts kept"), tr("How many experts the gate keeps for a part of the image"));
    describe(form_, balance_, tr("Balance"),
             tr("How strongly the gate is kept from using few experts only; 0: not at all"));
    const QString where =
        tr("Projections of the attention (q, k, v, output) and layers (MLP) that get an adapter");
    describe(form_, projectionRow_, tr("Adapters in"), where);
    for (QCheckBox* box : projections_) {
        box->setToolTip(where);
        box->setAccessibleName(tr("Adapters in %1").arg(box->text()));
    }
    describe(form_, blocks_, tr("Last blocks"), tr("So many blocks, counted from the last, get adapters"));
    blocks_->setSpecialValueText(tr("All"));
}

}  // namespace finebrush
