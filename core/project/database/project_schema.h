#pragma once

#include "core/base/result.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>

namespace finebrush {

/// "FnBr": marks a SQLite file as a project of ours.
inline constexpr int kProjectApplicationId = 0x466e4272;

/// The schema that this program writes; `user_version` of the file.
int currentSchemaVersion();

/// Brings a file of an older schema (0: an empty file) to the current one, in one transaction. Throws
/// SQLite::Exception, and MalformedProject for labels that cannot be read.
void migrateSchema(SQLite::Database& database);

/// Takes the lock with the first access, and reads a file of unknown origin with care. Throws
/// SQLite::Exception.
void prepareConnection(SQLite::Database& database);

/// Makes a commit durable when it returns, and holds the file from now on. Throws SQLite::Exception.
void useWriteAheadLog(SQLite::Database& database);

/// What a failure of SQLite means to a person. `database` may be null where it could not be opened.
Error storageError(const SQLite::Exception& problem, const std::filesystem::path& path,
                   SQLite::Database* database);

/// Errors: FileMissing, NotARegularFile.
Result<void> requireRegularFile(const std::filesystem::path& path);

}  // namespace finebrush
