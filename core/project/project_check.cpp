#include "core/project/project_check.h"

#include "core/base/files.h"
#include "core/project/database/project_database.h"
#include "core/project/project_salvage.h"

#include <set>
#include <system_error>

namespace finebrush {

namespace {

ProjectReport reportOn(const SalvagedProject& project) {
    const ProjectContents& contents = project.contents;
    ProjectReport report;
    report.schemaVersion = project.schemaVersion;
    report.verdict = project.verdict;
    report.lost = project.lost;
    std::set<std::filesystem::path> missing;
    for (const ProjectImage& image : contents.images) {
        ++(image.record.removed ? report.removedImages : report.images);
        if (image.labelledPixels() > 0) ++report.labelledImages;
        report.labelledPixels += image.labelledPixels();
        if (!image.record.removed) {
            report.doneImages += image.record.review == ReviewState::Done;
            report.imagesToCheck += image.record.review == ReviewState::ToCheck;
        }
        std::error_code unreachable;
        const bool isThere = std::filesystem::exists(image.record.path, unreachable);
        if (!isThere && !image.record.removed) missing.insert(image.record.path);
    }
    report.missingFiles.assign(missing.begin(), missing.end());
    report.classes = contents.classes.size();
    report.edits = contents.history.size();
    report.undoneEdits = report.edits - static_cast<int64_t>(contents.history.done());
    report.predictions = std::ssize(contents.predictions) + std::ssize(contents.predictedCells);
    report.hasAdapter = contents.lastRun && !contents.lastRun->outcome.adapter.empty();
    return report;
}

Result<SalvagedProject> read(const std::filesystem::path& path) {
    return salvageProject(path, std::filesystem::temp_directory_path());
}

}  // namespace

Result<ProjectReport> checkProject(const std::filesystem::path& path) {
    const Result<SalvagedProject> project = read(path);
    if (!project) return failure(project.error());
    ProjectReport report = reportOn(*project);
    report.isInUse = isProjectInUse(path);
    return report;
}

Result<ProjectReport> repairProject(const std::filesystem::path& path, const std::filesystem::path& target) {
    std::error_code problem;
    if (std::filesystem::exists(target, problem))
        return failure(ErrorCode::OptionInvalid, {"--repair", utf8(target), "a file is there already"});
    const Result<SalvagedProject> project = read(path);
    if (!project) return failure(project.error());
    const Result<ProjectDatabase> written = writeProject(project->contents, target);
    if (!written) return failure(written.error());
    return reportOn(*project);
}

}  // namespace finebrush
