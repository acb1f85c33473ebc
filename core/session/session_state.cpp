#include "core/session/session_state.h"

#include "core/base/files.h"
#include "core/session/labels/paint_setting.h"

#include <algorithm>

namespace finebrush {

namespace {

bool isSameFile(const std::filesystem::path& one, const std::filesystem::path& other) {
    std::error_code problem;
    return one == other || std::filesystem::equivalent(one, other, problem);
}

}  // namespace

std::filesystem::path normalised(const std::filesystem::path& path) {
    const std::filesystem::path normal = std::filesystem::absolute(path).lexically_normal();
    return normal.has_filename() ? normal : normal.parent_path();
}

Session::State::State(Dependencies dependencies)
    : observer(std::move(dependencies.observer)),
      stoppable(observer),
      jobs(dependencies.post),
      exports(dependencies.post),
      current(dependencies.post, normalised(dependencies.recoveryFolder), jobs,
              {.durabilityChanged =
                   [this] {
                       engine.projectDurable();
                       observer(HistoryChanged{});
                   },
               .failed = [this](const Error& error) { observer(Notice{error}); },
               .saved =
                   [this](const std::filesystem::path& path) {
                       observer(JobFinished{JobFinished::Kind::SavedProject, {path}});
                   },
               .undone = [this](const ProjectEffect& effect) { announceAndShow(effect); }}),
      runs(current, observer),
      shelf(dependencies.post, current, jobs, dependencies.imageMemory,
            {.emit =
                 [this](const SessionEvent& event) {
                     observer(event);
                     if (!std::holds_alternative<ImagesChanged>(event)) return;
                     crossings.refresh();
                     planes.refreshLabels();
                 },
             .shown =
                 [this] {
                     crossings.refresh();
                     filler.forget();
                     valueMask.reset();
                     prompter.imageShown();
                     engine.imageShown();
                 },
             .displaySettled =
                 [this] {
                     prompter.displaySettled();
                     engine.displaySettled();
                 }}),
      planes(current, shelf, observer),
      tiles(dependencies.post, observer),
      reviser(dependencies.post, current, changeEvents()),
      filler(
          dependencies.post, [this] { return shelf.shown(); }, current, observer),
      importer(current, shelf, jobs, stoppable, reviser, changeEvents()),
      propagation(current, shelf, jobs, reviser, changeEvents()),
      superpixels(
          dependencies.post, [this] { return shelf.shown(); }, observer),
      crossings(dependencies.post, current, shelf, observer),
      prompter(
          {.wish = [this] { engine.wishForEngine(); },
           .ask = [this](auto make) { return engine.ask(std::move(make)); },
           .state = [this] { return engine.state(); }},
          [this] { return shelf.shown(); }, observer),
      engine(dependencies.post, std::move(dependencies.launchEngine), current, shelf, prompter,
             [this](const SessionEvent& event) {
                 if (std::holds_alternative<messages::Adapted>(event)) runs.forgetChoice();
                 observer(event);
             }),
      batch(dependencies.post, current, shelf, engine, observer),
      adapters(current, engine, jobs, changeEvents()) {
    engine.setHasTime([this] { batch.advance(); });
}

ChangeEvents Session::State::changeEvents() {
    return {.beforeChange = [this] { finishPainting(); },
            .announce = [this](const ProjectEffect& effect) { announce(effect); },
            .emit = observer};
}

void Session::State::finishPainting() {
    filler.drop();
    if (!project().isPainting()) return reviser.paintingEnded();
    if (const std::optional<UnmaskedEdit> unmasked = project().takeUnmasked()) {
        announce(unmasked->takenBack);
        reviser.paintingEnded();
        return reviser.revise(filler.planOf(unmasked->image, unmasked->edit));
    }
    const ImageId id = project().paintedImage();
    const bool isHeldBack = project().isHeldBack();
    const bool isChanged = project().finishPainting();
    reviser.paintingEnded();
    if (!isChanged && isHeldBack) observer(NothingInRange{});
    if (!isChanged) return;
    shelf.refreshCount(id);
    planes.refreshLabels();
    observer(HistoryChanged{});
}

void Session::State::cancelPainting() {
    filler.drop();
    if (!project().isPainting()) return reviser.paintingEnded();
    announce(project().cancelPainting());
    reviser.paintingEnded();
}

std::shared_ptr<PaintMask> Session::State::paintMask() {
    const auto shown = shelf.shown();
    const PaintedValues values = decodePaintedValues(project().setting(kPaintedValuesKey));
    if (!shown || !values.isOn) {
        valueMask.reset();
    } else if (!valueMask || !valueMask->isOf(shown, values)) {
        valueMask = std::make_shared<ValueMask>(shown, values);
    }
    return valueMask;
}

bool Session::State::mayEdit() {
    if (!current.isReadOnly()) return true;
    observer(Notice{{ErrorCode::ProjectReadOnly, {utf8(current.copiedFrom())}, {}}});
    return false;
}

bool Session::State::mayFill(uint8_t value) {
    const auto shown = shelf.shown();
    if (!shown || !project().image(shown->id) || !mayEdit()) return false;
    if (project().isPainting() && project().paintedImage() != shown->id) finishPainting();
    if (!project().isPainting()) reveal(value);
    return true;
}

void Session::State::reveal(uint8_t value) {
    const LabelClass* painted = project().classes().findValue(value);
    if (!painted || painted->visible) return;
    LabelClass revealed = *painted;
    revealed.visible = true;
    announce(project().updateClass(revealed));
}

bool Session::State::isOpen(const std::filesystem::path& file) const {
    return isSameFile(current.filePath(), file);
}

bool Session::State::isOpening(const std::filesystem::path& file) const {
    return std::ranges::any_of(opening, [&](const auto& held) { return isSameFile(held, file); });
}

void Session::State::replaceProject(const std::function<void()>& open) {
    reviser.cancel();
    filler.forget();
    valueMask.reset();
    crossings.forget();
    planes.forget();
    batch.forget();
    engine.clear();
    runs.forgetChoice();
    shelf.clear();
    open();
    engine.load();
    shelf.load();
    observer(ProjectChanged{});
    observer(ImagesChanged{});
    observer(EngineStateChanged{});
    if (current.hasInterruptedTraining()) observer(Notice{{ErrorCode::TrainingInterrupted, {}, {}}});
}

void Session::State::announce(const ProjectEffect& effect) {
    for (const ProjectEffect::Labels& change : effect.labels) {
        observer(LabelsChanged{change.image, change.rect});
        shelf.refreshCount(change.image);
    }
    crossings.follow(effect);
    if (!effect.labels.empty()) planes.refreshLabels();
    if (effect.images) {
        shelf.followList();
        observer(ImagesChanged{});
        crossings.refresh();
    }
    if (effect.classes) observer(ClassesChanged{});
    if (effect.labels.empty() && effect.isHeldBack) observer(NothingInRange{});
    observer(HistoryChanged{});
}

void Session::State::announceAndShow(const ProjectEffect& effect) {
    announce(effect);
    const auto shown = shelf.shown();
    const auto isShown = [&](const ProjectEffect::Labels& change) {
        return shown && change.image == shown->id;
    };
    if (effect.labels.empty() || std::ranges::any_of(effect.labels, isShown)) return;
    shelf.show(effect.labels.front().image);
}

ExportInput Session::State::exportInput(const std::filesystem::path& folder) {
    ExportInput input{project().classes(), {}, normalised(folder), false, shelf.memory()};
    for (const ProjectImage& image : project().images()) {
        const bool isLeftOut = exportsOnlyDone && image.record.review != ReviewState::Done;
        if (image.record.removed || isLeftOut) continue;
        const PredictedCells* cells = project().predictedCells(image.record.id);
        input.images.push_back({image.record, image.labels, project().prediction(image.record.id),
                                cells ? *cells : PredictedCells()});
    }
    return input;
}

void Session::State::exportLabels(JobFinished::Kind kind, const std::filesystem::path& folder,
                                  const LabelExport& write) {
    finishPainting();
    reviser.afterwards([this, kind, folder, write, begun = stoppable.begin(StoppableJobs::Kind::Export)] {
        const auto job = [input = exportInput(folder), onlyDone = exportsOnlyDone, write](
                             bool mayReplace, const std::stop_token& stop) mutable -> Result<ExportOutcome> {
            if (onlyDone && input.images.empty()) return failure(ErrorCode::NoImageDone);
            input.mayReplace = mayReplace;
            return write(input, stop);
        };
        runExport(begun, kind, job);
    });
}

void Session::State::runExport(JobFinished::Kind kind, const ExportJob& job) {
    runExport(stoppable.begin(StoppableJobs::Kind::Export), kind, job);
}

void Session::State::runExport(const std::stop_source& begun, JobFinished::Kind kind, const ExportJob& job,
                               bool mayReplace) {
    stoppable.run<ExportOutcome>(
        exports, begun, [job, mayReplace](const std::stop_token& stop) { return job(mayReplace, stop); },
        [this, kind, job](const Result<ExportOutcome>& outcome, bool wasStopped) {
            if (!outcome && wasStopped) return observer(JobFinished{JobFinished::Kind::StoppedExport, {}});
            if (!outcome) return observer(Notice{outcome.error()});
            const bool isDone = outcome->inTheWay.empty();  // else it begins again, or not at all
            for (const Error& problem : outcome->problems) {
                if (isDone) observer(Notice{problem});
            }
            if (wasStopped) return observer(JobFinished{JobFinished::Kind::StoppedExport, outcome->files});
            if (!outcome->files.empty()) observer(JobFinished{kind, outcome->files});
            if (!outcome->inTheWay.empty())
                observer(ReplaceWanted{outcome->inTheWay, [=, this] {
                                           runExport(stoppable.begin(StoppableJobs::Kind::Export), kind, job,
                                                     true);
                                       }});
        });
}

}  // namespace finebrush
