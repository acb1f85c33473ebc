#pragma once

#include "core/base/result.h"
#include "core/checkpoint/named_tensors.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

namespace finebrush {

/// Reads a .pth or .safetensors checkpoint; its content tells which, not its name. Blocks.
/// Errors: FileMissing, NotARegularFile, FileNotReadable, CheckpointMalformed.
Result<NamedTensors> readCheckpoint(const std::filesystem::path& path);

/// The same from bytes in memory; `source` names them in the error. Errors: CheckpointMalformed.
Result<NamedTensors> readCheckpoint(std::span<const uint8_t> bytes, const std::string& source);

/// The SHA-256 of a file: how an adapter names the weights that it belongs to. Blocks; needs no memory for
/// the file. Errors: FileMissing, NotARegularFile, FileNotReadable.
Result<std::string> sha256OfFile(const std::filesystem::path& path);

}  // namespace finebrush
