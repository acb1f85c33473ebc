#pragma once

#include "core/inference/segmentation_model.h"

#include <memory>
#include <string>

namespace finebrush {

/// Makes a model from an adapter's files and the base network that it was trained on. `source` names the
/// adapter in errors. Of another program's adapters only AutoGluon's make a model (`PublishedModel`); PEFT's
/// have no decoder for classes. Where an adapter can be merged into the base's weights it is; an earlier
/// model of this base must be gone then. Errors: AdapterMalformed, AdapterMismatch (with the list of
/// differences); the base is unchanged then.
Result<std::unique_ptr<SegmentationModel>> loadModel(const messages::AdapterFiles& files,
                                                     const sam::Sam& base, const std::string& source);

}  // namespace finebrush
