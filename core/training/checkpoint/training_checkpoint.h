#pragma once

#include "core/base/result.h"
#include "core/checkpoint/named_tensors.h"
#include "core/training/checkpoint/request_fingerprint.h"
#include "core/training/checkpoint/training_state.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace finebrush::training {

/// The bytes of a training's checkpoint: a safetensors file with the state's tensors, the metrics as frames
/// of the engine's protocol, the fingerprint of the request and a digest of all that.
std::vector<uint8_t> encodeCheckpoint(const TrainingState& state, const RequestFingerprint& request);

/// Reads the checkpoint of an adaptation that is asked for again. `source` names the bytes in the error.
/// Errors: CheckpointMalformed (not whole, or changed), TrainingDiffers (another request made it).
Result<TrainingState> decodeCheckpoint(std::span<const uint8_t> bytes, const RequestFingerprint& request,
                                       const std::string& source);

/// What an adaptation was asked for whose checkpoint the tensors of a file are; empty where they are none.
std::optional<RequestFingerprint> requestIn(const NamedTensors& file);

}  // namespace finebrush::training
