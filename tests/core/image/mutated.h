#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace finebrush::testing {

/// By how much reading damaged files may raise the most memory that a process has had.
inline constexpr long kMostKibibytesOfDamage = 512 << 10;

/// Cuts the file off, or overwrites a few bytes: anywhere, or in its first 500, where the headers are.
inline std::vector<uint8_t> mutated(const std::vector<uint8_t>& original, std::mt19937& generator) {
    const auto below = [&](size_t limit) {
        return std::uniform_int_distribution<size_t>(0, limit - 1)(generator);
    };
    std::vector<uint8_t> bytes = original;
    if (below(4) == 0) {
        bytes.resize(below(bytes.size()));
        return bytes;
    }
    const size_t reach = below(2) == 0 ? bytes.size() : std::min<size_t>(bytes.size(), 500);
    for (size_t count = 1 + below(8); count > 0; --count)
        bytes[below(reach)] = static_cast<uint8_t>(below(256));
    return bytes;
}

}  // namespace finebrush::testing
