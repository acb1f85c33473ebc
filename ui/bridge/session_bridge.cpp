#include "ui/bridge/session_bridge.h"

#include "core/session/guarded.h"

#include <utility>

namespace finebrush {

namespace {

template <typename... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};

}  // namespace

SessionBridge::SessionBridge(EngineLauncher launchEngine, const std::filesystem::path& recoveryFolder,
                             QObject* parent)
    : QObject(parent) {
    session_ = std::make_unique<Session>(Session::Dependencies{
        .post =
            [this](std::function<void()> task) {
                auto safely = [this, task = std::move(task)] {
                    const Result<void> done = guarded<void>([&]() -> Result<void> {
                        task();
                        return {};
                    });
                    if (!done) emit noticed(done.error());
                };
                QMetaObject::invokeMethod(this, std::move(safely), Qt::QueuedConnection);
            },
        .observer = [this](const SessionEvent& event) { announce(event); },
        .launchEngine = std::move(launchEngine),
        .recoveryFolder = recoveryFolder,
    });
}

SessionBridge::~SessionBridge() {
    // The session ends while this object can still be posted to; nobody listens any more.
    blockSignals(true);
    session_.reset();
}

void SessionBridge::announce(const SessionEvent& event) {
    std::visit(Overloaded{
                   [this](const ProjectChanged&) { emit projectChanged(); },
                   [this](const ImagesChanged&) { emit imagesChanged(); },
                   [this](const ImageShown& shown) { emit imageShown(shown.image); },
                   [this](const ImageRedrawn&) { emit imageRedrawn(); },
                   [this](const LabelsChanged& changed) { emit labelsChanged(changed.id, changed.rect); },
                   [this](const ClassesChanged&) { emit classesChanged(); },
                   [this](const PaintOverChanged&) { emit paintOverChanged(); },
                   [this](const NothingInRange&) { emit nothingInRange(); },
                   [this](const HistoryChanged&) { emit historyChanged(); },
                   [this](const EngineStateChanged&) { emit engineStateChanged(); },
                   [this](const ModelsChanged&) { emit modelsChanged(); },
                   [this](const AdapterDescribed& adapter) { emit adapterDescribed(adapter); },
                   [this](const PredictionChanged& changed) { emit predictionChanged(changed.id); },
                   [this](const PromptsChanged&) { emit promptsChanged(); },
                   [this](const RunChosen&) { emit runChosen(); },
                   [this](const SuperpixelsChanged&) { emit superpixelsChanged(); },
                   [this](const CrossLabelsChanged&) { emit crossLabelsChanged(); },
                   [this](const JobFinished& job) { emit jobFinished(job); },
                   [this](const ReplaceWanted& question) { emit replaceWanted(question); },
                   [this](const RecoverableFound& found) { emit recoverableFound(found); },
                   [this](const Notice& notice) { emit noticed(notice.error); },
                   [this](const TilePainted& tile) { emit tilePainted(tile); },
                   [this](const PlaneRead& plane) { emit planeRead(plane); },
                   [this](const PixelsKnown&) { emit pixelsKnown(); },
                   [this](const OverviewProgress& progress) { emit overviewProgressed(progress); },
                   [this](const LabelWork& work) { emit labelWorkChanged(work); },
                   [this](const FileWork& work) { emit fileWorkChanged(work); },
                   [this](const PredictionWork& work) { emit predictionWorkChanged(work); },
                   [this](const messages::Progress& progress) { emit progressed(progress); },
                   [this](const messages::StepMetrics& metrics) { emit stepped(metrics); },
                   [this](const messages::Adapted& outcome) { emit adapted(outcome); },
               },
               event);
}

}  // namespace finebrush
