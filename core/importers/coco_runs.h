#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace finebrush {

/// The run lengths in COCO's compressed string (`compressedCocoRuns` of core/exporters makes it); nothing
/// where it is cut off or holds other characters.
std::optional<std::vector<int64_t>> cocoRunsFrom(std::string_view text);

}  // namespace finebrush
