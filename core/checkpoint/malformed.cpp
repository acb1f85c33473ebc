#include "core/checkpoint/malformed.h"

namespace finebrush {

namespace {

constexpr size_t kShownBytes = 80;

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

}  // namespace finebrush
