#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <ostream>

namespace finebrush {

struct SelftestOptions {
    std::filesystem::path golden;
    bool json = false;
};

/// Compares the networks, adapters, losses and metrics with every golden file of a folder and prints the
/// largest difference of each tensor and a verdict. Errors: FileMissing; SelftestFailed where a tensor
/// disagrees.
Result<void> selftest(const SelftestOptions& options, std::ostream& out);

}  // namespace finebrush
