#include "core/session/session.h"

#include "core/project/recovery_folder.h"
#include "core/session/adaptation_choice.h"
#include "core/session/grid_exports.h"
#include "core/session/image_jobs.h"
#include "core/session/paint_setting.h"
#include "core/session/project_jobs.h"
#include "core/session/session_state.h"

#include <utility>

namespace finebrush {

namespace {


ClassTable classesNamed(const std::vector<std::string>& names) {
    ClassTable table;
    for (const std::string& name : names) table.insert(table.size(), table.makeNext(name));
    return table;
}

CurrentProject::Origin originOf(const std::optional<Error>& whyCopied) {
    if (!whyCopied) return CurrentProject::Origin::File;
    const bool isShown = whyCopied->code == ErrorCode::ProjectInUseReadOnly;
    return isShown ? CurrentProject::Origin::ReadOnlyCopy : CurrentProject::Origin::FreshCopy;
}

}  // namespace

Session::Session(Dependencies dependencies) : state_(std::make_unique<State>(std::move(dependencies))) {
    state_->current.startNew(classesNamed(kDefaultClassNames));
}

Session::~Session() = default;

// ---- project ----

void Session::newProject(const std::vector<std::string>& classNames) {
    finishPainting();
    state_->replaceProject([&] { state_->current.startNew(classesNamed(classNames)); });
}

void Session::openProject(const std::filesystem::path& path) {
    const std::filesystem::path file = normalised(path);
    if (file == state_->current.filePath()) return;
    state_->jobs.run<OpenedProject>(
        [file, copy = newRecoveryPath(state_->current.recoveryFolder())](const std::stop_token&) {
            return openProjectOrCopy(file, copy);
        },
        [this](Result<OpenedProject> project) {
            if (!project) {
                state_->observer(Notice{project.error()});
                return;
            }
            finishPainting();
            const auto origin = originOf(project->whyCopied);
            state_->replaceProject([&] { state_->current.adopt(std::move(project->opened), origin); });
            if (project->whyCopied) state_->observer(Notice{*project->whyCopied});
        });
}

void Session::importFolder(const std::filesystem::path& folder) {
    state_->jobs.run<ImportedFolder>(
        [folder = normalised(folder)](const std::stop_token& stop) {
            return importLabelledFolder(folder, stop);
        },
        [this](Result<ImportedFolder> imported) {
            if (!imported) {
                state_->observer(Notice{imported.error()});
                return;
            }
            finishPainting();
            const bool isNamed = imported->classes.size() > 0;
            state_->replaceProject([&] {
                state_->current.startNew(isNamed ? imported->classes : classesNamed(kDefaultClassNames));
                for (ImportedFolder::Image& image : imported->images) {
                    state_->project().addImage(std::move(image.record), std::move(image.labels));
                }
            });
            for (const Error& problem : imported->problems) state_->observer(Notice{problem});
        });
}

void Session::saveProjectAs(const std::filesystem::path& path) {
    finishPainting();
    state_->current.saveAs(normalised(path));
}

std::filesystem::path Session::projectPath() const {
    return state_->current.isInRecoveryFolder() ? std::filesystem::path() : state_->current.filePath();
}

std::filesystem::path Session::copiedFrom() const {
    return state_->current.copiedFrom();
}

bool Session::isReadOnly() const {
    return state_->current.isReadOnly();
}

std::vector<std::filesystem::path> Session::recoverableProjects() const {
    return state_->current.recoverable();
}

void Session::discardRecoverable(const std::filesystem::path& path) {
    state_->current.discardRecoverable(path);
}

bool Session::isDurable() const {
    return state_->current.isDurable();
}

// ---- images ----

void Session::addImages(const std::vector<std::filesystem::path>& paths) {
    if (!state_->mayEdit()) return;
    state_->shelf.add(paths);
}

void Session::showSlice(const SliceAddress& slice) {
    finishPainting();
    state_->shelf.showSlice(slice);
}

void Session::removeImage(const ImageId& id) {
    if (!state_->mayEdit()) return;
    finishPainting();
    state_->announce(state_->project().removeImage(id));
}

void Session::showImage(const ImageId& id) {
    finishPainting();
    state_->shelf.show(id);
}

void Session::previewDisplay(const DisplayMapping& display) {
    state_->shelf.previewDisplay(display);
}

void Session::setDisplay(const DisplayMapping& display) {
    state_->shelf.setDisplay(display);
}

void Session::locateImages(const std::filesystem::path& folder) {
    state_->shelf.locate(normalised(folder));
}

const std::vector<ImageEntry>& Session::images() const {
    return state_->shelf.entries();
}

std::shared_ptr<const OpenedImage> Session::shownImage() const {
    return state_->shelf.shown();
}

void Session::wantTiles(std::vector<TileAddress> tiles) {
    state_->tiles.want(shownImage(), std::move(tiles));
}

std::optional<PixelBuffer> Session::pixelAt(int x, int y) {
    return state_->tiles.pixelAt(shownImage(), x, y);
}

void Session::setSeen(const RectInImage& rect) {
    state_->engine.viewMoved(rect);
}

void Session::stopOverviews() {
    state_->shelf.stopOverviews();
}

// ---- labels ----

const LabelMap& Session::labels() const {
    static const LabelMap none;
    const auto shown = shownImage();
    const ProjectImage* image = shown ? state_->project().image(shown->id) : nullptr;
    return image ? image->labels : none;
}

PaintRule Session::paintRule() const {
    return {classes(), paintsOnlyUnlabelled()};
}

bool Session::paintsOnlyUnlabelled() const {
    return finebrush::paintsOnlyUnlabelled(state_->project());
}

void Session::setPaintsOnlyUnlabelled(bool only) {
    state_->project().setSetting(kOnlyUnlabelledKey, only ? "1" : "");
}

void Session::beginStroke(uint8_t value, double diameter, PointInImage point) {
    if (!state_->mayEdit()) return;
    finishPainting();
    const auto shown = shownImage();
    if (!shown || !state_->project().image(shown->id)) return;
    const RectInImage rect = state_->project().beginStroke(shown->id, value, diameter, point, paintRule());
    state_->observer(LabelsChanged{shown->id, rect});
}

void Session::extendStroke(PointInImage point, std::optional<double> diameter) {
    if (!state_->project().isPainting()) return;
    const RectInImage rect = state_->project().extendStroke(point, diameter);
    if (!rect.isEmpty()) state_->observer(LabelsChanged{state_->project().paintedImage(), rect});
}

void Session::previewFill(const PixelRegion& region, uint8_t value) {
    const auto shown = shownImage();
    if (!shown || !state_->project().image(shown->id) || !state_->mayEdit()) return;
    if (state_->project().isPainting() && state_->project().paintedImage() != shown->id) finishPainting();
    const RectInImage rect = state_->project().previewFill(shown->id, region, value, paintRule());
    if (!rect.isEmpty()) state_->observer(LabelsChanged{shown->id, rect});
}

void Session::fill(const PixelRegion& region, uint8_t value) {
    finishPainting();
    previewFill(region, value);
    finishPainting();
}

void Session::finishPainting() {
    state_->finishPainting();
}

void Session::cancelPainting() {
    if (state_->project().isPainting()) state_->announce(state_->project().cancelPainting());
}

void Session::copyLabelsFromPrevious() {
    if (state_->mayEdit()) state_->propagation.copyFromPrevious();
}

void Session::copyLabelsFromNext() {
    if (state_->mayEdit()) state_->propagation.copyFromNext();
}

void Session::interpolateSlices() {
    if (state_->mayEdit()) state_->propagation.interpolate();
}

SuperpixelMaker& Session::superpixels() {
    return state_->superpixels;
}

// ---- labels and classes of other programs ----

void Session::importLabels(const std::vector<std::filesystem::path>& paths) {
    if (!state_->mayEdit()) return;
    std::vector<std::filesystem::path> files;
    for (const std::filesystem::path& path : paths) files.push_back(normalised(path));
    state_->importer.importLabels(files);
}

void Session::importClasses(const std::filesystem::path& file) {
    if (!state_->mayEdit()) return;
    state_->importer.importClasses(normalised(file));
}

void Session::exportClasses(const std::filesystem::path& file) {
    state_->importer.exportClasses(normalised(file));
}

// ---- classes ----

const ClassTable& Session::classes() const {
    return state_->project().classes();
}

void Session::addClass(const std::string& name) {
    if (!state_->mayEdit()) return;
    finishPainting();
    state_->announce(state_->project().addClass(name));
}

void Session::updateClass(const LabelClass& entry) {
    const LabelClass* known = classes().find(entry.id);
    LabelClass asVisible = entry;
    if (known) asVisible.visible = known->visible;
    const bool onlyLooks = known && asVisible == *known;
    if (!onlyLooks && !state_->mayEdit()) return;
    finishPainting();
    state_->announce(state_->project().updateClass(entry));
}

void Session::removeClass(const ClassId& id, const std::optional<ClassId>& heir) {
    if (!state_->mayEdit()) return;
    finishPainting();
    state_->announce(state_->project().removeClass(id, heir));
}

bool Session::hasLabels(const ClassId& id) const {
    return state_->project().hasLabels(id);
}

// ---- undo ----

bool Session::canUndo() const {
    return state_->project().canUndo();
}

bool Session::canRedo() const {
    return state_->project().canRedo();
}

void Session::undo() {
    if (!state_->mayEdit()) return;
    finishPainting();
    state_->announce(state_->project().undo());
}

void Session::redo() {
    if (!state_->mayEdit()) return;
    finishPainting();
    state_->announce(state_->project().redo());
}

// ---- adaptation ----

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
    const messages::Prediction* newest = shown ? prediction(shown->id) : nullptr;
    return newest && newest->mask.size == labels().size();
}

