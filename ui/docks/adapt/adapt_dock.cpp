#include "ui/docks/adapt/adapt_dock.h"

#include "core/base/files.h"
#include "ui/bridge/read_only.h"
#include "ui/bridge/session_bridge.h"
#include "ui/dialogs/error_text.h"
#include "ui/docks/adapt/adapt_options.h"
#include "ui/docks/adapt/model_field.h"
#include "ui/docks/adapt/start_field.h"
#include "ui/docks/quantities.h"
#include "ui/keys/key_text.h"
#include "ui/settings/icons.h"
#include "ui/settings/preferences.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>

#include <cmath>

namespace finebrush {

namespace {

constexpr int kProgressSteps = 1000;
constexpr int kReportsForEstimate = 5;  // what comes before the training says nothing of how long that takes

}  // namespace

AdaptDock::AdaptDock(SessionBridge& bridge, Preferences& preferences, QWidget* parent)
    : Dock(QStringLiteral("AdaptDock"), parent),
      bridge_(bridge),
      preferences_(preferences),
      adapt_(new QPushButton),
      pause_(new QPushButton),
      stop_(new QPushButton),
      progressBar_(new QProgressBar),
      state_(makeLabel("AdaptState", "plain")),
      timeLeft_(makeLabel("TimeLeft", "muted")),
      options_(new AdaptOptions) {
    build();
    connect(adapt_, &QPushButton::clicked, this, &AdaptDock::adapt);
    connect(pause_, &QPushButton::clicked, this, &AdaptDock::pauseOrResume);
    connect(stop_, &QPushButton::clicked, this, [this] { bridge_.session().stop(); });
    connect(&bridge_, &SessionBridge::engineStateChanged, this, &AdaptDock::followState);

    connect(&bridge_, &SessionBridge::imagesChanged, this, &AdaptDock::followState);
    connect(&bridge_, &SessionBridge::historyChanged, this, &AdaptDock::followState);
    connect(&bridge_, &SessionBridge::projectChanged, this, &AdaptDock::showChoice);
    connect(&bridge_, &SessionBridge::imageShown, this, [this] {
        if (const auto shown = bridge_.session().shownImage()) options_->setBandCount(shown->pixels.bands);
    });
    connect(&bridge_, &SessionBridge::progressed, this, &AdaptDock::showProgress);
    connect(&bridge_, &SessionBridge::adapted, this, &AdaptDock::followState);
    connect(options_, &AdaptOptions::changed, this,
            [this] { bridge_.session().chooseAdaptation(options_->settings()); });
    connectModels();
    connectStart();
    retranslate();
}

// ---- the networks that can be chosen ----

void AdaptDock::connectModels() {
    ModelField& field = options_->modelField();
    connect(&field, &ModelField::listWanted, this, &AdaptDock::askForModels);
    connect(&field, &ModelField::addWanted, this, &AdaptDock::askForCheckpoint);
    connect(&bridge_, &SessionBridge::modelsChanged, this, &AdaptDock::showModels);
    connect(&bridge_, &SessionBridge::engineStateChanged, this, &AdaptDock::askForChosenModel);
}

/// The engine loads a network to say what it is: all of them only for a person who opens the list.
void AdaptDock::askForChosenModel() {
    Session& session = bridge_.session();
    const std::string chosen = options_->modelField().model();
    if (!session.engine() || askedModel_ == chosen) return;
    askedModel_ = chosen;
    std::vector<std::string> files = {chosen};
    for (const ModelEntry& entry : session.models()) {
        if (entry.file != chosen) files.push_back(entry.file);
    }
    session.describeModels(files);
}

void AdaptDock::askForModels() {
    std::vector<std::string> files;
    for (const QString& file : preferences_.modelFiles()) files.push_back(file.toStdString());
    bridge_.session().describeModels(files);
}

void AdaptDock::askForCheckpoint() {
    auto* dialog = new QFileDialog(this, tr("Add a checkpoint"));
    dialog->setObjectName(QStringLiteral("AddCheckpointDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Checkpoints of the Segment Anything family (%1)")
                                .arg(QStringLiteral("*.pth *.pt *.safetensors *.bin")),
                            tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        preferences_.addModelFile(path);
        askForModels();
        options_->modelField().setModel(path.toStdString());
        bridge_.session().chooseAdaptation(options_->settings());
    });
    dialog->open();
}

