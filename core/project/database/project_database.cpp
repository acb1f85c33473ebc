#include "core/project/database/project_database.h"

#include "core/base/files.h"
#include "core/base/project_file_name.h"
#include "core/project/database/journal_reader.h"
#include "core/project/database/project_reader.h"
#include "core/project/database/project_schema.h"
#include "core/project/database/project_writer.h"
#include "core/project/database/run_reader.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <utility>

namespace finebrush {

namespace {

constexpr int kBusyMilliseconds = 200;  // another window may be just closing

void setCheckpointOnClose(SQLite::Database& database, bool enabled) {
    sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, enabled ? 0 : 1, nullptr);
}

Result<void> checkHeader(SQLite::Database& database, const std::string& name) {
    if (database.execAndGet("PRAGMA application_id").getInt() != kProjectApplicationId) {
        return failure(ErrorCode::ProjectMalformed, {name, "its kind is another"});
    }
    const int version = database.execAndGet("PRAGMA user_version").getInt();
    if (version > currentSchemaVersion()) return failure(ErrorCode::ProjectTooNew, {name});
    if (version < 1) return failure(ErrorCode::ProjectMalformed, {name, "it has no version"});
    return {};
}

int64_t bytesOf(SQLite::Database& database) {
    return database.execAndGet("PRAGMA page_count").getInt64() *
           database.execAndGet("PRAGMA page_size").getInt64();
}

/// Reads every page.
Result<void> checkStructure(SQLite::Database& database, const std::string& name) {
    const std::string verdict = database.execAndGet("PRAGMA quick_check(1)").getString();
    if (verdict != "ok") return failure(ErrorCode::ProjectMalformed, {name, verdict});
    return {};
}

void deleteLogs(const std::filesystem::path& path) {
    for (const char* suffix : kProjectLogSuffixes) {
        std::error_code ignored;
        std::filesystem::remove(std::filesystem::path(path) += suffix, ignored);
    }
}

bool hasLog(const std::filesystem::path& path) {
    std::error_code problem;
    const auto bytes = std::filesystem::file_size(std::filesystem::path(path) += "-wal", problem);
    return !problem && bytes > 0;
}

}  // namespace

ProjectDatabase::ProjectDatabase(std::filesystem::path path, ProjectLock lock,
                                 std::unique_ptr<SQLite::Database> database, bool isChecked)
    : path_(std::move(path)),
      lock_(std::move(lock)),
      database_(std::move(database)),
      identity_(identityOf(path_)),
      isChecked_(isChecked) {}

ProjectDatabase& ProjectDatabase::operator=(ProjectDatabase&& other) noexcept {
    database_ = std::move(other.database_);
    lock_ = std::move(other.lock_);
    path_ = std::move(other.path_);
    identity_ = other.identity_;
    isChecked_ = other.isChecked_;
    return *this;
}

std::optional<ProjectDatabase::FileIdentity> ProjectDatabase::identityOf(const std::filesystem::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return std::nullopt;
    return FileIdentity{static_cast<uint64_t>(status.st_dev), static_cast<uint64_t>(status.st_ino)};
}

// Also opens a copy that was just made: the schema of one is current, and nothing is done to it.
Result<ProjectDatabase> ProjectDatabase::create(const std::filesystem::path& path) {
    if (Result<void> folder = makeFolder(path.parent_path()); !folder) return failure(folder.error());
    std::optional<ProjectLock> lock = ProjectLock::take(path, ProjectLock::Make::File);
    if (!lock) return failure(ErrorCode::ProjectInUse, {utf8(path)});
    std::unique_ptr<SQLite::Database> database;
    try {
        database = std::make_unique<SQLite::Database>(
            utf8(path), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kBusyMilliseconds);
        prepareConnection(*database);
        migrateSchema(*database);
        useWriteAheadLog(*database);
        return ProjectDatabase(path, std::move(*lock), std::move(database));
    } catch (const SQLite::Exception& problem) {
        return failure(storageError(problem, path, database.get()));
    }
}

