#pragma once

#include "core/project/project_contents.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>

namespace finebrush {

/// Metrics are long, and seldom looked at again.
enum class RunMetrics { Read, Skip };

/// A run but for its adapter, from the columns request, metrics, outcome and finished_at of a row that begin
/// at `column`. Throws MalformedProject.
AdaptationRun runFrom(SQLite::Statement& row, int column, RunMetrics metrics);

/// All of a run that is not the last one; without its adapter where that is no longer kept. Throws
/// MalformedProject, SQLite::Exception.
AdaptationRun readEarlierRun(SQLite::Database& database, int64_t number);

}  // namespace finebrush
