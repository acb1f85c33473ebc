#pragma once

#include <nlohmann/json.hpp>

#include <ostream>

namespace finebrush {

/// Facts in the order in which they are told.
using Facts = nlohmann::ordered_json;

/// Prints one fact a line, or a JSON object.
void printFacts(const Facts& facts, bool json, std::ostream& out);

}  // namespace finebrush