void AdaptDock::showModels() {
    const std::vector<ModelEntry>& models = bridge_.session().models();
    options_->modelField().setModels(models);
    // One that cannot be used is not offered again; why was said in a notice.
    for (const ModelEntry& entry : models) {
        if (entry.refusal) preferences_.removeModelFile(QString::fromStdString(entry.file));
    }
}

// ---- what it starts from ----

void AdaptDock::connectStart() {
    StartField& field = options_->startField();
    connect(&field, &StartField::folderWanted, this, &AdaptDock::startFolderWanted);
    connect(&field, &StartField::descriptionWanted, this,
            [this](const std::string& folder) { bridge_.session().describeAdapter(pathFromUtf8(folder)); });
    connect(&bridge_, &SessionBridge::adapterDescribed, options_, &AdaptOptions::describeStart);
}

void AdaptDock::startFrom(const std::filesystem::path& folder) {
    options_->startFrom(utf8(folder));
}

void AdaptDock::build() {
    adapt_->setObjectName(QStringLiteral("Adapt"));
    adapt_->setDefault(true);
    pause_->setObjectName(QStringLiteral("Pause"));
    stop_->setObjectName(QStringLiteral("Stop"));
    stop_->setIcon(themedIcon(QStringLiteral("stop")));
    progressBar_->setObjectName(QStringLiteral("AdaptProgress"));
    progressBar_->setRange(0, kProgressSteps);
    progressBar_->setTextVisible(false);
    progressBar_->setFixedHeight(8);

    auto* running = new QHBoxLayout;
    running->addWidget(pause_);
    running->addWidget(stop_);
    QScrollArea* scroll = makeScrollArea(options_);
    scroll->setObjectName(QStringLiteral("OptionsScroll"));

    // The buttons stay where they are while the options are scrolled.
    auto* body = new QWidget;
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->setSpacing(6);
    layout->addWidget(adapt_);
    layout->addLayout(running);
    layout->addWidget(progressBar_);
    layout->addWidget(state_);
    layout->addWidget(timeLeft_);
    layout->addWidget(scroll, 1);
    setWidget(body);
}

void AdaptDock::adapt() {
    messages::AdaptationSettings settings = options_->settings();
    settings.threads = preferences_.engineThreads();
    progress_.reset();
    trainingReports_ = 0;
    emit adaptationWanted();
    bridge_.session().adapt(settings);
    followState();
}

void AdaptDock::pauseOrResume() {
    Session& session = bridge_.session();
    if (session.engineState() == EngineState::Paused) {
        session.resume();
    } else if (session.engineState() == EngineState::Adapting) {
        session.pause();
    }
}

void AdaptDock::followState() {
    const Session& session = bridge_.session();
    const EngineState state = session.engineState();
    if (!isAdapting(state)) {
        progress_.reset();
        trainingReports_ = 0;
    }
    adapt_->setEnabled(session.canAdapt() && !session.isReadOnly());
    pause_->setEnabled(canStop(state));
    stop_->setEnabled(session.canStop());
    options_->setEnabled(!isAdapting(state));
    const bool waiting = state == EngineState::Starting || (isAdapting(state) && !progress_);
    progressBar_->setVisible(waiting || isAdapting(state));
    progressBar_->setRange(0, waiting ? 0 : kProgressSteps);
    refreshTexts();
}

void AdaptDock::showProgress(const messages::Progress& progress) {
    progress_ = progress;
    if (progress.stage >= messages::Stage::Training) ++trainingReports_;
    progressBar_->setRange(0, kProgressSteps);
    progressBar_->setValue(static_cast<int>(std::lround(progress.fraction * kProgressSteps)));
    refreshTexts();
}

