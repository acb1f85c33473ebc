#pragma once

#include "core/project/database/project_write.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>

namespace finebrush {

/// Carries out one write within a transaction that the caller has begun. `folder` is that of the project
/// file; paths of images are stored relative to it as well. Throws SQLite::Exception.
void applyWrite(SQLite::Database& database, const std::filesystem::path& folder, const ProjectWrite& write);

/// A path relative to a folder, for the file; empty where there is none.
std::string relativePath(const std::filesystem::path& path, const std::filesystem::path& folder);

}  // namespace finebrush
