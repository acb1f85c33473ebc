#pragma once

#include "core/project/project.h"

#include <SQLiteCpp/SQLiteCpp.h>

namespace finebrush {

/// The setting of a project that keeps what was chosen for an adaptation.
inline constexpr char kAdaptationChoiceKey[] = "adaptation_choice";

/// Whether a project that was never saved holds what a person would miss: labels, a step of the history, a
/// run, a display or a mark of an image, a choice for an adaptation, or that it is a copy. Images that were
/// only looked at are none of it, nor are the classes that a project begins with.
bool holdsWork(const Project& project);

/// The same of its file, which may be of an older schema. Throws SQLite::Exception.
bool holdsWork(SQLite::Database& database);

}  // namespace finebrush