void AdaptDock::showChoice() {
    options_->setSettings(bridge_.session().adaptationChoice());
    followState();
}

// ---- texts ----

QString AdaptDock::readinessText() const {
    const Session& session = bridge_.session();
    if (session.isReadOnly()) return readOnlyReason();
    const std::vector<ClassId> painted = session.labelledClasses();
    if (painted.empty()) return tr("Paint a few strokes of at least two classes to begin.");
    if (painted.size() == 1)
        return errorText({ErrorCode::OneClassOnly, {session.classes().find(painted.front())->name}, {}});
    return session.lastRun() ? tr("Paint more where it is wrong and adapt again.") : tr("Ready to adapt.");
}

QString AdaptDock::stateText() const {
    switch (bridge_.session().engineState()) {
        case EngineState::Off:
        case EngineState::Idle:
            return readinessText();
        case EngineState::Starting:
            return tr("The engine is starting.");
        case EngineState::Paused:
            return tr("Paused.");
        case EngineState::Stopping:
            return tr("Stopping; what was learned so far is kept.");
        case EngineState::Adapting:
            break;
    }
    if (!progress_) return tr("The engine is getting ready.");
    switch (progress_->stage) {
        case messages::Stage::LoadingModel:
            return tr("Loading the model.");
        case messages::Stage::ReadingFeatures:
            return tr("Looking at the images.");
        case messages::Stage::FittingPreview:
            return tr("Making a first preview.");
        case messages::Stage::Training:
            return tr("Learning from your strokes.");
        case messages::Stage::Choosing:
            return tr("Comparing preview and adapted model.");
        case messages::Stage::Predicting:
            return tr("Drawing the masks.");
    }
    return {};
}

QString AdaptDock::timeLeftText() const {
    if (!progress_) return {};
    const QString percent = percentText(progress_->fraction * 100);
    if (!progress_->secondsLeft || trainingReports_ < kReportsForEstimate)
        return tr("%1 — estimating the time left…").arg(percent);
    return tr("%1 — about %2 left").arg(percent, roughDurationText(*progress_->secondsLeft));
}

void AdaptDock::showWhetherReady() {
    const Session& session = bridge_.session();
    const bool isReady = session.labelledClasses().size() > 1;
    if (adapt_->property("primary").toBool() != isReady) {
        adapt_->setProperty("primary", isReady);
        adapt_->style()->unpolish(adapt_);
        adapt_->style()->polish(adapt_);
    }
    const QString tip = withReadOnlyReason(
        withKeys(tr("Fine-tune the model on what you have painted"), *this, {Command::Adapt}),
        session.isReadOnly());
    const bool saysReason = !isReady && !session.isReadOnly();
    adapt_->setToolTip(saysReason ? QStringLiteral("%1\n%2").arg(tip, readinessText()) : tip);
}

void AdaptDock::refreshTexts() {
    const bool paused = bridge_.session().engineState() == EngineState::Paused;
    pause_->setText(paused ? tr("Resume") : tr("Pause"));
    pause_->setIcon(themedIcon(paused ? QStringLiteral("resume") : QStringLiteral("pause")));
    state_->setText(stateText());
    timeLeft_->setText(timeLeftText());
    timeLeft_->setVisible(progress_ && bridge_.session().engineState() != EngineState::Stopping);
    showWhetherReady();
}

void AdaptDock::retranslate() {
    setWindowTitle(tr("Adapt"));
    adapt_->setText(tr("Adapt"));
    pause_->setToolTip(withKeys(tr("Pause or go on"), *this, {Command::PauseOrResume}));
    stop_->setText(tr("Stop"));
    stop_->setToolTip(withKeys(tr("Stop and keep what was learned so far"), *this, {Command::Stop}));
    progressBar_->setAccessibleName(tr("Progress of the adaptation"));
    followState();
}

}  // namespace finebrush