bool Session::canExportAdapter() const {
    const auto& run = state_->project().lastRun();
    return run && !run->outcome.adapter.empty();
}

messages::AdaptationSettings Session::adaptationChoice() const {
    return adaptationChoiceOf(state_->project());
}

void Session::chooseAdaptation(const messages::AdaptationSettings& settings) {
    const bool isOtherModel = settings.model != adaptationChoice().model;
    state_->project().setSetting(kAdaptationChoiceKey, encodeAdaptationChoice(settings));
    if (isOtherModel) state_->engine.useChosenModel();
}

const std::vector<ModelEntry>& Session::models() const {
    return state_->engine.models().entries();
}

void Session::describeModels(const std::vector<std::string>& files) {
    state_->engine.describeModels(files);
}

void Session::adapt(const messages::AdaptationSettings& settings) {
    if (!state_->mayEdit()) return;
    finishPainting();
    state_->engine.adapt(settings);
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

const messages::Prediction* Session::prediction(const ImageId& id) const {
    return state_->project().prediction(id).get();
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
    Project& project = state_->project();
    const auto cells = predictedCells(id);
    state_->announce(cells ? project.acceptPrediction(id, *cells, alsoOverPainted)
                           : project.acceptPrediction(id, alsoOverPainted));
}

const AdaptationRun* Session::lastRun() const {
    const auto& run = state_->project().lastRun();
    return run ? &*run : nullptr;
}

const std::vector<messages::StepMetrics>& Session::metrics() const {
    return state_->engine.metrics();
}

MaskPrompter& Session::prompter() {
    return state_->prompter;
}

const MaskPrompter& Session::prompter() const {
    return state_->prompter;
}

// ---- export ----

void Session::exportMasks(const std::filesystem::path& folder) {
    finishPainting();
    state_->runExport(JobFinished::Kind::ExportedMasks,
                      [input = state_->exportInput(folder)](bool mayReplace, const auto& stop) mutable {
                          input.mayReplace = mayReplace;
                          return finebrush::exportMasks(input, stop);
                      });
}

void Session::exportOverlays(const std::filesystem::path& folder, double opacity) {
    finishPainting();
    state_->runExport(JobFinished::Kind::ExportedOverlays, [input = state_->exportInput(folder), opacity](
                                                               bool mayReplace, const auto& stop) mutable {
        input.mayReplace = mayReplace;
        return finebrush::exportOverlays(input, opacity, stop);
    });
}

void Session::exportCoco(const std::filesystem::path& file) {
    finishPainting();
    const std::filesystem::path target = normalised(file);
    state_->runExport(JobFinished::Kind::ExportedCoco,
                      [input = state_->exportInput(target.parent_path()), target](bool, const auto&) {
                          return finebrush::exportCoco(input, target);
                      });
}

void Session::exportLabelme(const std::filesystem::path& folder) {
    finishPainting();
    state_->runExport(JobFinished::Kind::ExportedLabelme,
                      [input = state_->exportInput(folder)](bool mayReplace, const auto& stop) mutable {
                          input.mayReplace = mayReplace;
                          return finebrush::exportLabelme(input, stop);
                      });
}

void Session::exportOnGrid(const std::filesystem::path& folder, GridFormat format) {
    finishPainting();
    state_->runExport(JobFinished::Kind::ExportedOnGrid, [input = state_->exportInput(folder), format](
                                                             bool mayReplace, const auto& stop) mutable {
        input.mayReplace = mayReplace;
        return finebrush::exportOnGrid(input, format, stop);
    });
}

bool Session::canExportOnGrid(GridFormat format) const {
    const auto shown = shownImage();
    return shown && fits(format, *shown);
}

void Session::exportAdapter(const std::filesystem::path& folder) {
    const auto& run = state_->project().lastRun();
    state_->runExport(
        JobFinished::Kind::ExportedAdapter,
        [files = run ? run->outcome.adapter : messages::AdapterFiles(), folder = normalised(folder)](
            bool mayReplace, const auto&) { return finebrush::exportAdapter(files, folder, mayReplace); });
}

}  // namespace finebrush
