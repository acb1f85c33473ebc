#pragma once

#include "core/project/project.h"
#include "core/session/session_events.h"

#include <functional>

namespace finebrush {

/// What a part of the session that changes the project asks of the whole.
struct ChangeEvents {
    std::function<void()> beforeChange;                  ///< finishes what is being painted
    std::function<void(const ProjectEffect&)> announce;  ///< one step of undo
    std::function<void(const SessionEvent&)> emit;
};

}  // namespace finebrush
