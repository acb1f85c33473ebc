#pragma once

#include "core/base/result.h"
#include "core/importers/imported_labels.h"
#include "core/project/project.h"

#include <map>
#include <string>
#include <vector>

namespace finebrush {

/// What came of an import.
struct ImportEffect {
    ProjectEffect effect;         ///< one step of undo
    std::vector<ImageId> images;  ///< whose labels changed or were so already
    std::vector<Error> problems;
};

/// The images of a project that labels may be of, and their names in the same order.
struct ImportTargets {
    std::vector<ImportTarget> targets;
    std::vector<ImageId> ids;
};
ImportTargets importTargetsOf(const Project& project);

/// Labels that were read, and a record for each image that the project does not have yet (`newSlice`).
struct ReadLabels {
    LabelImport import;
    std::map<size_t, ImageRecord> added;  ///< by the place in `import.images`
};

/// Lays labels that were read over those of a project, all as one edit. A class is that of the project with
/// the same name, or, where the file has no names, with the same value; one that is missing is added. Slices
/// that the project lacks become images of it first, which is no step of undo.
ImportEffect applyImport(Project& project, const ReadLabels& read, const std::vector<ImageId>& ids);

/// Adds the classes of a list that the project does not have by name, and gives the others the list's
/// colours. `source` names the list in errors. Errors: ClassListTooLong, where nothing is changed.
Result<std::vector<ProjectEffect>> mergeClassList(Project& project, const ClassTable& list,
                                                  const std::string& source);

}  // namespace finebrush
