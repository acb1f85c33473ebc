#pragma once

#include "core/base/result.h"
#include "core/project/project_contents.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>

namespace finebrush {

/// Reads all of a project and checks that its parts fit together, so that no later step can stumble over
/// them. `path` is that of the database. Throws SQLite::Exception. Errors: ProjectMalformed.
Result<ProjectContents> readProjectContents(SQLite::Database& database, const std::filesystem::path& path);

}  // namespace finebrush
