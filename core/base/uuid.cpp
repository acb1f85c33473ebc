#include "core/base/uuid.h"

#include <array>
#include <cstdint>
#include <random>

namespace finebrush {

namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

bool isHyphenPlace(size_t place) {
    return place == 8 || place == 13 || place == 18 || place == 23;
}

}  // namespace

std::string randomUuid() {
    std::random_device source;
    std::array<uint8_t, 16> bytes;
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(source());
    bytes[6] = (bytes[6] & 0x0f) | 0x40;  // version 4
    bytes[8] = (bytes[8] & 0x3f) | 0x80;  // the variant of RFC 4122

    std::string text;
    for (const uint8_t byte : bytes) {
        if (isHyphenPlace(text.size())) text += '-';
        text += kHexDigits[byte >> 4];
        text += kHexDigits[byte & 15];
    }
    return text;
}

bool isUuid(const std::string& text) {
    if (text.size() != 36) return false;
    for (size_t place = 0; place < text.size(); ++place) {
        const char c = text[place];
        const bool isHex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (isHyphenPlace(place) ? c != '-' : !isHex) return false;
    }
    return true;
}

}  // namespace finebrush
