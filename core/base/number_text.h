#pragma once

#include <string>

namespace finebrush {

/// The shortest decimal text that gives the same number again, with a point whatever the locale.
std::string numberText(double number);

}  // namespace finebrush
