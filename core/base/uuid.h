#pragma once

#include <string>

namespace finebrush {

/// Makes a random identity (RFC 4122, version 4) in its lower-case text form of 36 characters.
std::string randomUuid();

/// True for the text form that `randomUuid` makes (any version).
bool isUuid(const std::string& text);

}  // namespace finebrush
