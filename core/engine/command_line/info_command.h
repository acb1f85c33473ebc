#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <ostream>

namespace finebrush {

/// Prints the devices, threads and models of this machine.
Result<void> printMachineInfo(bool json, std::ostream& out);

/// Prints what a checkpoint (of a network or of a training), an adapter (folder, file or its tensors alone),
/// a project, an image or a file of labels is. Nothing is changed, also of a project that a window has open.
/// Errors: what reading it reports.
Result<void> printFileInfo(const std::filesystem::path& path, bool json, std::ostream& out);

}  // namespace finebrush
