#pragma once

#include "core/base/result.h"
#include "core/project/database/project_database.h"
#include "core/project/database/row_walk.h"
#include "core/project/project_contents.h"

#include <filesystem>
#include <string>

namespace finebrush {

/// What was read of a project that is damaged, open elsewhere or on a medium that cannot be written.
struct SalvagedProject {
    ProjectContents contents;
    LostRows lost;          ///< empty where all was read
    int schemaVersion = 0;  ///< of the file; 0 where that is gone
    std::string verdict;    ///< of SQLite: "ok", or the first damage that it finds

    bool isSound() const { return lost.empty() && verdict == "ok"; }
};

/// Reads a project as far as it goes, from a copy that is made in `scratch` and deleted again: the file and
/// its log are only read, whoever has it open. Blocks; any thread, but not of a project that this process has
/// open (see `ProjectDatabase`). Errors: FileMissing, NotARegularFile, FileNotReadable, DiskFull,
/// FileNotWritable of the scratch folder, ProjectTooNew, ProjectMalformed where nothing can be read.
Result<SalvagedProject> salvageProject(const std::filesystem::path& path,
                                       const std::filesystem::path& scratch);

/// Writes a project to a new file. Errors: as `ProjectDatabase::create`.
Result<ProjectDatabase> writeProject(const ProjectContents& contents, const std::filesystem::path& target);

}  // namespace finebrush
