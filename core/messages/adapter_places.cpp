#include "core/messages/adapter_places.h"

#include "core/base/text.h"

#include <array>
#include <charconv>
#include <utility>

namespace finebrush::messages {

namespace {

constexpr size_t kMaxScales = 16;
constexpr int kMaxScale = 16;

constexpr std::array kPlaces = {std::pair{std::string_view("q"), &Projections::query},
                                std::pair{std::string_view("k"), &Projections::key},
                                std::pair{std::string_view("v"), &Projections::value},
                                std::pair{std::string_view("o"), &Projections::output},
                                std::pair{std::string_view("mlp"), &Projections::mlp}};

std::string_view trimmed(std::string_view text) {
    const size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

/// What stands between the commas.
std::vector<std::string_view> partsOf(std::string_view text) {
    std::vector<std::string_view> parts = split(text, ',');
    for (std::string_view& part : parts) part = trimmed(part);
    return parts;
}

}  // namespace

std::optional<Projections> projectionsFromText(std::string_view text) {
    Projections chosen;
    for (const std::string_view part : partsOf(text)) {
        bool isKnown = false;
        for (const auto& [name, place] : kPlaces) {
            if (part != name || chosen.*place) continue;
            chosen.*place = true;
            isKnown = true;
        }
        if (!isKnown) return std::nullopt;
    }
    return chosen;
}

std::optional<std::vector<int>> scalesFromText(std::string_view text) {
    std::vector<int> scales;
    for (const std::string_view part : partsOf(text)) {
        int scale = 0;
        const char* const last = part.data() + part.size();
        const auto [end, problem] = std::from_chars(part.data(), last, scale);
        if (problem != std::errc() || end != last || scale < 1 || scale > kMaxScale) return std::nullopt;
        scales.push_back(scale);
    }
    return scales.size() <= kMaxScales ? std::optional(std::move(scales)) : std::nullopt;
}

}  // namespace finebrush::messages
