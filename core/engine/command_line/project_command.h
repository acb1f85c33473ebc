#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <ostream>

namespace finebrush {

struct ProjectCheckOptions {
    std::filesystem::path file;
    std::filesystem::path repaired;  ///< where a copy without the damage goes; empty: nowhere
    bool json = false;
};

/// Tells what a project holds and whether all of it can be read; the file is not touched. Errors: as
/// `checkProject` and `repairProject`, and ProjectMalformed after the report where something cannot be read
/// and no repaired copy was asked for.
Result<void> checkProjectFile(const ProjectCheckOptions& options, std::ostream& out);

}  // namespace finebrush
