#include "core/checkpoint/malformed.h"

#include <cstdint>

namespace finebrush {

namespace {

constexpr size_t kShownBytes = 80;

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

std::string printable(std::string_view text) {
    std::string shown(text.substr(0, kShownBytes));
    for (char& character : shown) {
        if (character < 0x20 || character > 0x7E) character = '?';
    }
    return text.size() > kShownBytes ? shown + "..." : shown;
}

std::string inQuotes(std::string_view text) {
    std::string shown = "'";
    shown += printable(text);
    shown += '\'';
    return shown;
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
