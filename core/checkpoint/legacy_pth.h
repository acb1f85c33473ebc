#pragma once

#include "core/checkpoint/named_tensors.h"

#include <cstdint>
#include <span>

namespace finebrush {

/// Whether bytes begin with the magic number of `torch.save` before PyTorch 1.6.
bool isLegacyPth(std::span<const uint8_t> bytes);

/// Reads that format: pickles of the magic number, the protocol version, the writer's system, the object, and
/// the storages' keys; then, in the order of the keys, each storage as a 64-bit number of elements and its
/// bytes (torch/serialization.py, _legacy_save). Throws MalformedCheckpoint.
NamedTensors parseLegacyPth(std::span<const uint8_t> bytes);

}  // namespace finebrush
