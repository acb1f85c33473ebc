#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace finebrush {

/// Named tensors by value, as they lie in a checkpoint: on the CPU, in the order of the file, of the file's
/// dtype. Tensors of one checkpoint may be views of a common storage; whoever changes one in place clones it
/// first.
struct NamedTensors {
    torch::OrderedDict<std::string, torch::Tensor> tensors{"tensor"};
    std::map<std::string, std::string> metadata;  ///< `__metadata__` of safetensors; empty for .pth

    /// Entries of a .pth that are neither tensors nor dictionaries of them, such as a training checkpoint's
    /// epoch.
    int64_t skippedEntries = 0;
    std::string firstSkippedEntry;
};

/// The number of elements of all tensors together.
int64_t elementCount(const NamedTensors& named);

/// Whether any name starts so.
bool hasPrefix(const NamedTensors& named, std::string_view prefix);

/// The tensors whose names start with `prefix`, under their names without it, with the same metadata:
/// `tensorsBelow(checkpoint, "model.")` is the network of a training checkpoint {model, optimizer, epoch}.
NamedTensors tensorsBelow(const NamedTensors& named, std::string_view prefix);

}  // namespace finebrush
