#pragma once

#include "core/base/result.h"

#include <filesystem>

namespace finebrush {

/// Refuses an image of which GDAL unpacks all, or makes large tables, as soon as it is opened: before anyone
/// can ask for its size. True of a BMP of run lengths, and of a JPEG 2000 whose header claims very many tiles
/// or a huge one; a few KB can do either. Blocks. Errors: ImageTooLarge, ImageTypeUnsupported, ImageDamaged.
Result<void> requireCheapOpening(const std::filesystem::path& file);

}  // namespace finebrush
