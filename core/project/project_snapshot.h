#pragma once

#include "core/base/result.h"

#include <filesystem>

namespace finebrush {

/// A copy of a project file and of its log, deleted with the object. Where the file is cut off or its first
/// bytes are damaged, the copy is put in a form that SQLite opens.
class ProjectSnapshot {
  public:
    /// Copies while another process may be writing: what it had committed before is in the copy.
    /// Errors: FileMissing, NotARegularFile, FileNotReadable, DiskFull, FileNotWritable.
    static Result<ProjectSnapshot> of(const std::filesystem::path& path, const std::filesystem::path& folder);
    ~ProjectSnapshot();
    ProjectSnapshot(ProjectSnapshot&& other) noexcept;
    ProjectSnapshot& operator=(ProjectSnapshot&&) = delete;

    const std::filesystem::path& path() const { return path_; }
    /// Leaves the log out: it may be what is damaged.
    void deleteLog() const;
    /// Puts the first page of an empty project in the place of the copy's: it holds the schema, which is the
    /// same in every project that was made with the same program.
    void replaceFirstPage(const ProjectSnapshot& empty) const;

  private:
    explicit ProjectSnapshot(std::filesystem::path path) : path_(std::move(path)) {}

    std::filesystem::path path_;
};

}  // namespace finebrush
