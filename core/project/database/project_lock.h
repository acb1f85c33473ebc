#pragma once

#include <filesystem>
#include <optional>
#include <sys/types.h>
#include <utility>

namespace finebrush {

/// Keeps a project file for this window. SQLite's own lock does that too, but goes with any descriptor of the
/// file that the process closes; this one belongs to its own descriptor (F_OFD_SETLK) and goes with the
/// process, whatever ends it. Where the file system has no such locks or the file cannot be written, it only
/// tells the projects of this process apart. Any thread.
class ProjectLock {
  public:
    enum class Make { Nothing, File };
    /// Nothing where another window, or this process, has the project. Blocks for a moment then, since a
    /// window may be just closing.
    static std::optional<ProjectLock> take(const std::filesystem::path& path, Make make = Make::Nothing);
    /// Closes a descriptor of the file: SQLite must have closed it before.
    ~ProjectLock();
    ProjectLock(ProjectLock&& other) noexcept;
    ProjectLock& operator=(ProjectLock&& other) noexcept;

  private:
    using FileIdentity = std::pair<dev_t, ino_t>;

    ProjectLock() = default;
    ProjectLock(int descriptor, FileIdentity file) : descriptor_(descriptor), file_(file) {}
    static std::optional<ProjectLock> tryTake(const std::filesystem::path& path, Make make);

    int descriptor_ = -1;  ///< -1: there is nothing to give back
    FileIdentity file_;
};

}  // namespace finebrush
