#pragma once

#include "core/base/result.h"
#include "core/messages/messages.h"
#include "core/sam/sam.h"

#include <filesystem>
#include <string>
#include <vector>

namespace finebrush {

/// The checkpoint that is used where none is named: `lite_medsam.pth` in the folder that FINEBRUSH_MODELS
/// names, beside the installed program (`../share/finebrush/models`), or where packaging/setup.sh put it.
/// Errors: ModelMissing.
Result<std::filesystem::path> defaultCheckpoint();

/// The file that a checkpoint is: the one that is named, or the default one. Errors: ModelMissing.
Result<std::filesystem::path> checkpointFile(const std::filesystem::path& checkpoint);

/// The model that is adapted where none is chosen; none where the checkpoint (empty: the default one) is not
/// there.
std::vector<messages::ModelInfo> availableModels(const std::filesystem::path& checkpoint);

/// Loads a network onto a device; an empty path means the default checkpoint. Errors: ModelMissing and those
/// of `sam::loadSam`.
Result<sam::Sam> loadBaseNetwork(const std::filesystem::path& checkpoint, const torch::Device& device);

/// Has a network of SAM ViT-B's shapes take pixels as a person knows that its weights want them: "medsam" (0
/// to 1) or "sam" (ImageNet's mean and deviation), whatever its file is called; empty: as it is. Errors:
/// OptionInvalid for any other network, whose shapes tell.
Result<void> takePixelsAs(sam::Sam& network, const std::string& normalisation);

}  // namespace finebrush
