#include "core/engine/command_line/project_command.h"

#include "core/base/files.h"
#include "core/engine/command_line/facts.h"
#include "core/project/project_check.h"

#include <string>

namespace finebrush {

namespace {

Facts factsOf(const ProjectReport& report) {
    Facts missing = Facts::array();
    for (const std::filesystem::path& file : report.missingFiles) missing.push_back(utf8(file));
    Facts facts = {{"kind", "project"},
                   {"schema", report.schemaVersion},
                   {"integrity", report.verdict},
                   {"open_elsewhere", report.isInUse},
                   {"classes", report.classes},
                   {"images", report.images},
                   {"removed_images", report.removedImages},
                   {"labelled_images", report.labelledImages},
                   {"labelled_pixels", report.labelledPixels},
                   {"done_images", report.doneImages},
                   {"images_to_check", report.imagesToCheck},
                   {"edits", report.edits},
                   {"undone_edits", report.undoneEdits},
                   {"predictions", report.predictions},
                   {"adapter", report.hasAdapter},
                   {"missing_files", std::move(missing)}};
    if (!report.lost.empty()) facts["unreadable_rows"] = report.lost;
    return facts;
}

}  // namespace

Result<void> checkProjectFile(const ProjectCheckOptions& options, std::ostream& out) {
    const bool repairs = !options.repaired.empty();
    const std::filesystem::path file = std::filesystem::absolute(options.file).lexically_normal();
    const auto report =
        repairs ? repairProject(file, std::filesystem::absolute(options.repaired)) : checkProject(file);
    if (!report) return failure(report.error());
    printFacts(factsOf(*report), options.json, out);
    if (report->isSound() || repairs) return {};
    return failure(ErrorCode::ProjectMalformed,
                   {utf8(options.file), "a part cannot be read; --repair writes a copy of the rest"});
}

}  // namespace finebrush