Result<ProjectDatabase::Opened> ProjectDatabase::open(const std::filesystem::path& path,
                                                      int64_t checkedAtOnce) {
    if (Result<void> file = requireRegularFile(path); !file) return failure(file.error());
    std::optional<ProjectLock> lock = ProjectLock::take(path);
    if (!lock) return failure(ErrorCode::ProjectInUse, {utf8(path)});
    std::unique_ptr<SQLite::Database> database;
    try {
        database = std::make_unique<SQLite::Database>(utf8(path), SQLite::OPEN_READWRITE, kBusyMilliseconds);
        if (sqlite3_db_readonly(database->getHandle(), "main") == 1) {
            return failure(ErrorCode::FileNotWritable, {utf8(path)});
        }
        setCheckpointOnClose(*database, false);  // until the file is found to be sound, it stays as it is
        prepareConnection(*database);
        if (Result<void> header = checkHeader(*database, utf8(path)); !header) return failure(header.error());
        // What a large file holds is checked as it is read; the rest waits until nobody does.
        const bool isSmall = bytesOf(*database) <= checkedAtOnce;
        if (Result<void> sound = isSmall ? checkStructure(*database, utf8(path)) : Result<void>(); !sound)
            return failure(sound.error());
        Result<ProjectContents> contents = readProjectContents(*database, path);
        if (!contents) return failure(contents.error());
        setCheckpointOnClose(*database, true);
        migrateSchema(*database);
        useWriteAheadLog(*database);
        return Opened{ProjectDatabase(path, std::move(*lock), std::move(database), isSmall),
                      std::move(*contents)};
    } catch (const SQLite::Exception& problem) {
        return failure(storageError(problem, path, database.get()));
    } catch (const MalformedProject& problem) {
        return failure(ErrorCode::ProjectMalformed, {utf8(path), problem.what()});
    }
}

Error ProjectDatabase::errorOf(const SQLite::Exception& problem) {
    Error error = storageError(problem, path_, database_.get());
    if (error.code == ErrorCode::ProjectMalformed) setCheckpointOnClose(*database_, false);
    return error;
}

Result<bool> ProjectDatabase::check() {
    try {
        const Result<void> sound = checkStructure(*database_, utf8(path_));
        isChecked_ = true;
        if (sound) return true;
        setCheckpointOnClose(*database_, false);
        return failure(sound.error());
    } catch (const SQLite::Exception& problem) {
        isChecked_ = problem.getErrorCode() != SQLITE_INTERRUPT;
        if (!isChecked_) return false;
        return failure(errorOf(problem));
    }
}

void ProjectDatabase::interruptCheck() {
    sqlite3_interrupt(database_->getHandle());
}

Result<void> ProjectDatabase::write(std::span<const ProjectWrites> writes) {
    // SQLite goes on writing to a file that was deleted, and no one would ever find it again.
    if (!identity_ || identityOf(path_) != identity_) return failure(ErrorCode::FileMissing, {utf8(path_)});
    try {
        SQLite::Transaction transaction(*database_);
        for (const ProjectWrites& together : writes) {
            for (const ProjectWrite& write : together) applyWrite(*database_, path_.parent_path(), write);
        }
        transaction.commit();
        return {};
    } catch (const SQLite::Exception& problem) {
        return failure(errorOf(problem));
    } catch (const std::exception& problem) {
        return failure(ErrorCode::Internal, {problem.what()});
    }
}

Result<EditList> ProjectDatabase::edits(int64_t first, int64_t last) {
    try {
        return readEdits(*database_, first, last);
    } catch (const SQLite::Exception& problem) {
        Error error = storageError(problem, path_, database_.get());
        if (error.code == ErrorCode::FileNotWritable) error.code = ErrorCode::FileNotReadable;
        return failure(error);
    } catch (const std::exception& problem) {
        return failure(ErrorCode::ProjectMalformed, {utf8(path_), problem.what()});
    }
}

Result<AdaptationRun> ProjectDatabase::earlierRun(int64_t number) {
    try {
        return readEarlierRun(*database_, number);
    } catch (const SQLite::Exception& problem) {
        return failure(storageError(problem, path_, database_.get()));
    } catch (const std::exception& problem) {
        return failure(ErrorCode::ProjectMalformed, {utf8(path_), problem.what()});
    }
}

bool isProjectInUse(const std::filesystem::path& path) {
    std::error_code problem;
    if (!std::filesystem::is_regular_file(path, problem)) return false;
    const std::optional<ProjectLock> lock = ProjectLock::take(path);
    if (!lock) return true;
    try {
        SQLite::Database database(utf8(path), SQLite::OPEN_READWRITE, kBusyMilliseconds);
        // What is in the log stays there; without any, nothing is left beside the file.
        setCheckpointOnClose(database, !hasLog(path));
        database.exec("BEGIN EXCLUSIVE; COMMIT");
    } catch (const SQLite::Exception& refusal) {
        return refusal.getErrorCode() == SQLITE_BUSY;
    }
    return false;
}

void deleteProjectFile(const std::filesystem::path& path) {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
    deleteLogs(path);
}

bool discardProject(const std::filesystem::path& path) {
    const std::optional<ProjectLock> lock = ProjectLock::take(path);
    if (lock) deleteProjectFile(path);
    return lock.has_value();
}

}  // namespace finebrush
