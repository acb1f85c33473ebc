#pragma once

#include "core/messages/messages.h"

namespace CLI {
class App;
}

namespace finebrush {

/// Adds the options that choose a method of adaptation and how it works. A preset gives the values of those
/// that are not given. One that the chosen method does not look at is a CLI::ValidationError when the command
/// is parsed. The settings must outlive the parsing.
void addMethodOptions(CLI::App& command, messages::AdaptationSettings& settings);

}  // namespace finebrush
