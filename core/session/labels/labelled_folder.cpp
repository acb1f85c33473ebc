#include "core/session/labels/labelled_folder.h"

#include "core/base/files.h"
#include "core/exporters/class_list.h"
#include "core/session/images/image_jobs.h"
#include "core/session/labels/label_imports.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

namespace finebrush {

namespace {

/// The classes that `classes.json` lists; none where there is no such file. Errors: ClassesMalformed.
Result<ClassTable> listedClasses(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / "classes.json";
    std::error_code problem;
    return std::filesystem::exists(file, problem) ? readClassList(file) : ClassTable();
}

ClassTable sortedByValue(const ClassTable& classes) {
    std::vector<LabelClass> entries = classes.classes();
    std::ranges::sort(entries, {}, &LabelClass::value);
    ClassTable sorted;
    for (LabelClass& entry : entries) sorted.insert(sorted.size(), std::move(entry));
    return sorted;
}

/// Adds the images of a folder to a project that nobody sees. Errors: FileMissing, NoImages.
Result<void> addImages(Project& project, const std::filesystem::path& folder, const ImageMemory& memory,
                       std::vector<Error>& problems, const std::stop_token& stop) {
    const auto files = imagesIn(folder, stop);
    if (!files) return failure(files.error());
    for (const std::filesystem::path& file : *files) {
        if (stop.stop_requested()) break;
        Result<DescribedImage> described = describeImage(file, std::nullopt, memory);
        if (described) {
            project.addImage(std::move(described->record));
            if (described->remark) problems.push_back(*described->remark);
        } else if (described.error().code != ErrorCode::ImageFormatUnknown) {
            problems.push_back(described.error());
        }
    }
    if (project.images().empty() && !stop.stop_requested())
        return failure(ErrorCode::NoImages, {utf8(folder)});
    return {};
}

/// Errors: as `EditPlan::workOut`.
Result<void> layLabels(Project& project, const std::filesystem::path& labels, const ImageMemory& memory,
                       const ClassNaming& naming, std::vector<Error>& problems, const std::stop_token& stop) {
    const ImportTargets targets = importTargetsOf(project);
    auto read = std::make_shared<const ReadLabels>(readLabels({labels}, targets, std::nullopt, memory, stop));
    PlannedImport planned = planImport(project, read, targets.ids, naming);
    std::ranges::move(planned.problems, std::back_inserter(problems));
    const Result<void> workedOut = planned.plan.workOut(stop);
    if (!workedOut) return workedOut;
    if (!stop.stop_requested()) project.bringIn(planned.plan);
    return {};
}

}  // namespace

Result<ImportedFolder> importLabelledFolder(const std::filesystem::path& folder, const ImageMemory& memory,
                                            const ClassNaming& naming, const std::stop_token& stop) {
    Result<ClassTable> classes = listedClasses(folder);
    if (!classes) return failure(classes.error());
    const bool isListed = classes->size() > 0;
    ImportedFolder imported;
    Project project = Project::create(std::move(*classes), [](const ProjectWrites&) {});
    const Result<void> added = addImages(project, folder, memory, imported.problems, stop);
    if (!added) return failure(added.error());
    std::error_code problem;
    if (std::filesystem::is_directory(folder / "labels", problem)) {
        const Result<void> laid =
            layLabels(project, folder / "labels", memory, naming, imported.problems, stop);
        if (!laid) return failure(laid.error());
    }
    imported.classes = isListed ? project.classes() : sortedByValue(project.classes());
    for (const ProjectImage& image : project.images()) {
        const bool isLabelled = image.labelledPixels() > 0;
        imported.images.push_back({image.record, isLabelled ? std::optional(image.labels) : std::nullopt});
    }
    return imported;
}

}  // namespace finebrush
