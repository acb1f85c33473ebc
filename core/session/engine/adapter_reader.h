#pragma once

#include "core/base/result.h"
#include "core/messages/adapter_config.h"
#include "core/messages/messages.h"

#include <filesystem>

namespace finebrush {

/// Reads the files of an adapter's folder, and nothing else that lies there. Blocks; any thread. Errors:
/// AdapterMalformed where none is there, and those of `readFile`.
Result<messages::AdapterFiles> readAdapterFiles(const std::filesystem::path& folder);

/// Reads what the adapter in a folder says of itself; AutoGluon's says no more than whose it is. Blocks; any
/// thread. Errors: AdapterMalformed, and those of `readFile`.
Result<messages::AdapterConfig> readAdapterConfigIn(const std::filesystem::path& folder);

}  // namespace finebrush
