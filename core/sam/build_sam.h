#pragma once

#include "core/base/result.h"
#include "core/checkpoint/named_tensors.h"
#include "core/sam/sam.h"

#include <filesystem>

namespace finebrush::sam {

/// Tells the network from the names (official or Hugging Face's) and shapes of its tensors. `source` is the
/// path or name of the checkpoint: it stands in the error, and its file name alone tells MedSAM from SAM
/// ViT-B, which differ in nothing but their training. Errors: CheckpointUnknownNetwork {source}, or, where it
/// is a part of one, CheckpointMismatch with what is missing.
Result<SamDescription> describeNetwork(const NamedTensors& tensors, const std::string& source);

/// Makes SAM ViT-B what it is called by another that knows: "MedSAM", which is SAM ViT-B trained further on
/// pixels in 0..1, or the reverse. Any other name or network changes nothing.
void renameNetwork(SamDescription& description, const std::string& name);

/// Builds a network and loads the tensors into it, names and shapes exactly: frozen, in evaluation mode, on
/// the CPU. Takes no memory for a network that is far larger than the tensors. Errors: CheckpointMismatch
/// {source, differences}.
Result<Sam> buildSam(const SamDescription& description, const NamedTensors& tensors,
                     const std::string& source);

/// Reads a checkpoint (.pth, .pt, .safetensors; official or Hugging Face names) and builds its network, as
/// `buildSam` does. Blocks. Errors: those of `readCheckpoint` and `checkValues`, CheckpointUnknownNetwork,
/// CheckpointMismatch.
Result<Sam> loadSam(const std::filesystem::path& path);

}  // namespace finebrush::sam
