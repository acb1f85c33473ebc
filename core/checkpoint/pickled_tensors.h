#pragma once

#include "core/checkpoint/named_tensors.h"
#include "core/checkpoint/pickle_value.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

namespace finebrush {

/// The bytes of a storage by its key. Throws MalformedCheckpoint where there are none.
using StorageBytes = std::function<std::span<const uint8_t>(std::string_view key)>;

/// Collects the tensors of a dictionary and of the dictionaries in it; names are joined with dots
/// (`optimizer.state.0.exp_avg`). Every storage is copied once and tensors are views of it, so the outcome is
/// no larger than the file. Other entries are skipped and counted. Throws MalformedCheckpoint where a tensor
/// does not fit its storage, a storage its bytes, or the object is no dictionary.
NamedTensors collectTensors(const PickledObject& object, const StorageBytes& bytesOf);

}  // namespace finebrush
