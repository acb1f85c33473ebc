#include "core/base/number_text.h"

#include <array>
#include <charconv>

namespace finebrush {

std::string numberText(double number) {
    std::array<char, 32> text{};
    return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

}  // namespace finebrush
