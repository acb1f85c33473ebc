#include "core/messages/input_range.h"

#include "core/base/number_text.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace finebrush {

namespace {

using Kind = InputRange::Kind;

constexpr std::array kPlainKinds = {std::pair{Kind::Automatic, "auto"}, std::pair{Kind::MinMax, "minmax"},
                                    std::pair{Kind::Bytes, "bytes"}, std::pair{Kind::Displayed, "displayed"}};
constexpr std::string_view kBands = "+bands:";
constexpr std::string_view kEach = "+each";
constexpr int kMostBands = 65535;
constexpr std::array kKindsWithNumbers = {std::pair{Kind::Percentile, "percentile:"},
                                          std::pair{Kind::Window, "window:"}};

/// "8,4,3"
std::optional<std::array<int, 3>> bandsFrom(std::string_view text) {
    std::array<int, 3> bands{};
    const std::vector<std::string_view> parts = split(text, ',');
    if (parts.size() != bands.size()) return std::nullopt;
    for (size_t i = 0; i < bands.size(); ++i) {
        const std::optional<double> band = numberFrom(parts[i]);
        if (!band || *band != std::floor(*band) || *band < 1 || *band > kMostBands) return std::nullopt;
        bands[i] = static_cast<int>(*band) - 1;
    }
    return bands;
}

bool isSound(const InputRange& range) {
    if (range.kind == Kind::Window) return range.second > 0;
    return range.first >= 0 && range.first < range.second && range.second <= 100;
}

std::string limitsText(const InputRange& range) {
    for (const auto& [kind, name] : kPlainKinds) {
        if (kind == range.kind) return name;
    }
    std::string text;
    for (const auto& [kind, name] : kKindsWithNumbers) {
        if (kind == range.kind) text = name;
    }
    return text + numberText(range.first) + "," + numberText(range.second);
}

std::optional<InputRange> limitsFrom(std::string_view text) {
    for (const auto& [kind, name] : kPlainKinds) {
        if (text == name) return InputRange{kind};
    }
    for (const auto& [kind, name] : kKindsWithNumbers) {
        if (!text.starts_with(name)) continue;
        const std::vector<std::string_view> parts = split(text.substr(std::string_view(name).size()), ',');
        if (parts.size() != 2) return std::nullopt;
        const auto first = numberFrom(parts[0]), second = numberFrom(parts[1]);
        if (!first || !second) return std::nullopt;
        const InputRange range{kind, *first, *second};
        return isSound(range) ? std::optional(range) : std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

std::string toText(const InputRange& range) {
    std::string text = limitsText(range);
    if (range.bands) {
        text += kBands;
        for (size_t i = 0; i < range.bands->size(); ++i) {
            if (i > 0) text += ',';
            text += std::to_string((*range.bands)[i] + 1);
        }
    }
    if (range.eachBand) text += kEach;
    return text;
}

Result<InputRange> inputRangeOf(const std::optional<std::string>& text) {
    if (!text) return InputRange();
    const std::optional<InputRange> range = inputRangeFromText(*text);
    if (range) return *range;
    return failure(ErrorCode::OptionInvalid,
                   {"--input-range", *text,
                    "it is auto, minmax, bytes, percentile:LOW,HIGH, window:CENTRE,WIDTH or displayed, with "
                    "+bands:RED,GREEN,BLUE or (of minmax and percentile) +each behind it"});
}

std::optional<InputRange> inputRangeFromText(std::string_view text) {
    const bool isOfEach = text.ends_with(kEach);
    if (isOfEach) text.remove_suffix(kEach.size());
    std::optional<std::array<int, 3>> bands;
    if (const size_t place = text.find(kBands); place != std::string_view::npos) {
        bands = bandsFrom(text.substr(place + kBands.size()));
        if (!bands) return std::nullopt;
        text = text.substr(0, place);
    }
    std::optional<InputRange> range = limitsFrom(text);
    if (!range || (bands && range->kind == Kind::Displayed) || (isOfEach && !canBeOfEachBand(range->kind)))
        return std::nullopt;
    range->bands = bands;
    range->eachBand = isOfEach;
    return range;
}

Result<void> requireBands(const InputRange& range, int bandCount, const std::string& image) {
    if (!range.bands || std::ranges::max(*range.bands) < bandCount) return {};
    const std::string bands = std::to_string(bandCount) + (bandCount == 1 ? " band" : " bands");
    return failure(ErrorCode::OptionInvalid, {"--input-range", toText(range), image + " has " + bands});
}

}  // namespace finebrush
