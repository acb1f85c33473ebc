#pragma once

#include "core/base/result.h"
#include "core/project/database/row_walk.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace finebrush {

/// What a project file is, for a person who wonders.
struct ProjectReport {
    int schemaVersion = 0;  ///< 0: gone
    std::string verdict;    ///< of SQLite on the file's structure; "ok" where it is sound
    LostRows lost;          ///< what cannot be read
    bool isInUse = false;   ///< by a window
    int64_t images = 0;
    int64_t removedImages = 0;  ///< that undo would bring back
    int64_t labelledImages = 0;
    int64_t labelledPixels = 0;
    int64_t doneImages = 0;  ///< marked as done
    int64_t imagesToCheck = 0;
    int64_t classes = 0;
    int64_t edits = 0;
    int64_t undoneEdits = 0;
    int64_t predictions = 0;
    bool hasAdapter = false;
    std::vector<std::filesystem::path> missingFiles;  ///< image files that are not where the project says

    bool isSound() const { return lost.empty() && verdict == "ok"; }
};

/// Reads a project without touching it. Blocks. Errors: as `salvageProject`.
Result<ProjectReport> checkProject(const std::filesystem::path& path);

/// The same, and writes what can be read to a new file. Errors: those, those of `ProjectDatabase::create`,
/// and OptionInvalid where a file is there already.
Result<ProjectReport> repairProject(const std::filesystem::path& path, const std::filesystem::path& target);

}  // namespace finebrush
