#include "ui/docks/result_dock.h"

#include "ui/bridge/read_only.h"
#include "ui/bridge/session_bridge.h"
#include "ui/docks/elided_combo_box.h"
#include "ui/docks/quantities.h"
#include "ui/docks/run_texts.h"
#include "ui/keys/key_text.h"
#include "ui/settings/icons.h"

#include <QAction>
#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSlider>
#include <QStyle>
#include <QVBoxLayout>

namespace finebrush {

namespace {

constexpr int kLabelPercent = 80;
constexpr int kPredictionPercent = 45;
constexpr int kRunLength = 12;  // letters at least

}  // namespace

ResultDock::ResultDock(SessionBridge& bridge, QWidget* parent)
    : Dock(QStringLiteral("ResultDock"), parent),
      bridge_(bridge),
      runsName_(new QLabel),
      runs_(new ElidedComboBox),
      score_(makeLabel("AdaptOutcome", "success")),
      facts_(makeLabel("AdaptFacts", "muted")),
      labels_(makeOpacityRow(QStringLiteral("LabelOpacity"), kLabelPercent)),
      prediction_(makeOpacityRow(QStringLiteral("PredictionOpacity"), kPredictionPercent)),
      overPainted_(new QCheckBox),
      accept_(new QPushButton),
      nextPlace_(new QPushButton) {
    runs_->setObjectName(QStringLiteral("Runs"));
    // Its texts are long, and the dock may be narrow.
    runs_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    runs_->setMinimumContentsLength(kRunLength);
    runsName_->setBuddy(runs_);
    overPainted_->setObjectName(QStringLiteral("AcceptOverPainted"));
    accept_->setObjectName(QStringLiteral("AcceptPrediction"));
    accept_->setIcon(themedIcon(QStringLiteral("accept")));
    nextPlace_->setObjectName(QStringLiteral("NextPlace"));

    auto* details = new QWidget;
    auto* grid = new QGridLayout(details);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(6);
    int row = 0;
    grid->addWidget(facts_, row++, 0, 1, 3);
    for (const OpacityRow& opacity : {labels_, prediction_}) {
        grid->addWidget(opacity.name, row, 0);
        grid->addWidget(opacity.slider, row, 1);
        grid->addWidget(opacity.percent, row, 2);
        ++row;
    }
    grid->setRowStretch(row, 1);
    QScrollArea* scroll = makeScrollArea(details);

    // What is decided here stays in sight while the details are scrolled.
    auto* body = new QWidget;
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->setSpacing(6);
    auto* runs = new QHBoxLayout;
    runs->addWidget(runsName_);
    runs->addWidget(runs_, 1);
    layout->addLayout(runs);
    layout->addWidget(score_);
    layout->addWidget(accept_);
    layout->addWidget(overPainted_);
    layout->addWidget(nextPlace_);
    layout->addWidget(scroll, 1);
    setWidget(body);

    connect(accept_, &QPushButton::clicked, this, &ResultDock::accept);
    connect(&bridge_, &SessionBridge::predictionChanged, this, &ResultDock::followPrediction);
    connect(&bridge_, &SessionBridge::imageShown, this, &ResultDock::followPrediction);
    connect(&bridge_, &SessionBridge::projectChanged, this, &ResultDock::followPrediction);
    connect(&bridge_, &SessionBridge::historyChanged, this, &ResultDock::followPrediction);
    connect(&bridge_, &SessionBridge::projectChanged, this, &ResultDock::followRun);
    connect(&bridge_, &SessionBridge::adapted, this, &ResultDock::followRun);
    connect(&bridge_, &SessionBridge::runChosen, this, &ResultDock::followRun);
    connect(&bridge_, &SessionBridge::engineStateChanged, this, &ResultDock::listRuns);
    connect(runs_, &QComboBox::activated, this,
            [this] { bridge_.session().chooseRun(runs_->currentData().toLongLong()); });
    retranslate();
    followPrediction();
}

ResultDock::OpacityRow ResultDock::makeOpacityRow(const QString& objectName, int percent) {
    OpacityRow row{new QLabel, new QSlider(Qt::Horizontal), new QLabel(percentText(percent))};
    row.slider->setObjectName(objectName);
    row.slider->setRange(0, 100);
    row.slider->setValue(percent);
    row.percent->setProperty("role", QStringLiteral("muted"));
    row.percent->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row.percent->setMinimumWidth(row.percent->fontMetrics().horizontalAdvance(percentText(100)) + 4);
    connect(row.slider, &QSlider::valueChanged, this, [this, label = row.percent](int value) {
        label->setText(percentText(value));
        emit opacityChanged();
    });
    return row;
}

double ResultDock::labelOpacity() const {
    return labels_.slider->value() / 100.0;
}

double ResultDock::predictionOpacity() const {
    return prediction_.slider->value() / 100.0;
}

void ResultDock::setOpacities(double labels, double prediction) {
    labels_.slider->setValue(qRound(labels * 100));
    prediction_.slider->setValue(qRound(prediction * 100));
}

void ResultDock::accept() {
    if (bridge_.session().canAccept()) bridge_.session().acceptPrediction(overPainted_->isChecked());
}

void ResultDock::offer(QAction& nextPlace) {
    connect(nextPlace_, &QPushButton::clicked, &nextPlace, &QAction::trigger);
    const auto follow = [this, &nextPlace] {
        nextPlace_->setEnabled(nextPlace.isEnabled());
        nextPlace_->setToolTip(nextPlace.toolTip());
    };
    connect(&nextPlace, &QAction::changed, this, follow);
    follow();
}

void ResultDock::followPrediction() {
    const bool can = bridge_.session().canAccept() && !bridge_.session().isReadOnly();
    accept_->setEnabled(can);
    overPainted_->setEnabled(can);
}

void ResultDock::listRuns() {
    const Session& session = bridge_.session();
    const std::vector<RunRecord> runs = session.runs();
    runs_->clear();
    if (isAdapting(session.engineState())) runs_->addItem(tr("In training"), qlonglong{0});
    for (const RunRecord& record : runs)
        runs_->addItem(runTitle(record.run), static_cast<qlonglong>(record.number));
    const int64_t chosen = session.chosenRunNumber();
    runs_->setCurrentIndex(chosen == 0 ? 0 : runs_->findData(static_cast<qlonglong>(chosen)));
    for (QWidget* part : std::initializer_list<QWidget*>{runsName_, runs_})
        part->setVisible(runs_->count() > 1);
}

void ResultDock::followRun() {
    listRuns();
    const AdaptationRun* run = bridge_.session().chosenRun();
    for (QLabel* label : {score_, facts_}) label->setVisible(run);
    if (!run) return;
    score_->setText(scoreText(run->outcome));
    // Green is for a training that was worth it.
    const bool hasGained = run->outcome.adaptedScore > run->outcome.previewScore;
    score_->setProperty("role", hasGained ? QStringLiteral("success") : QStringLiteral("strong"));
    score_->style()->polish(score_);
    score_->setToolTip(tr("Mean overlap (IoU) of prediction and strokes that were not used for training"));
    const bool isBare = bridge_.session().chosenRunNumber() != 0 && run->outcome.adapter.empty();
    const QString remark = isBare ? QLatin1Char('\n') + tr("Its adapter is no longer kept.") : QString();
    facts_->setText(factsText(*run) + remark);
}

void ResultDock::describe(const OpacityRow& row, const QString& name) {
    row.name->setText(name);
    row.percent->setText(percentText(row.slider->value()));
    for (QWidget* widget : std::initializer_list<QWidget*>{row.name, row.slider, row.percent})
        widget->setToolTip(tr("How much the image is covered: 0 % leaves it as it is"));
    row.slider->setAccessibleName(name);
}

void ResultDock::retranslate() {
    setWindowTitle(tr("Result"));
    runsName_->setText(tr("Run"));
    runs_->setAccessibleName(tr("The adaptation that is looked at"));
    runs_->setToolTip(runs_->accessibleName());
    describe(labels_, tr("Label opacity"));
    describe(prediction_, tr("Prediction opacity"));
    overPainted_->setText(tr("Also replace what I painted"));
    accept_->setText(tr("Accept prediction"));
    nextPlace_->setText(tr("Next unsure place"));
    accept_->setToolTip(withReadOnlyReason(
        withKeys(tr("Make the prediction of this image its labels; can be undone"), *this, {Command::Accept}),
        bridge_.session().isReadOnly()));
    followRun();
}

}  // namespace finebrush
