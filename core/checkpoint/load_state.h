#pragma once

#include "core/base/result.h"
#include "core/checkpoint/named_tensors.h"

#include <torch/torch.h>

#include <cstdint>
#include <string>
#include <vector>

namespace finebrush {

/// How a checkpoint differs from a network's parameters and registered buffers. Names are in the order of the
/// network, or of the checkpoint where only that has them.
struct LoadReport {
    struct WrongShape {
        std::string name;
        std::vector<int64_t> inModule;
        std::vector<int64_t> inCheckpoint;
    };

    std::vector<std::string> missing;     ///< in the network only
    std::vector<std::string> unexpected;  ///< in the checkpoint only
    std::vector<WrongShape> wrongShape;
    std::vector<std::string>
        wrongType;  ///< a floating-point value on one side, an integer or boolean on the other

    bool fits() const;
};

/// Compares without changing anything.
LoadReport compareState(const torch::nn::Module& module, const NamedTensors& named);

/// What a report says, in one line: how many tensors of each kind, and the first names. Empty where all fits.
std::string summary(const LoadReport& report);
/// All differences, one a line below a heading; at most 200 of a kind.
std::string listing(const LoadReport& report);

/// Refuses what no network can use: tensors that are empty, or hold NaN or infinity. `source` names the file
/// in the error, whose details list all of them where they are many. Errors: `code` {source, summary}.
Result<void> checkValues(const NamedTensors& named, ErrorCode code, const std::string& source);

/// Copies named tensors into a module's parameters and registered buffers, all or none: a difference of any
/// kind leaves the module unchanged. Values take the module's dtype (half and bfloat16 become float32) and
/// device. `source` names the checkpoint in the error, whose details list all differences. Errors:
/// CheckpointMismatch {source, summary}.
Result<void> loadState(torch::nn::Module& module, const NamedTensors& named, const std::string& source);

/// The module's parameters and registered buffers by name, sharing its memory: what `loadState` takes back.
NamedTensors stateOf(const torch::nn::Module& module);

}  // namespace finebrush
