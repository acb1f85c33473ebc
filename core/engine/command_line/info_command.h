#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <ostream>

namespace finebrush {

/// Prints the devices, threads and models of this machine.
Result<void> printMachineInfo(bool json, std::ostream& out);

/// Prints what a checkpoint (of a network or of a training), an adapter (folder, file, its tensors or its
/// configuration alone), a project, an image, a file of labels or annotations, a class list, a key map or a
/// table is. Nothing is changed, also of a project that a window has open. Errors: what reading it reports;
/// FileKindUnknown for anything else.
Result<void> printFileInfo(const std::filesystem::path& path, bool json, std::ostream& out);

}  // namespace finebrush
