#pragma once

#include "core/checkpoint/named_tensors.h"

#include <string>

namespace finebrush::sam {

// Networks with SAM's own ViT encoder are published under two sets of names: those of segment_anything
// ("official"), which ours are, and those of Hugging Face's SamModel. The map between them is one to one
// (the map of transformers' convert_sam_to_hf.py), but for one tensor that SamModel has twice.

/// Whether the names are those of SamModel.
bool hasHuggingFaceNames(const NamedTensors& tensors);

/// "vision_encoder.layers.0.layer_norm1.weight" → "image_encoder.blocks.0.norm1.weight". Names that SamModel
/// does not have come back as they are.
std::string officialName(const std::string& huggingFaceName);

/// The inverse of `officialName`.
std::string huggingFaceName(const std::string& officialName);

/// The tensors under official names, whichever they have.
NamedTensors withOfficialNames(const NamedTensors& tensors);

}  // namespace finebrush::sam
