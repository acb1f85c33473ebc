#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace finebrush {

/// The shortest decimal text that gives the same number again, with a point whatever the locale.
std::string numberText(double number);

/// The finite number that the whole text is, with a point whatever the locale; nothing for any other text.
std::optional<double> numberFrom(std::string_view text);

}  // namespace finebrush
