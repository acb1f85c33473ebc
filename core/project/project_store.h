#pragma once

#include "core/project/database/project_copy.h"
#include "core/project/database/project_database.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace finebrush {

/// Writes a project to its file on a thread of its own, in the order in which the writes came. What waits
/// together is committed together. A failed write is kept, reported once and tried again with whatever comes
/// next; it counts as pending until a commit has succeeded. What can be stored nowhere (ErrorCode::Internal)
/// is reported and left out, so that strokes never wait for it. The structure of a large file, which was not
/// checked when it was opened, is checked when there is nothing else to do.
class ProjectStore {
  public:
    /// Called on the writer's thread.
    struct Events {
        std::function<void()> durable;             ///< nothing is pending any more
        std::function<void(const Error&)> failed;  ///< the first failure since the last success
        /// The file turned out to be damaged. Nothing more is written to it or copied from it, and what is
        /// pending stays so.
        std::function<void(const Error&)> damaged = [](const Error&) {};
        std::function<void(const Result<std::filesystem::path>&)> savedAs;
    };
    static constexpr std::chrono::milliseconds kRetryDelay{2000};
    static constexpr std::chrono::milliseconds kIdleBeforeCheck{1000};

    /// Goes on with a file that is open.
    ProjectStore(ProjectDatabase database, Events events, std::chrono::milliseconds retryDelay = kRetryDelay,
                 int pagesPerSlice = ProjectCopy::kPagesPerSlice);
    /// Makes a new file, on the writer's thread; until that succeeds everything is pending.
    ProjectStore(std::filesystem::path path, Events events,
                 std::chrono::milliseconds retryDelay = kRetryDelay,
                 int pagesPerSlice = ProjectCopy::kPagesPerSlice);
    /// Brings a copy to its end, tries once to write what is pending, closes the file and joins. Blocks.
    ~ProjectStore();

    /// Queues what one action changed. Any thread; never blocks on the disk.
    void enqueue(ProjectWrites writes);
    /// Puts a consistent copy at another place, with all that is queued by its end, and goes on there. Until
    /// then all goes on in the file of now; works where that cannot be written. Any thread; ends in
    /// `savedAs`.
    void saveAs(std::filesystem::path target);
    /// Tries once more to write what is pending, and says what came of it. Any thread; ends in `savedAs`.
    void saveNow();
    /// Reads older edits of the journal when the writer has a moment, in place of those that were wanted
    /// before. Any thread; `done` is called on the writer's. Errors: ProjectMalformed, FileNotReadable.
    void readOlder(int64_t first, int64_t last, std::function<void(Result<EditList>)> done);
    /// Lets something be read from the file, after what was queued before: on the writer's thread, null where
    /// there is no file. Any thread.
    void read(std::function<void(ProjectDatabase*)> task);
    /// True when all that was queued is committed. Any thread.
    bool isDurable() const;
    /// Why the last attempt to write failed; nothing since one succeeded. Any thread.
    std::optional<Error> problem() const;

  private:
    void run(const std::stop_token& stop);
    /// Waits for work; takes what is queued over.
    void collect(std::unique_lock<std::mutex>& lock, const std::stop_token& stop);
    void commit();
    /// Any work that comes meanwhile ends it, and it begins anew later.
    void checkFile(const std::stop_token& stop);
    bool isFileChecked() const { return isDamaged_ || !database_ || database_->isChecked(); }
    void reportDamage(const Error& error);
    /// With the lock.
    bool hasWork() const {
        return !queue_.empty() || copyTarget_ || isSaveWanted_ || reading_ || !reads_.empty();
    }
    /// Lets the writer see what is queued. With the lock.
    void wakeWriter();
    Result<void> openDatabase();
    void commitOneByOne();
    void reportFirst(const Error& error);
    void beginCopy(const std::filesystem::path& target);
    /// A slice of it, after which others have their turn.
    void goOnCopying();
    void tellSaved();
    /// Counts writes as done.
    void settle(size_t count);

    std::filesystem::path path_;
    Events events_;
    std::chrono::milliseconds retryDelay_;
    int pagesPerSlice_;

    // The writer's own.
    std::optional<ProjectDatabase> database_;
    std::unique_ptr<ProjectCopy> copy_;  // after its source
    std::vector<ProjectWrites> pending_;
    bool isDamaged_ = false;

    mutable std::mutex mutex_;
    std::condition_variable_any wake_;
    std::deque<ProjectWrites> queue_;
    std::optional<std::filesystem::path> copyTarget_;
    bool isSaveWanted_ = false;
    std::function<void()> reading_;
    std::optional<Error> problem_;
    std::vector<std::function<void(ProjectDatabase*)>> reads_;
    size_t uncommitted_ = 0;
    bool isChecking_ = false;

    std::jthread writer_;  // last: it uses all of the above
};

}  // namespace finebrush
