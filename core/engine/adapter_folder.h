#pragma once

#include "core/base/result.h"
#include "core/messages/messages.h"

#include <filesystem>

namespace finebrush {

/// Reads all files of an adapter's folder. Errors: those of `filesIn` and `readFile`.
Result<messages::AdapterFiles> readAdapterFolder(const std::filesystem::path& folder);

/// Writes each file in one step. Errors: those of `makeFolder` and `writeFileAtomically`.
Result<void> writeAdapterFolder(const std::filesystem::path& folder, const messages::AdapterFiles& files);

}  // namespace finebrush
