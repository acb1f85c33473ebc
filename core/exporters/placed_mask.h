#pragma once

#include "core/base/result.h"
#include "core/labels/label_map.h"

#include <gdal_priv.h>

#include <filesystem>

namespace finebrush {

/// Gives a data set the grid of a raster: its geotransform, reference system and whether a place is the
/// middle of a pixel or its corner; nothing where the raster has no geotransform. Blocks; any thread. Errors:
/// as `openImageFile`, and LabelsSizeMismatch where the raster has one and is of another size.
Result<void> placeOn(const std::filesystem::path& raster, GDALDataset& mask);

/// Labels in GDAL's memory on the grid of a raster; without a geotransform coordinates are pixels, y
/// downwards. Blocks; any thread. Errors: as `placeOn`.
Result<GDALDatasetUniquePtr> placedMask(const LabelMap& labels, const std::filesystem::path& raster);

}  // namespace finebrush
