#pragma once

#include <string>

namespace finebrush {

/// Text by printf's rules, which the compiler checks. (C++20's std::format is not in Debian 12's g++.)
[[gnu::format(printf, 1, 2)]] std::string formatted(const char* format, ...);

}  // namespace finebrush
