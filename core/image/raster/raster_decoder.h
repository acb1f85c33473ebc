#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"
#include "core/image/raster/raster_layout.h"

#include <gdal_priv.h>

#include <cstdint>
#include <filesystem>

namespace finebrush {

/// Decodes all samples of an opened raster as they are stored. A header that claims more than the file holds
/// costs no memory. The path serves for messages. Errors: ImageDamaged, ImageTooLarge.
Result<PixelBuffer> decodeStored(GDALDataset& dataset, const RasterLayout& layout,
                                 const std::filesystem::path& path, uint64_t maxBytes);

/// The same as `readRaster` gives them. Errors: ImageTypeUnsupported as well.
Result<PixelBuffer> decodeRaster(GDALDataset& dataset, const std::filesystem::path& path, uint64_t maxBytes);

}  // namespace finebrush
