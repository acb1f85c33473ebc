#pragma once

#include "core/importers/imported_labels.h"
#include "core/project/project.h"

#include <vector>

namespace finebrush {

/// What came of an import.
struct ImportEffect {
    std::vector<ProjectEffect> effects;  ///< one step of undo each
    std::vector<ImageId> images;         ///< whose labels changed or were so already
    std::vector<Error> problems;
};

/// The images of a project that labels may be of, and their names in the same order.
struct ImportTargets {
    std::vector<ImportTarget> targets;
    std::vector<ImageId> ids;
};
ImportTargets importTargetsOf(const Project& project);

/// Lays labels that were read over those of a project, one edit an image. A class is that of the project with
/// the same name, or, where the file has no names, with the same value; one that is missing is added first.
ImportEffect applyImport(Project& project, const LabelImport& import, const std::vector<ImageId>& ids);

/// Adds the classes of a list that the project does not have by name, and gives the others the list's
/// colours.
std::vector<ProjectEffect> mergeClassList(Project& project, const ClassTable& list);

}  // namespace finebrush
