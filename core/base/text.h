#pragma once

#include <string>
#include <string_view>

namespace finebrush {

/// Text by printf's rules, which the compiler checks. (C++20's std::format is not in Debian 12's g++.)
[[gnu::format(printf, 1, 2)]] std::string formatted(const char* format, ...);

/// The order of names in which "image_2" stands before "image_10": runs of digits count as numbers.
bool precedesNaturally(std::string_view one, std::string_view other);

}  // namespace finebrush
