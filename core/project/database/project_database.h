#pragma once

#include "core/base/result.h"
#include "core/project/database/project_lock.h"
#include "core/project/database/project_write.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>

namespace finebrush {

/// A project file: one SQLite database, held exclusively while it is open, so that a second window finds it
/// in use; the lock goes with the process, whatever ends it. A commit is on the disk when `write` returns
/// (WAL, synchronous=FULL). All functions block. One thread at a time.
///
/// Nothing else in the process should open and close this file: POSIX drops a process's locks with any
/// descriptor, and only `ProjectLock` is left then.
class ProjectDatabase {
  public:
    struct Opened;

    ProjectDatabase(ProjectDatabase&& other) noexcept = default;
    /// Closes its own file before that may be locked by others.
    ProjectDatabase& operator=(ProjectDatabase&& other) noexcept;

    /// Makes a file that is not there yet, and its folder. Errors: FileNotWritable, DiskFull, ProjectInUse.
    static Result<ProjectDatabase> create(const std::filesystem::path& path);
    /// Up to this size the structure of a file is checked when it is opened; that of a larger one later.
    static constexpr int64_t kCheckedAtOnce = int64_t{64} << 20;
    /// Opens, checks and reads a project. A file that is refused is not altered.
    /// Errors: FileMissing, NotARegularFile, FileNotWritable, ProjectMalformed, ProjectTooNew, ProjectInUse,
    /// DiskFull.
    static Result<Opened> open(const std::filesystem::path& path, int64_t checkedAtOnce = kCheckedAtOnce);

    const std::filesystem::path& path() const { return path_; }

    /// False for a large file of which SQLite has not seen every page yet.
    bool isChecked() const { return isChecked_; }
    /// Lets SQLite look at every page, which counts as done but where it was interrupted; then false. Errors:
    /// ProjectMalformed, FileNotWritable. A file that was found to be damaged is left as it is when it is
    /// closed, with its log beside it.
    Result<bool> check();
    /// Ends `check` soon. Any thread.
    void interruptCheck();

    /// Commits all writes in one transaction, or none. Errors: DiskFull, FileNotWritable, FileMissing where
    /// the file was moved or deleted meanwhile, Internal where a write itself cannot be stored (more bytes
    /// than SQLite takes).
    Result<void> write(std::span<const ProjectWrites> writes);

    /// Older edits of the journal, none of them undone. Errors: ProjectMalformed, FileNotReadable.
    Result<EditList> edits(int64_t first, int64_t last);

    /// A run before the last one, with its metrics and, where that is kept, its adapter. Errors:
    /// ProjectMalformed, FileNotWritable.
    Result<AdaptationRun> earlierRun(int64_t number);

  private:
    friend class ProjectCopy;

    /// Tells one file from another under the same path.
    struct FileIdentity {
        uint64_t device = 0;
        uint64_t inode = 0;
        bool operator==(const FileIdentity&) const = default;
    };
    static std::optional<FileIdentity> identityOf(const std::filesystem::path& path);

    ProjectDatabase(std::filesystem::path path, ProjectLock lock, std::unique_ptr<SQLite::Database> database,
                    bool isChecked = true);
    Error errorOf(const SQLite::Exception& problem);

    std::filesystem::path path_;
    ProjectLock lock_;  // before the database, so that it goes after it
    std::unique_ptr<SQLite::Database> database_;
    std::optional<FileIdentity> identity_;
    bool isChecked_ = true;
};

struct ProjectDatabase::Opened {
    ProjectDatabase database;
    ProjectContents contents;
};

/// True where another connection, of this process or another, holds the project. Blocks shortly.
bool isProjectInUse(const std::filesystem::path& path);

/// Deletes a project file that is not open, with SQLite's files beside it.
void deleteProjectFile(const std::filesystem::path& path);
/// The same, but for one that is open: false then. Blocks shortly.
bool discardProject(const std::filesystem::path& path);

}  // namespace finebrush
