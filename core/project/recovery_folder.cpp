#include "core/project/recovery_folder.h"

#include "core/base/files.h"
#include "core/base/project_file_name.h"
#include "core/base/uuid.h"
#include "core/project/database/project_database.h"
#include "core/project/project_work.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <sqlite3.h>
#include <utility>

namespace finebrush {

namespace {

/// Of the newest change, which may be in the log only. An empty log comes of looking at the file.
std::filesystem::file_time_type changeTime(const std::filesystem::path& path) {
    std::error_code problem;
    const auto ofFile = std::filesystem::last_write_time(path, problem);
    const std::filesystem::path log = std::filesystem::path(path) += "-wal";
    const auto logBytes = std::filesystem::file_size(log, problem);
    if (problem || logBytes == 0) return ofFile;
    return std::max(ofFile, std::filesystem::last_write_time(log, problem));
}

int64_t secondsOfChange(const std::filesystem::path& project) {
    const auto age = std::filesystem::file_time_type::clock::now() - changeTime(project);
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(now - age).count();
}

struct FoundProject {
    AbandonedProject project;
    bool holdsWork = false;
};

/// Nothing for what is no project.
std::optional<FoundProject> describeProject(const std::filesystem::path& file) {
    const int64_t changedAt = secondsOfChange(file);
    try {
        SQLite::Database database(utf8(file), SQLite::OPEN_READWRITE);
        // The person decides what becomes of it; until then it stays as it is.
        sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        SQLite::Statement row(database,
                              "SELECT (SELECT absolute_path FROM images ORDER BY removed, position LIMIT 1),"
                              " (SELECT count(*) FROM images WHERE removed = 0),"
                              " (SELECT value FROM settings WHERE key = ?)");
        row.bind(1, kCopiedFromKey);
        row.executeStep();
        const std::filesystem::path copied = pathFromUtf8(row.getColumn(2).getString());
        const std::filesystem::path image = pathFromUtf8(row.getColumn(0).getString());
        return FoundProject{
            {file, changedAt, row.getColumn(1).getInt64(), copied.empty() ? image.parent_path() : copied},
            holdsWork(database)};
    } catch (const SQLite::Exception&) {
        return std::nullopt;
    }
}

}  // namespace

std::filesystem::path newRecoveryPath(const std::filesystem::path& folder) {
    return folder / (randomUuid() + kProjectExtension);
}

std::vector<AbandonedProject> abandonedProjects(const std::filesystem::path& folder,
                                                const std::filesystem::path& own) {
    const auto files = filesIn(folder);
    if (!files) return {};
    std::vector<AbandonedProject> abandoned;
    for (const std::filesystem::path& file : *files) {
        if (file == own || file.extension() != kProjectExtension || isProjectInUse(file)) continue;
        auto found = describeProject(file);
        if (found && found->holdsWork) abandoned.push_back(std::move(found->project));
        if (found && !found->holdsWork) discardProject(file);
    }
    std::ranges::stable_sort(abandoned, std::greater(), &AbandonedProject::changedAt);
    return abandoned;
}

void removeOldTrainings(const std::filesystem::path& folder, std::chrono::hours age) {
    const auto files = filesIn(folder);
    if (!files) return;
    const auto oldest = std::filesystem::file_time_type::clock::now() - age;
    for (const std::filesystem::path& file : *files) {
        std::error_code ignored;
        if (file.extension() == kTrainingExtension &&
            std::filesystem::last_write_time(file, ignored) < oldest) {
            std::filesystem::remove(file, ignored);
        }
    }
}

}  // namespace finebrush
