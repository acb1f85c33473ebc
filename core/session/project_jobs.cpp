#include "core/session/project_jobs.h"

#include "core/base/files.h"
#include "core/project/project_salvage.h"
#include "core/project/recovery_folder.h"

#include <string>
#include <utility>

namespace finebrush {

namespace {

/// Why a copy stands for a file that was refused; nothing where no copy would help.
std::optional<ErrorCode> copyReason(ErrorCode refusal) {
    switch (refusal) {
        case ErrorCode::ProjectInUse:
            return ErrorCode::ProjectInUseReadOnly;
        case ErrorCode::FileNotWritable:
        case ErrorCode::DiskFull:
            return ErrorCode::ProjectNotWritableCopied;
        case ErrorCode::ProjectMalformed:
            return ErrorCode::ProjectDamagedCopied;
        default:
            return std::nullopt;
    }
}

/// "tiles: 3, edits: 20", for those who want to know.
std::string lossesText(const SalvagedProject& project) {
    std::string text = project.verdict == "ok" ? std::string() : project.verdict;
    for (const auto& [table, rows] : project.lost) {
        if (!text.empty()) text += "; ";
        text += "unreadable " + table + ": " + std::to_string(rows);
    }
    return text;
}

}  // namespace

Result<OpenedProject> openProjectOrCopy(const std::filesystem::path& path,
                                        const std::filesystem::path& copyPath) {
    Result<ProjectDatabase::Opened> opened = ProjectDatabase::open(path);
    if (opened) return OpenedProject{std::move(*opened), std::nullopt};
    const Error refusal = opened.error();
    const std::optional<ErrorCode> reason = copyReason(refusal.code);
    if (!reason) return failure(refusal);
    Result<SalvagedProject> salvaged = salvageProject(path, copyPath.parent_path());
    if (!salvaged) return failure(refusal);
    salvaged->contents.settings[kCopiedFromKey] = utf8(path);
    Result<ProjectDatabase> copy = writeProject(salvaged->contents, copyPath);
    if (!copy) return failure(copy.error());
    for (RunRecord& earlier : salvaged->contents.earlierRuns)
        earlier.run = withoutBulk(std::move(earlier.run));  // it is in the copy
    Error why{*reason, {utf8(path)}, refusal.detail};
    if (*reason == ErrorCode::ProjectDamagedCopied) why.detail = lossesText(*salvaged);
    return OpenedProject{{std::move(*copy), std::move(salvaged->contents)}, std::move(why)};
}

}  // namespace finebrush
