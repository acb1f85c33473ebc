#include "core/project/project_salvage.h"

#include "core/base/files.h"
#include "core/base/uuid.h"
#include "core/project/database/project_reader.h"
#include "core/project/database/project_schema.h"
#include "core/project/project_snapshot.h"

#include <optional>
#include <utility>

namespace finebrush {

namespace {

constexpr int kLargestVersion = 1000;  // of a schema that is to be believed

bool holdsAnything(const SalvagedProject& project) {
    return project.contents.classes.size() > 0 || !project.contents.images.empty();
}

std::string verdictOn(SQLite::Database& database) {
    try {
        return database.execAndGet("PRAGMA quick_check(1)").getString();
    } catch (const SQLite::Exception& problem) {
        return problem.what();
    }
}

/// Nothing where not even the schema can be read. Errors: ProjectTooNew.
Result<std::optional<SalvagedProject>> readSnapshot(const ProjectSnapshot& snapshot,
                                                    const std::filesystem::path& path) {
    try {
        SQLite::Database database(utf8(snapshot.path()), SQLite::OPEN_READWRITE);
        prepareConnection(database);
        SalvagedProject salvaged;
        const int kind = database.execAndGet("PRAGMA application_id").getInt();
        salvaged.schemaVersion = database.execAndGet("PRAGMA user_version").getInt();
        if (kind == kProjectApplicationId && salvaged.schemaVersion > currentSchemaVersion()) {
            if (salvaged.schemaVersion > kLargestVersion) return std::nullopt;  // damage
            return failure(ErrorCode::ProjectTooNew, {utf8(path)});
        }
        salvaged.verdict = verdictOn(database);
        salvaged.contents = salvageProjectContents(database, path.parent_path(), salvaged.lost);
        if (!holdsAnything(salvaged)) return std::nullopt;
        return salvaged;
    } catch (const SQLite::Exception&) {
        return std::nullopt;
    }
}

Result<ProjectSnapshot> emptyProject(const std::filesystem::path& scratch) {
    const std::filesystem::path path = scratch / (".finebrush-" + randomUuid());
    if (const Result<ProjectDatabase> made = ProjectDatabase::create(path); !made)
        return failure(made.error());
    Result<ProjectSnapshot> snapshot = ProjectSnapshot::of(path, scratch);
    deleteProjectFile(path);
    return snapshot;
}

}  // namespace

Result<SalvagedProject> salvageProject(const std::filesystem::path& path,
                                       const std::filesystem::path& scratch) {
    if (Result<void> file = requireRegularFile(path); !file) return failure(file.error());
    std::optional<ProjectSnapshot> empty;
    for (const bool withSchema : {true, false}) {
        for (const bool withLog : {true, false}) {
            const Result<ProjectSnapshot> snapshot = ProjectSnapshot::of(path, scratch);
            if (!snapshot) return failure(snapshot.error());
            if (!withLog) snapshot->deleteLog();
            if (!withSchema && !empty) {
                Result<ProjectSnapshot> made = emptyProject(scratch);
                if (!made) return failure(made.error());
                empty.emplace(std::move(*made));
            }
            if (empty) snapshot->replaceFirstPage(*empty);
            Result<std::optional<SalvagedProject>> salvaged = readSnapshot(*snapshot, path);
            if (!salvaged) return failure(salvaged.error());
            if (!*salvaged) continue;
            if (empty) (*salvaged)->verdict = "the first page, which holds the schema, is damaged";
            return std::move(**salvaged);
        }
    }
    return failure(ErrorCode::ProjectMalformed, {utf8(path), "nothing in it can be read"});
}

Result<ProjectDatabase> writeProject(const ProjectContents& contents, const std::filesystem::path& target) {
    Result<ProjectDatabase> database = ProjectDatabase::create(target);
    if (!database) return database;
    const ProjectWrites writes = allOf(contents);
    const Result<void> written = database->write(std::span(&writes, 1));
    if (written) return database;
    database = failure(written.error());  // closes the file first
    deleteProjectFile(target);
    return database;
}

}  // namespace finebrush
