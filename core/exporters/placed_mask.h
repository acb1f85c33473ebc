#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"

#include <gdal_priv.h>

#include <filesystem>

namespace finebrush {

/// A mask in GDAL's memory on the grid of a raster: its geotransform, reference system and whether a place is
/// the middle of a pixel or its corner. On a raster without a geotransform coordinates are pixels, y
/// downwards. Blocks; any thread. Errors: as `openImageFile`, and LabelsSizeMismatch where the raster is of
/// another size.
Result<GDALDatasetUniquePtr> placedMask(const IndexMask& mask, const std::filesystem::path& raster);

}  // namespace finebrush
