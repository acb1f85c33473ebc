#pragma once

#include "core/base/result.h"
#include "core/project/project_write.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <span>

namespace finebrush {

/// A project file: one SQLite database, held exclusively while it is open, so that a second window finds it
/// in use; the lock goes with the process, whatever ends it. A commit is on the disk when `write` returns
/// (WAL, synchronous=FULL). All functions block. One thread at a time.
///
/// Nothing else in the process may open and close this file: POSIX drops a process's locks with any
/// descriptor.
class ProjectDatabase {
  public:
    struct Opened;

    /// Makes a file that is not there yet, and its folder. Errors: FileNotWritable, DiskFull, ProjectInUse.
    static Result<ProjectDatabase> create(const std::filesystem::path& path);
    /// Opens, checks and reads a project. A file that is refused is not altered.
    /// Errors: FileMissing, NotARegularFile, FileNotWritable, ProjectMalformed, ProjectTooNew, ProjectInUse,
    /// DiskFull.
    static Result<Opened> open(const std::filesystem::path& path);

    const std::filesystem::path& path() const { return path_; }

    /// Commits all writes in one transaction, or none. Errors: DiskFull, FileNotWritable, FileMissing where
    /// the file was moved or deleted meanwhile, Internal where a write itself cannot be stored (more bytes
    /// than SQLite takes).
    Result<void> write(std::span<const ProjectWrites> writes);

    /// Older edits of the journal, none of them undone. Errors: ProjectMalformed, FileNotWritable.
    Result<EditList> edits(int64_t first, int64_t last);

    /// Puts a consistent copy of a project (null: of an empty one) with further writes at `target`, over what
    /// is there, and opens it. On failure the target is as it was. Errors: as `create`, and ProjectInUse
    /// where the target is open elsewhere.
    static Result<ProjectDatabase> copy(ProjectDatabase* source, std::span<const ProjectWrites> further,
                                        const std::filesystem::path& target);

  private:
    /// Tells one file from another under the same path.
    struct FileIdentity {
        uint64_t device = 0;
        uint64_t inode = 0;
        bool operator==(const FileIdentity&) const = default;
    };
    static std::optional<FileIdentity> identityOf(const std::filesystem::path& path);

    ProjectDatabase(std::filesystem::path path, std::unique_ptr<SQLite::Database> database);
    static Result<void> fillCopy(ProjectDatabase* source, std::span<const ProjectWrites> further,
                                 const std::filesystem::path& temporary);

    std::filesystem::path path_;
    std::unique_ptr<SQLite::Database> database_;
    std::optional<FileIdentity> identity_;
};

struct ProjectDatabase::Opened {
    ProjectDatabase database;
    ProjectContents contents;
};

/// True where another connection, of this process or another, holds the project. Blocks shortly.
bool isProjectInUse(const std::filesystem::path& path);

/// Deletes a project file that is not open, with SQLite's files beside it.
void deleteProjectFile(const std::filesystem::path& path);

}  // namespace finebrush
