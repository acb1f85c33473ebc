#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace finebrush {

/// Deflates bytes (zlib, level 1: labels are runs, and a stroke must not wait), their length in front.
std::vector<uint8_t> compressed(std::span<const uint8_t> bytes);

/// How many bytes the data says that it holds; nothing where it is too short to say.
std::optional<uint64_t> unpackedLength(std::span<const uint8_t> data);

/// The bytes that were compressed; nothing where the data is damaged. Never allocates more than deflate can
/// have packed into so few bytes.
std::optional<std::vector<uint8_t>> decompressed(std::span<const uint8_t> data);

}  // namespace finebrush
