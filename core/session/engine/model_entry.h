#pragma once

#include "core/base/result.h"
#include "core/messages/messages.h"

#include <optional>
#include <string>

namespace finebrush {

/// A network that can be chosen for adapting and for prompts.
struct ModelEntry {
    std::string file;                         ///< on the engine's machine; empty: the engine's default one
    std::optional<messages::ModelInfo> info;  ///< once the engine has looked at it
    std::optional<Error> refusal;             ///< why it cannot be used
};

}  // namespace finebrush
