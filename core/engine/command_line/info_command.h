#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <ostream>

namespace finebrush {

/// Prints the devices, threads and models of this machine.
Result<void> printMachineInfo(bool json, std::ostream& out);

/// Prints what a checkpoint, an adapter (folder or file) or an image is. Errors: what reading it reports.
Result<void> printFileInfo(const std::filesystem::path& path, bool json, std::ostream& out);

}  // namespace finebrush
