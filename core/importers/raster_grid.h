#pragma once

#include "core/image/raster/placement.h"

#include <filesystem>
#include <optional>

namespace finebrush {

/// As `placementOf`; nothing for an image that cannot be read. Blocks.
std::optional<Placement> gridOf(const std::filesystem::path& file);

/// True where pixels of both lie at the same places, to a hundredth of a pixel.
bool isSameGrid(const Placement& first, const Placement& second);

}  // namespace finebrush
