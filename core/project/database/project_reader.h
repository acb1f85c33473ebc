#pragma once

#include "core/base/result.h"
#include "core/project/database/row_walk.h"
#include "core/project/project_contents.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>

namespace finebrush {

/// Reads all of a project and checks that its parts fit together, so that no later step can stumble over
/// them. `path` is that of the database. Throws SQLite::Exception. Errors: ProjectMalformed.
Result<ProjectContents> readProjectContents(SQLite::Database& database, const std::filesystem::path& path);

/// Reads of a damaged project what can be read, and says what cannot. The parts fit together as well: labels
/// whose class is gone get a new one, and the journal is cut where it has a gap. `folder` is where the
/// project lies. Does not throw for damage.
ProjectContents salvageProjectContents(SQLite::Database& database, const std::filesystem::path& folder,
                                       LostRows& lost);

}  // namespace finebrush
