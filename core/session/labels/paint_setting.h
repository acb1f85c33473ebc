#pragma once

#include "core/project/project.h"

namespace finebrush {

inline constexpr char kOnlyUnlabelledKey[] = "paint_only_unlabelled";

/// Whether edits by hand leave all labelled pixels as they are.
inline bool paintsOnlyUnlabelled(const Project& project) {
    return !project.setting(kOnlyUnlabelledKey).empty();
}

}  // namespace finebrush
