// Adaptations, predictions and prompts, at the window's door.

#include "core/base/files.h"
#include "core/project/project_work.h"
#include "core/session/engine/adaptation_choice.h"
#include "core/session/engine/adapter_reader.h"
#include "core/session/session.h"
#include "core/session/session_state.h"

#include <functional>
#include <memory>
#include <utility>

namespace finebrush {

EngineState Session::engineState() const {
    return state_->engine.state();
}

bool Session::canAdapt() const {
    return finebrush::canAdapt(engineState()) && !images().empty();
}

bool Session::canStop() const {
    return state_->engine.canStop();
}

bool Session::canAccept() const {
    const auto shown = shownImage();
    if (shown && shown->isLarge()) return predictedCells(shown->id) != nullptr;
    const KeptPredictionPtr newest = shown ? state_->project().prediction(shown->id) : nullptr;
    return newest && newest->size() == labels().size();
}

bool Session::canExportAdapter() const {
    const AdaptationRun* run = chosenRun();
    return run && !run->outcome.adapter.empty();
}

messages::AdaptationSettings Session::adaptationChoice() const {
    return adaptationChoiceOf(state_->project());
}

void Session::chooseAdaptation(const messages::AdaptationSettings& settings) {
    state_->project().setSetting(kAdaptationChoiceKey, encodeAdaptationChoice(settings));
    state_->engine.useChosenModel();
}

const std::vector<ModelEntry>& Session::models() const {
    return state_->engine.models().entries();
}

void Session::describeModels(const std::vector<std::string>& files) {
    state_->engine.describeModels(files);
}

void Session::describeAdapter(const std::filesystem::path& folder) {
    state_->jobs.run<messages::AdapterConfig>(
        [folder](const std::stop_token&) { return readAdapterConfigIn(folder); },
        [this, folder](Result<messages::AdapterConfig> config) {
            AdapterDescribed described{folder, nullptr, {}};
            if (config) {
                described.config = std::make_shared<const messages::AdapterConfig>(std::move(*config));
            } else {
                described.refusal = config.error();
            }
            state_->observer(described);
        });
}

void Session::adapt(const messages::AdaptationSettings& settings) {
    if (!state_->mayEdit()) return;
    finishPainting();
    state_->runs.forgetChoice();
    state_->engine.adapt(settings,
                         [this](std::function<void()> then) { state_->reviser.afterwards(std::move(then)); });
}

void Session::importAdapter(const std::filesystem::path& folder) {
    if (!canAdapt() || !state_->mayEdit()) return;
    state_->adapters.importFrom(normalised(folder));
}

void Session::stop() {
    state_->engine.stop();
}

void Session::pause() {
    state_->engine.pause();
}

void Session::resume() {
    state_->engine.resume();
}

std::optional<messages::Hello> Session::engine() const {
    return state_->engine.engine();
}

PredictionPtr Session::prediction(const ImageId& id) const {
    const KeptPredictionPtr newest = state_->project().prediction(id);
    return newest ? newest->unpacked() : nullptr;
}

bool Session::isPredicted(const ImageId& id) const {
    const Project& project = state_->project();
    return project.prediction(id) || project.predictedCells(id);
}

std::shared_ptr<const LabelMap> Session::predictedCells(const ImageId& id) const {
    return state_->engine.predictedCells(id);
}

PredictionPtr Session::earlierPrediction(const ImageId& id) const {
    return state_->engine.earlierPrediction(id);
}

std::shared_ptr<const LabelMap> Session::earlierCells(const ImageId& id) const {
    return state_->engine.earlierCells(id);
}

void Session::acceptPrediction(bool alsoOverPainted) {
    if (!state_->mayEdit()) return;
    finishPainting();
    if (!canAccept()) return;
    const ImageId id = shownImage()->id;
    const MergeOver over = alsoOverPainted ? MergeOver::Everything : MergeOver::Unlabelled;
    const auto cells = predictedCells(id);
    const auto copy = cells ? std::make_shared<const LabelMap>(*cells) : nullptr;  // it grows on
    state_->reviser.revise(
        [this, id, copy, over]() -> std::optional<EditPlan> {
            const Project& project = state_->project();
            if (copy) return project.layOverPlan({{id, {copy}}}, over);
            return project.acceptancePlan(id, over == MergeOver::Everything);
        },
        [this, id](const ProjectEffect& effect) {
            JobFinished accepted{JobFinished::Kind::AcceptedPrediction, {}};
            const ProjectImage* image = state_->project().image(id);
            if (image && !effect.labels.empty())
                accepted.files.push_back(pathFromUtf8(toText(image->record.address())));
            state_->observer(accepted);
        });
}

bool Session::canPredictAll() const {
    const AdaptationRun* run = lastRun();
    return run && !run->outcome.adapter.empty() && !images().empty() && !state_->batch.isRunning();
}

void Session::predictAll() {
    if (canPredictAll()) state_->batch.start();
}

void Session::stopPredictingAll() {
    state_->batch.stop();
}

const AdaptationRun* Session::lastRun() const {
    const auto& run = state_->project().lastRun();
    return run ? &*run : nullptr;
}

const std::vector<messages::StepMetrics>& Session::metrics() const {
    return state_->engine.metrics();
}

std::vector<RunRecord> Session::runs() const {
    return state_->runs.runs();
}

void Session::chooseRun(int64_t number) {
    state_->runs.choose(number);
}

int64_t Session::chosenRunNumber() const {
    return state_->runs.chosenNumber();
}

const AdaptationRun* Session::chosenRun() const {
    const AdaptationRun* chosen = state_->runs.chosen();
    return chosen ? chosen : lastRun();
}

const std::vector<messages::StepMetrics>& Session::chosenMetrics() const {
    const AdaptationRun* chosen = state_->runs.chosen();
    return chosen ? chosen->metrics : metrics();
}

MaskPrompter& Session::prompter() {
    return state_->prompter;
}

const MaskPrompter& Session::prompter() const {
    return state_->prompter;
}

}  // namespace finebrush
