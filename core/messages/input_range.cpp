#include "core/messages/input_range.h"

#include "core/base/number_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace finebrush {

namespace {

using Kind = InputRange::Kind;

constexpr std::array kPlainKinds = {std::pair{Kind::Automatic, "auto"}, std::pair{Kind::MinMax, "minmax"},
                                    std::pair{Kind::Bytes, "bytes"}, std::pair{Kind::Displayed, "displayed"}};
constexpr std::array kKindsWithNumbers = {std::pair{Kind::Percentile, "percentile:"},
                                          std::pair{Kind::Window, "window:"}};

std::optional<double> numberFrom(std::string_view text) {
    double number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isNumber = problem == std::errc() && end == text.data() + text.size() && std::isfinite(number);
    return isNumber ? std::optional(number) : std::nullopt;
}

bool isSound(const InputRange& range) {
    if (range.kind == Kind::Window) return range.second > 0;
    return range.first >= 0 && range.first < range.second && range.second <= 100;
}

}  // namespace

std::string toText(const InputRange& range) {
    for (const auto& [kind, name] : kPlainKinds) {
        if (kind == range.kind) return name;
    }
    std::string text;
    for (const auto& [kind, name] : kKindsWithNumbers) {
        if (kind == range.kind) text = name;
    }
    return text + numberText(range.first) + "," + numberText(range.second);
}

Result<InputRange> inputRangeOf(const std::optional<std::string>& text) {
    if (!text) return InputRange();
    const std::optional<InputRange> range = inputRangeFromText(*text);
    if (range) return *range;
    return failure(ErrorCode::OptionInvalid,
                   {"--input-range", *text,
                    "it is auto, minmax, bytes, percentile:LOW,HIGH, window:CENTRE,WIDTH or displayed"});
}

std::optional<InputRange> inputRangeFromText(std::string_view text) {
    for (const auto& [kind, name] : kPlainKinds) {
        if (text == name) return InputRange{kind};
    }
    for (const auto& [kind, name] : kKindsWithNumbers) {
        if (!text.starts_with(name)) continue;
        const std::string_view numbers = text.substr(std::string_view(name).size());
        const size_t comma = numbers.find(',');
        if (comma == std::string_view::npos) return std::nullopt;
        const auto first = numberFrom(numbers.substr(0, comma)),
                   second = numberFrom(numbers.substr(comma + 1));
        if (!first || !second) return std::nullopt;
        const InputRange range{kind, *first, *second};
        return isSound(range) ? std::optional(range) : std::nullopt;
    }
    return std::nullopt;
}

}  // namespace finebrush
