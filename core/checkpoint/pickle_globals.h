#pragma once

#include "core/checkpoint/pickle_value.h"

#include <string_view>

namespace finebrush {

/// The value of a Python global that a checkpoint may name: OrderedDict, torch.Size, the two functions that
/// rebuild tensors and parameters, and ten storage types. Throws MalformedCheckpoint, naming the object, for
/// every other.
PickleValue allowedGlobal(std::string_view module, std::string_view name);

}  // namespace finebrush
