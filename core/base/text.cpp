#include "core/base/text.h"

#include <cstdarg>
#include <cstdio>

namespace finebrush {

namespace {

/// What may follow a lead byte: how many continuation bytes, and the range of the first of them.
struct Utf8Sequence {
    size_t continuationBytes;
    uint8_t firstLow;
    uint8_t firstHigh;
};

/// False where no sequence starts with this byte.
bool sequenceOf(uint8_t lead, Utf8Sequence& sequence) {
    if (lead < 0x80)
        sequence = {0, 0, 0};
    else if (lead < 0xC2)
        return false;
    else if (lead < 0xE0)
        sequence = {1, 0x80, 0xBF};
    else if (lead == 0xE0)
        sequence = {2, 0xA0, 0xBF};
    else if (lead == 0xED)
        sequence = {2, 0x80, 0x9F};
    else if (lead < 0xF0)
        sequence = {2, 0x80, 0xBF};
    else if (lead == 0xF0)
        sequence = {3, 0x90, 0xBF};
    else if (lead < 0xF4)
        sequence = {3, 0x80, 0xBF};
    else if (lead == 0xF4)
        sequence = {3, 0x80, 0x8F};
    else
        return false;
    return true;
}

}  // namespace

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

std::vector<std::string_view> split(std::string_view text, char between) {
    std::vector<std::string_view> parts;
    for (size_t end = text.find(between); end != text.npos; end = text.find(between)) {
        parts.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    parts.push_back(text);
    return parts;
}

bool isUtf8(std::string_view text) {
    for (size_t i = 0; i < text.size();) {
        Utf8Sequence sequence{};
        if (!sequenceOf(static_cast<uint8_t>(text[i]), sequence)) return false;
        ++i;
        if (text.size() - i < sequence.continuationBytes) return false;
        uint8_t low = sequence.firstLow;
        uint8_t high = sequence.firstHigh;
        for (size_t k = 0; k < sequence.continuationBytes; ++k, ++i) {
            const auto byte = static_cast<uint8_t>(text[i]);
            if (byte < low || byte > high) return false;
            low = 0x80;
            high = 0xBF;
        }
    }
    return true;
}

}  // namespace finebrush
