#pragma once

#include "core/session/session.h"
#include "ui/tools/tool_box.h"

#include <QString>

namespace finebrush {

/// What the person can do with the tool in hand, in short, for the status line.
QString toolHint(const ToolBox& toolBox, const Session& session);

/// That an edit changed nothing, since no pixel has the values that are painted. The session must have such.
QString nothingInRangeHint(const Session& session);

}  // namespace finebrush
