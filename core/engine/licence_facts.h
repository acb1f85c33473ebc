#pragma once

#include "core/messages/messages.h"
#include "core/sam/sam.h"

#include <filesystem>
#include <string>

namespace finebrush {

/// The licence of a network's weights, and what tells it.
struct LicenceFacts {
    std::string licence;  ///< empty: not known
    messages::LicenceEvidence evidence = messages::LicenceEvidence::File;
};

/// What tells the licence of a network that was loaded from a file, the surest first: the SHA-256 of a file
/// that its makers published; the model card beside a `model.safetensors`, as Hugging Face lays them; what
/// the makers published networks of its name under. Reads the card; blocks.
LicenceFacts licenceOf(const sam::Sam& network, const std::filesystem::path& file);

}  // namespace finebrush
