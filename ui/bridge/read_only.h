#pragma once

#include <QString>

namespace finebrush {

/// Why a project that is open in another window cannot be changed here, and what helps.
QString readOnlyReason();

/// A tool tip of what changes the project, with the reason below it where the project is only shown.
QString withReadOnlyReason(const QString& toolTip, bool isReadOnly);

}  // namespace finebrush
