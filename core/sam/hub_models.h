#pragma once

#include "core/sam/sam_description.h"

#include <optional>
#include <string>

namespace finebrush::sam {

/// What a name tells of a network.
struct NamedNetwork {
    std::string name;  ///< as SamDescription has it
    PixelNormalisation normalisation = PixelNormalisation::ImageNet;
};

/// The network that a published model is, by its name on Hugging Face's hub ("facebook/sam-vit-base") or by
/// the one that SamDescription has of it, in capitals or not. Any other name tells nothing, a path among
/// them.
std::optional<NamedNetwork> networkNamed(std::string name);

}  // namespace finebrush::sam
