#include "core/image/raster/band_names.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string_view>
#include <utility>

namespace finebrush {

namespace {

using Words = std::vector<std::string>;

/// The words of a name in lower case; a band's number is one word without zeros in front: "b4".
Words wordsOf(const std::string& name) {
    Words words;
    bool isWithin = false;
    for (const unsigned char letter : name) {
        const bool wasWithin = std::exchange(isWithin, std::isalnum(letter) != 0);
        if (!isWithin) continue;
        if (!wasWithin) words.emplace_back();
        words.back() += static_cast<char>(std::tolower(letter));
    }
    for (size_t i = 0; i < words.size(); ++i) {
        std::string& word = words[i];
        if (word.starts_with("band")) {
            word.erase(1, 3);
            const bool isApart = word == "b" && i + 1 < words.size();
            if (isApart) {
                word += words[i + 1];
                words.erase(words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
            }
        }
        if (word.starts_with("b0")) word.erase(1, 1);
    }
    return words;
}

bool has(const Words& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

/// Red edge and coastal blue are no colours of a picture.
bool isOfAnotherColour(const Words& words) {
    return has(words, "edge") || has(words, "coastal");
}

/// The band with this word, of several the one with the shortest name: "green" rather than "green i"; -1:
/// none.
int bandWith(const std::vector<Words>& bands, std::string_view word) {
    int found = -1;
    for (size_t band = 0; band < bands.size(); ++band) {
        if (!has(bands[band], word) || isOfAnotherColour(bands[band])) continue;
        if (found < 0 || bands[band].size() < bands[static_cast<size_t>(found)].size())
            found = static_cast<int>(band);
    }
    return found;
}

std::optional<std::array<int, 3>> bandsWith(const std::vector<Words>& bands,
                                            const std::array<std::string_view, 3>& words) {
    const std::array<int, 3> found = {bandWith(bands, words[0]), bandWith(bands, words[1]),
                                      bandWith(bands, words[2])};
    return std::ranges::count(found, -1) == 0 ? std::optional(found) : std::nullopt;
}

bool mayBeOfOlderLandsat(const std::vector<Words>& bands) {
    constexpr std::array<std::string_view, 6> kLaterBands = {"b8", "b8a", "b9", "b10", "b11", "b12"};
    const bool hasLater =
        std::ranges::any_of(kLaterBands, [&](std::string_view word) { return bandWith(bands, word) >= 0; });
    return !hasLater && bandWith(bands, "b1") >= 0;
}

}  // namespace

std::optional<std::array<int, 3>> coloursNamed(const std::vector<std::string>& names) {
    std::vector<Words> bands;
    for (const std::string& name : names) bands.push_back(wordsOf(name));
    if (const auto named = bandsWith(bands, {"red", "green", "blue"})) return named;
    return mayBeOfOlderLandsat(bands) ? std::nullopt : bandsWith(bands, {"b4", "b3", "b2"});
}

}  // namespace finebrush
