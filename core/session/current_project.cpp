#include "core/session/current_project.h"

#include "core/base/files.h"
#include "core/base/uuid.h"
#include "core/project/project_work.h"
#include "core/project/recovery_folder.h"

#include <algorithm>
#include <utility>

namespace finebrush {

namespace {

constexpr char kTrainingKey[] = "training_file";
constexpr std::chrono::hours kTrainingAge{24 * 30};

/// A store that is to be closed, wherever the last of it goes: also by a worker that ends before its turn.
struct Closing {
    std::shared_ptr<ProjectStore> store;
    std::filesystem::path path;
    bool leavesFile = true;

    Closing(std::shared_ptr<ProjectStore> closed, std::filesystem::path file, bool leaves)
        : store(std::move(closed)), path(std::move(file)), leavesFile(leaves) {}
    Closing(const Closing&) = delete;
    Closing& operator=(const Closing&) = delete;
    ~Closing() {
        store.reset();
        if (!leavesFile) deleteProjectFile(path);
    }
};

/// Which image is shown is no work that could be lost.
bool isOfLooking(const ProjectWrite& write) {
    const auto* setting = std::get_if<SettingWrite>(&write);
    return setting && setting->key != kAdaptationChoiceKey;
}

}  // namespace

CurrentProject::CurrentProject(OwnerThread::Post post, std::filesystem::path recoveryFolder, Worker& closer,
                               Events events)
    : recoveryFolder_(std::move(recoveryFolder)),
      closer_(closer),
      events_(std::move(events)),
      owner_(std::move(post)) {
    closer_.run<void>(
        [folder = recoveryFolder_](const std::stop_token&) -> Result<void> {
            removeOldTrainings(folder, kTrainingAge);
            return {};
        },
        [](const Result<void>&) {});
}

CurrentProject::~CurrentProject() {
    const bool leaves = !project_ || leavesFile();
    store_.reset();
    if (!leaves) deleteProjectFile(path_);
}

void CurrentProject::startNew(ClassTable classes) {
    release();
    ++generation_;
    path_ = newRecoveryPath(recoveryFolder_);
    isUntouched_ = false;
    isReadOnly_ = false;
    store_ = std::make_shared<ProjectStore>(path_, storeEvents());
    project_ = std::make_unique<Project>(Project::create(std::move(classes), recorder()));
}

void CurrentProject::adopt(ProjectDatabase::Opened opened, Origin origin) {
    release();
    ++generation_;
    path_ = opened.database.path();
    store_ = std::make_shared<ProjectStore>(std::move(opened.database), storeEvents());
    project_ = std::make_unique<Project>(std::move(opened.contents), recorder());
    project_->setOlderEdits([this](int64_t first, int64_t last) { askForOlder(first, last); });
    isUntouched_ = origin != Origin::File;
    isReadOnly_ = origin == Origin::ReadOnlyCopy;
}

std::filesystem::path CurrentProject::copiedFrom() const {
    return isInRecoveryFolder() ? pathFromUtf8(project_->setting(kCopiedFromKey)) : std::filesystem::path();
}

bool CurrentProject::leavesFile() const {
    return !isInRecoveryFolder() || (holdsWork(*project_) && !isUntouched_ && !isReadOnly_);
}

bool CurrentProject::isDurable() const {
    return store_->isDurable() && !project_->isPainting();
}

void CurrentProject::saveAs(const std::filesystem::path& target) {
    std::error_code problem;
    if (std::filesystem::equivalent(target, copiedFrom(), problem)) {
        events_.failed({ErrorCode::ProjectOverOriginal, {utf8(target)}, {}});
        return;
    }
    const bool isOwn = std::filesystem::equivalent(target, path_, problem);
    if (saves_.current) {  // that will have all of this project
        if (target != *saves_.current && !isOwn) saves_.next = target;
        return;
    }
    saves_.current = target;
    isRescued_ = false;
    if (isOwn) {
        store_->saveNow();  // it is written as it is edited
    } else {
        store_->saveAs(target);
    }
}

void CurrentProject::readEarlierRun(int64_t number, std::function<void(Result<AdaptationRun>)> done) {
    store_->read([this, number, done = std::move(done), file = path_, generation = generation_,
                  post = owner_.poster()](ProjectDatabase* database) {
        auto run = std::make_shared<Result<AdaptationRun>>(failure(ErrorCode::FileMissing, {utf8(file)}));
        if (database) *run = database->earlierRun(number);
        post([this, run, done, generation] {
            if (generation == generation_) done(std::move(*run));
        });
    });
}

std::filesystem::path CurrentProject::trainingPath() {
    if (!isUuid(project_->setting(kTrainingKey))) project_->setSetting(kTrainingKey, randomUuid());
    return recoveryFolder_ / (project_->setting(kTrainingKey) + kTrainingExtension);
}

bool CurrentProject::hasInterruptedTraining() const {
    const std::string name = project_->setting(kTrainingKey);
    std::error_code ignored;
    return isUuid(name) && std::filesystem::exists(recoveryFolder_ / (name + kTrainingExtension), ignored);
}

void CurrentProject::discardRecoverable(const std::filesystem::path& path) {
    if (path == path_ || !isInRecovery(path)) return;
    closer_.run<void>(
        [path](const std::stop_token&) -> Result<void> {
            if (!discardProject(path)) return failure(ErrorCode::ProjectInUse, {utf8(path)});
            return {};
        },
        [this](const Result<void>& discarded) {
            if (!discarded) events_.failed(discarded.error());
        });
}

ProjectStore::Events CurrentProject::storeEvents() {
    const uint64_t generation = ++storeGeneration_;
    ProjectStore::Events events;
    const OwnerThread::Post post = owner_.poster();
    events.durable = [this, post, generation] {
        post([this, generation] {
            if (generation == storeGeneration_) events_.durabilityChanged();
        });
    };
    // Also of a project that is being closed: that is when lost work would go unnoticed.
    events.failed = [this, post](const Error& error) {
        post([this, error] {
            events_.failed(error);
            events_.durabilityChanged();
        });
    };
    events.damaged = [this, post, generation](const Error& error) {
        post([this, generation, error] {
            if (generation == storeGeneration_) onDamaged(error);
        });
    };
    events.savedAs = [this, post, generation](const Result<std::filesystem::path>& outcome) {
        post([this, generation, outcome] {
            if (generation == storeGeneration_) onSavedAs(outcome);
        });
    };
    return events;
}

Project::Recorder CurrentProject::recorder() {
    return [this](ProjectWrites writes) {
        isUntouched_ = isUntouched_ && std::ranges::all_of(writes, isOfLooking);
        store_->enqueue(std::move(writes));
    };
}

bool CurrentProject::isInRecovery(const std::filesystem::path& path) const {
    return path.parent_path() == recoveryFolder_;
}

void CurrentProject::onSavedAs(const Result<std::filesystem::path>& outcome) {
    const std::filesystem::path target = saves_.current.value_or(path_);
    // A second time it is the target that does not give back what was written.
    if (!outcome && outcome.error().code == ErrorCode::FileNotReadable && !std::exchange(isRescued_, true)) {
        goOnFromMemory();
        store_->saveAs(target);
        return;
    }
    saves_.current.reset();
    if (outcome) {
        const std::filesystem::path former = std::exchange(path_, *outcome);
        isReadOnly_ = false;
        if (former != path_ && isInRecovery(former)) deleteProjectFile(former);
        events_.saved(path_);
    } else {
        events_.failed(outcome.error());
    }
    events_.durabilityChanged();
    if (const auto next = std::exchange(saves_.next, std::nullopt)) saveAs(*next);
}

void CurrentProject::onDamaged(const Error& damage) {
    const std::filesystem::path damaged = path_;
    std::error_code problem;
    if (saves_.current && std::filesystem::equivalent(*saves_.current, damaged, problem))
        saves_.current.reset();
    if (!saves_.current) saves_.current = std::exchange(saves_.next, std::nullopt);
    goOnFromMemory();
    if (saves_.current) store_->saveAs(*saves_.current);
    events_.failed({ErrorCode::ProjectDamagedCopied, {utf8(damaged)}, damage.arguments.back()});
    events_.durabilityChanged();
}

void CurrentProject::goOnFromMemory() {
    const std::filesystem::path former = std::exchange(path_, newRecoveryPath(recoveryFolder_));
    ProjectWrites all = project_->startAgain();
    closeStore(store_, former, true);
    store_ = std::make_shared<ProjectStore>(path_, storeEvents());
    store_->enqueue(std::move(all));
    project_->setSetting(kCopiedFromKey, utf8(former));
    isUntouched_ = false;
}

void CurrentProject::askForOlder(int64_t first, int64_t last) {
    store_->readOlder(first, last,
                      [this, post = owner_.poster(), generation = storeGeneration_](Result<EditList> edits) {
                          post([this, generation, edits = std::move(edits)] {
                              if (generation == storeGeneration_) onOlder(edits);
                          });
                      });
}

void CurrentProject::onOlder(const Result<EditList>& edits) {
    const std::optional<Result<ProjectEffect>> undone = project_->takeOlder(edits);
    if (!undone) return events_.durabilityChanged();  // it may be possible again to undo
    if (!*undone) events_.failed(undone->error());
    events_.undone(undone->value_or(ProjectEffect()));
}

void CurrentProject::release() {
    if (!store_) return;
    const bool leaves = leavesFile();
    saves_ = {};
    project_.reset();
    closeStore(store_, path_, leaves);
}

void CurrentProject::closeStore(std::shared_ptr<ProjectStore>& store, const std::filesystem::path& path,
                                bool leavesFile) {
    auto closing = std::make_shared<Closing>(std::exchange(store, nullptr), path, leavesFile);
    closer_.run<void>(
        [closing = std::move(closing)](const std::stop_token&) mutable -> Result<void> {
            closing.reset();
            return {};
        },
        [](const Result<void>&) {});
}

}  // namespace finebrush
