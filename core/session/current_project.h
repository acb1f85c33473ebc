#pragma once

#include "core/project/project.h"
#include "core/project/project_store.h"
#include "core/session/owner_thread.h"
#include "core/session/worker.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace finebrush {

/// The project that is open, the store that writes it, and where it lives. Owner's thread; nothing blocks,
/// since stores of earlier projects are closed by a worker.
class CurrentProject {
  public:
    struct Events {
        std::function<void()> durabilityChanged;  ///< or why it is not durable, or whether it is being saved
        std::function<void(const Error&)> failed;
        std::function<void(const std::filesystem::path&)> saved;
        std::function<void(const ProjectEffect&)> undone;  ///< what waited for older edits
    };

    /// `closer` must outlive this.
    CurrentProject(OwnerThread::Post post, std::filesystem::path recoveryFolder, Worker& closer,
                   Events events);
    /// Writes what is pending. Blocks.
    ~CurrentProject();

    /// Goes on with a new project in the recovery folder.
    void startNew(ClassTable classes);
    /// What a project that was opened is: its own file, or a copy that was made just now. A fresh copy leaves
    /// no file until it is changed, and one that is only to be looked at never does.
    enum class Origin { File, FreshCopy, ReadOnlyCopy };
    /// Goes on with one that was opened.
    void adopt(ProjectDatabase::Opened opened, Origin origin);

    Project& project() { return *project_; }
    const Project& project() const { return *project_; }
    /// Counts the projects of this session: tells whether the outcome of a job is of the project of now.
    uint64_t generation() const { return generation_; }

    /// The file of now, which may lie in the recovery folder.
    const std::filesystem::path& filePath() const { return path_; }
    const std::filesystem::path& recoveryFolder() const { return recoveryFolder_; }
    bool isInRecoveryFolder() const { return isInRecovery(path_); }
    bool isDurable() const;
    /// True while something is pending that a person would miss.
    bool hasUnsavedWork() const { return leavesFile() && !isDurable(); }
    /// Why what is pending cannot be written; nothing while all goes well.
    std::optional<Error> saveProblem() const { return store_->problem(); }
    /// True for a copy that is only to be looked at, until it is saved.
    bool isReadOnly() const { return isReadOnly_; }
    /// The file that this project is a copy of, until it is saved; empty for any other.
    std::filesystem::path copiedFrom() const;
    /// Ends in `saved` or `failed`. The file that this is a copy of is never replaced. Where the file of now
    /// cannot be read any more, what is in memory is saved. While one save goes on, the newest further one
    /// waits.
    void saveAs(const std::filesystem::path& target);
    /// True from `saveAs` to its end.
    bool isSaving() const { return saves_.current.has_value(); }

    /// Reads a run before the last one from the file. Ends in `done`, but where another project was opened.
    void readEarlierRun(int64_t number, std::function<void(Result<AdaptationRun>)> done);

    /// Where the engine saves a training of this project while it runs: in the recovery folder, under a name
    /// that the project keeps wherever it is saved.
    std::filesystem::path trainingPath();
    /// Whether an engine left one there that did not come to its end.
    bool hasInterruptedTraining() const;

    /// Deletes a project in the recovery folder that is not this one, soon. Ends in `failed` where another
    /// window has it open (ProjectInUse).
    void discardRecoverable(const std::filesystem::path& path);

  private:
    ProjectStore::Events storeEvents();
    Project::Recorder recorder();
    bool isInRecovery(const std::filesystem::path& path) const;
    /// False for what nobody would miss: a project in the recovery folder that holds no work, or a copy as it
    /// was made.
    bool leavesFile() const;
    void onSavedAs(const Result<std::filesystem::path>& outcome);
    void onDamaged(const Error& damage);
    /// Goes on in a copy that is made of what is in memory; the file of now stays as it is.
    void goOnFromMemory();
    /// Reads older edits of the journal for the project of now.
    void askForOlder(int64_t first, int64_t last);
    void onOlder(const Result<EditList>& edits);
    /// Hands the store of now to the closer; a project without work that was never saved leaves no file.
    void release();
    void closeStore(std::shared_ptr<ProjectStore>& store, const std::filesystem::path& path, bool leavesFile);

    std::filesystem::path recoveryFolder_;
    Worker& closer_;
    Events events_;
    OwnerThread owner_;
    uint64_t generation_ = 0;
    uint64_t storeGeneration_ = 0;
    std::filesystem::path path_;
    std::shared_ptr<ProjectStore> store_;
    std::unique_ptr<Project> project_;
    /// Where this project is being saved to, and where the newest save that waits for that goes.
    struct Saves {
        std::optional<std::filesystem::path> current;
        std::optional<std::filesystem::path> next;
    };
    Saves saves_;
    bool isRescued_ = false;    ///< what is being saved, from memory
    bool isUntouched_ = false;  ///< since it was made
    bool isReadOnly_ = false;
};

}  // namespace finebrush
