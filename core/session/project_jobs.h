#pragma once

#include "core/base/result.h"
#include "core/project/database/project_database.h"

#include <filesystem>
#include <optional>

/// What the workers do with project files. All functions block and may run on any thread.
namespace finebrush {

/// A project that was opened, or a copy of one that cannot be worked on where it is.
struct OpenedProject {
    ProjectDatabase::Opened opened;
    std::optional<Error> whyCopied;
};

/// Opens a project. One that is damaged, open in another window (ProjectInUseReadOnly) or on a medium that
/// cannot be written is left as it is, and what can be read of it becomes a new project at `copyPath`.
/// Errors: as `ProjectDatabase::open`.
Result<OpenedProject> openProjectOrCopy(const std::filesystem::path& path,
                                        const std::filesystem::path& copyPath);

}  // namespace finebrush
