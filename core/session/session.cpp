#include "core/session/session.h"

#include "core/project/recovery_folder.h"
#include "core/session/labels/labelled_folder.h"
#include "core/session/project_jobs.h"
#include "core/session/session_state.h"

#include <utility>

namespace finebrush {

namespace {

/// Those of a project of which nothing else is said.
ClassTable firstClasses(const ClassNaming& naming) {
    ClassTable table;
    for (const uint8_t value : {0, 1}) table.insert(table.size(), table.makeNext(naming.nameOf(value)));
    return table;
}

CurrentProject::Origin originOf(const std::optional<Error>& whyCopied) {
    if (!whyCopied) return CurrentProject::Origin::File;
    const bool isShown = whyCopied->code == ErrorCode::ProjectInUseReadOnly;
    return isShown ? CurrentProject::Origin::ReadOnlyCopy : CurrentProject::Origin::FreshCopy;
}

}  // namespace

Session::Session(Dependencies dependencies) : state_(std::make_unique<State>(std::move(dependencies))) {
    state_->current.startNew(firstClasses(state_->importer.naming()));
}

Session::~Session() = default;

// ---- project ----

void Session::setClassNaming(ClassNaming naming) {
    state_->importer.setNaming(std::move(naming));
}

void Session::newProject() {
    finishPainting();
    state_->replaceProject([&] { state_->current.startNew(firstClasses(state_->importer.naming())); });
}

void Session::openProject(const std::filesystem::path& path) {
    const std::filesystem::path file = normalised(path);
    if (state_->isOpen(file)) return state_->observer(ProjectChanged{});
    if (state_->isOpening(file)) return;
    state_->opening.push_back(file);
    state_->jobs.run<OpenedProject>(
        [file, copy = newRecoveryPath(state_->current.recoveryFolder())](const std::stop_token&) {
            return openProjectOrCopy(file, copy);
        },
        [this, file](Result<OpenedProject> project) {
            std::erase(state_->opening, file);
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
    state_->stoppable.run<ImportedFolder>(
        state_->jobs, StoppableJobs::Kind::Import,
        [folder = normalised(folder), memory = state_->shelf.memory(), naming = state_->importer.naming()](
            const std::stop_token& stop) { return importLabelledFolder(folder, memory, naming, stop); },
        [this](Result<ImportedFolder> imported, bool wasStopped) {
            if (wasStopped) return state_->observer(JobFinished{JobFinished::Kind::StoppedImport, {}});
            if (!imported) {
                state_->observer(Notice{imported.error()});
                return;
            }
            finishPainting();
            const bool isNamed = imported->classes.size() > 0;
            state_->replaceProject([&] {
                state_->current.startNew(isNamed ? imported->classes
                                                 : firstClasses(state_->importer.naming()));
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

void Session::findRecoverable() {
    state_->jobs.run<RecoverableFound>(
        [folder = state_->current.recoveryFolder(), own = state_->current.filePath()](const std::stop_token&)
            -> Result<RecoverableFound> { return RecoverableFound{abandonedProjects(folder, own)}; },
        [this](Result<RecoverableFound> found) {
            state_->observer(found ? std::move(*found) : RecoverableFound{});
        });
}

void Session::discardRecoverable(const std::filesystem::path& path) {
    state_->current.discardRecoverable(path);
}

bool Session::isDurable() const {
    return state_->current.isDurable() && !state_->reviser.isWorking();
}

bool Session::hasUnsavedWork() const {
    return state_->current.hasUnsavedWork() || state_->reviser.isWorking();
}

std::optional<Error> Session::saveProblem() const {
    return state_->current.saveProblem();
}

bool Session::isSaving() const {
    return state_->current.isSaving();
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

void Session::wantPlanes(const std::vector<SliceAddress>& slices) {
    state_->planes.want(slices);
}

void Session::removeImage(const ImageId& id) {
    if (!state_->mayEdit()) return;
    finishPainting();
    state_->announce(state_->project().removeImage(id));
}

void Session::removeVolume(const ImageId& id) {
    if (!state_->mayEdit()) return;
    finishPainting();
    state_->announce(state_->project().removeVolume(id));
}

void Session::setReview(const std::vector<ImageId>& ids, ReviewState review) {
    if (!state_->mayEdit()) return;
    finishPainting();
    state_->announce(state_->project().setReview(ids, review));
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

const std::vector<ImageGroup>& Session::imageGroups() const {
    return state_->shelf.groups();
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

}  // namespace finebrush
