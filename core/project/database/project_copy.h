#pragma once

#include "core/base/result.h"
#include "core/project/database/project_database.h"
#include "core/project/database/project_write.h"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace finebrush {

/// A consistent copy of a project that comes about beside its target, a slice at a time, and takes its place
/// when it is whole. The source may be written between two slices, also by a transaction that fails: what was
/// copied already follows it. Where no copy comes of it, nothing is left, and the target is as it was. One
/// thread at a time, that of the source.
class ProjectCopy {
  public:
    static constexpr int kPagesPerSlice = 512;  ///< 2 MiB

    /// Copies nothing yet. `source` (null: an empty project) must stay in its place until this is gone.
    /// Errors: FileNotWritable, DiskFull, ProjectInUse where the target is open.
    static Result<std::unique_ptr<ProjectCopy>> begin(ProjectDatabase* source, std::filesystem::path target,
                                                      int pagesPerSlice = kPagesPerSlice);
    ~ProjectCopy();
    ProjectCopy(const ProjectCopy&) = delete;
    ProjectCopy& operator=(const ProjectCopy&) = delete;

    /// Copies the next slice, or waits for a moment for what a thread of its own does with all of them: it
    /// brings them to the disk, checks them and finds the images. True where only `finish` is left. After an
    /// error there is nothing more to do. Errors: DiskFull, FileNotWritable, and FileNotReadable of the
    /// source, also where that turns out to be damaged.
    Result<bool> step();
    /// What was committed to the source since `begin`.
    void committed(ProjectWrites writes);
    /// Adds further writes, puts the copy in the place of what is there, and opens it; where only that fails
    /// it stays. Errors: as `ProjectDatabase::write` and `create` of the target, ProjectInUse.
    Result<ProjectDatabase> finish(std::span<const ProjectWrites> further);

    const std::filesystem::path& target() const { return target_; }

  private:
    ProjectCopy(ProjectDatabase* source, std::filesystem::path target, int pagesPerSlice);
    Result<void> open();
    Result<void> copySlice();
    Result<bool> settle();
    /// Any thread; errors name the temporary file.
    static Result<ProjectDatabase> settled(const std::filesystem::path& temporary,
                                           const std::optional<std::filesystem::path>& source);
    Result<void> complete(std::span<const ProjectWrites> further);
    Result<void> placeOverTarget();
    /// The error with the target's name.
    Error ofTarget(Error error) const;

    ProjectDatabase* source_;
    std::optional<std::filesystem::path> sourcePath_;
    std::filesystem::path target_;
    std::filesystem::path temporary_;
    int pagesPerSlice_;
    std::unique_ptr<SQLite::Database> filled_;
    std::unique_ptr<SQLite::Backup> backup_;  ///< null once it has all pages
    std::vector<ProjectWrites> later_;        ///< what was committed since then
    std::future<Result<ProjectDatabase>> settled_;
    std::optional<ProjectDatabase> whole_;
};

}  // namespace finebrush
