#pragma once

#include "core/base/result.h"
#include "core/image/image_memory.h"
#include "core/importers/imported_labels.h"
#include "core/project/project.h"
#include "core/session/labels/class_naming.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace finebrush {

/// What is to come of an import.
struct PlannedImport {
    EditPlan plan;                                ///< one step of undo
    bool hasNewImages = false;                    ///< slices that became images of the project
    std::vector<ImageId> images;                  ///< whose labels change or are so already
    std::map<uint8_t, std::string> classOfValue;  ///< the names of the classes of values that had none
    std::vector<Error> problems;
};

/// The images of a project that labels may be of, and in the same order what else is known of them.
struct ImportTargets {
    std::vector<ImportTarget> targets;
    std::vector<ImageId> ids;
    std::vector<FileFingerprint> fingerprints;
};
ImportTargets importTargetsOf(const Project& project);

/// Labels that were read, and a record for each image that the project does not have yet (`newSlice`).
struct ReadLabels {
    LabelImport import;
    std::map<size_t, ImageRecord> added;  ///< by the place in `import.images`
};

/// Reads labels (`importLabels`), and describes the slices that they bring; one that cannot be read is a
/// problem. Blocks; any thread.
ReadLabels readLabels(const std::vector<std::filesystem::path>& paths, const ImportTargets& targets,
                      const std::optional<size_t>& shown, const ImageMemory& memory,
                      const std::stop_token& stop);

/// Plans to lay labels that were read over those of a project, as far as they may, all as one edit. A class
/// is that of the project with the same name, or, where the file has no names, with the same value; one that
/// is missing is added, by the name that `naming` gives it where it has none. Slices that the project lacks
/// become images of it first, which is no step of undo.
PlannedImport planImport(Project& project, const std::shared_ptr<const ReadLabels>& read,
                         const std::vector<ImageId>& ids, const ClassNaming& naming,
                         MergeOver over = MergeOver::Everything);

/// Adds the classes of a list that the project does not have by name, and gives the others the list's
/// colours. `source` names the list in errors. Errors: ClassListTooLong, where nothing is changed.
Result<std::vector<ProjectEffect>> mergeClassList(Project& project, const ClassTable& list,
                                                  const std::string& source);

}  // namespace finebrush
