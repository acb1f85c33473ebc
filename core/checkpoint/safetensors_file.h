#pragma once

#include "core/base/result.h"
#include "core/checkpoint/named_tensors.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace finebrush {

/// Whether bytes may be a safetensors file: a header that begins with `{` behind its length.
bool looksLikeSafetensors(std::span<const uint8_t> bytes);

/// Reads a safetensors file (huggingface/safetensors, README "Format"). The tensors must cover the byte
/// buffer without hole or overlap. Dtypes narrower than a byte and FP8 are refused. `source` names the bytes
/// in the error. Errors: CheckpointMalformed.
Result<NamedTensors> readSafetensors(std::span<const uint8_t> bytes, const std::string& source);

/// The bytes of a safetensors file: tensors by size of dtype, widest first, then by name, as the reference
/// writes them. Throws std::invalid_argument for a dtype that the format does not have and for a tensor
/// called `__metadata__`.
std::vector<uint8_t> encodeSafetensors(const NamedTensors& named);

/// Writes a safetensors file in one step; on failure an old file stays as it was. Blocks.
/// Errors: DiskFull, FileNotWritable.
Result<void> writeSafetensors(const std::filesystem::path& path, const NamedTensors& named);

}  // namespace finebrush
