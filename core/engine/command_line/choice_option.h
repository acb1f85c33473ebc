#pragma once

#include "core/messages/fields.h"

#include <CLI/CLI.hpp>

#include <map>
#include <string>

namespace finebrush {

/// Adds an option whose values are spelled as between the processes.
template <typename Enum>
CLI::Option* addChoice(CLI::App& command, const char* name, Enum& chosen, const char* description) {
    std::map<std::string, Enum> names;
    for (const auto& [value, spelling] : messages::kEnumNames<Enum>) names.emplace(spelling, value);
    return command.add_option(name, chosen, description)
        ->transform(CLI::CheckedTransformer(names).description(""));
}

}  // namespace finebrush
