#pragma once

#include "core/base/result.h"
#include "core/checkpoint/named_tensors.h"
#include "core/sam/sam.h"

#include <filesystem>
#include <string>

namespace finebrush::sam {

/// Tells the network from the names (official or Hugging Face's) and shapes of its tensors. `source` is the
/// path or name of the checkpoint: it stands in the error, and its file name alone tells MedSAM from SAM
/// ViT-B, which differ in nothing but their training. Errors: CheckpointUnknownNetwork {source}, or, where it
/// is a part of one, CheckpointMismatch with what is missing.
Result<SamDescription> describeNetwork(const NamedTensors& tensors, const std::string& source);

/// Makes SAM ViT-B what it is called by another that knows: "MedSAM", which is SAM ViT-B trained further on
/// pixels in 0..1, or the reverse. Any other name or network changes nothing.
void renameNetwork(SamDescription& description, const std::string& name);

/// SHA-256 of the file of SAM ViT-B that its makers published, sam_vit_b_01ec64.pth.
inline constexpr char kPublishedSamVitB[] =
    "ec2df62732614e57411cdcf32a23ffdf28910380d03139ee0f4fcbe91eb8c912";

/// Makes the network of a published file what it is, whatever the file is called now. MedSAM's has no hash on
/// record here: only its name tells it.
void recognisePublished(SamDescription& description, const std::string& sha256);

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
