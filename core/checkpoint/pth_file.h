#pragma once

#include "core/base/result.h"
#include "core/checkpoint/named_tensors.h"

#include <cstdint>
#include <span>
#include <string>

namespace finebrush {

/// Whether bytes begin as a file of `torch.save` does, in its zip format or the one before PyTorch 1.6.
bool looksLikePth(std::span<const uint8_t> bytes);

/// Reads the tensors of a file of `torch.save`: a state dict, or a training checkpoint that holds some. Runs
/// no code of the file and refuses whatever asks for more than tensors, dictionaries and plain values.
/// `source` names the bytes in the error. Errors: CheckpointMalformed.
Result<NamedTensors> readPth(std::span<const uint8_t> bytes, const std::string& source);

}  // namespace finebrush
