#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace finebrush {

/// Text by printf's rules, which the compiler checks. (C++20's std::format is not in Debian 12's g++.)
[[gnu::format(printf, 1, 2)]] std::string formatted(const char* format, ...);

/// What stands between the separators: one part more than there are of these, and any of them may be empty.
/// They lie in the text.
std::vector<std::string_view> split(std::string_view text, char between);

/// Whether bytes are well-formed UTF-8 (Unicode 15, table 3-7: no surrogates, no overlong forms).
bool isUtf8(std::string_view text);

/// The bytes of a text, which lie in it.
inline std::span<const uint8_t> bytesOf(std::string_view text) {
    return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

}  // namespace finebrush
