#pragma once

#include "core/base/result.h"
#include "core/messages/messages.h"
#include "core/peft/adapted_sam.h"

#include <memory>
#include <string>

namespace finebrush::peft {

/// Makes a network that answers prompts into what PEFT trained it to be: the LoRA in its encoder, and of its
/// prompt decoder what was trained whole, which stays. The encoder is as it was when what is returned is
/// gone. `source` names the adapter in errors. Errors: those of `loadAdapter`; AdapterMismatch for an adapter
/// that tells classes apart and knows nothing of prompts, or whose decoder does not fit.
Result<std::unique_ptr<AdaptedSam>> adaptForPrompts(const messages::AdapterFiles& files, const sam::Sam& base,
                                                    const std::string& source);

}  // namespace finebrush::peft
