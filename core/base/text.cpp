#include "core/base/text.h"

#include <cstdarg>
#include <cstdint>
#include <cstdio>

namespace finebrush {

std::string formatted(const char* format, ...) {
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    std::string text(static_cast<size_t>(std::vsnprintf(nullptr, 0, format, arguments)), '\0');
    std::vsnprintf(text.data(), text.size() + 1, format, again);
    va_end(again);
    va_end(arguments);
    return text;
}

bool precedesNaturally(std::string_view one, std::string_view other) {
    const auto isDigit = [](char letter) { return letter >= '0' && letter <= '9'; };
    const auto digitsAt = [&](std::string_view text, size_t& place) {
        while (place < text.size() && text[place] == '0') ++place;
        const size_t begin = place;
        while (place < text.size() && isDigit(text[place])) ++place;
        return text.substr(begin, place - begin);
    };
    size_t i = 0, j = 0;
    while (i < one.size() && j < other.size()) {
        if (isDigit(one[i]) && isDigit(other[j])) {
            const std::string_view left = digitsAt(one, i), right = digitsAt(other, j);
            if (left.size() != right.size()) return left.size() < right.size();
            if (left != right) return left < right;
        } else {
            if (one[i] != other[j]) return static_cast<uint8_t>(one[i]) < static_cast<uint8_t>(other[j]);
            ++i;
            ++j;
        }
    }
    if (i < one.size() || j < other.size()) return j < other.size();
    return one < other;  // leading zeros
}

}  // namespace finebrush
