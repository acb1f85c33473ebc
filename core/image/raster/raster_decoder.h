#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"
#include "core/image/raster/raster_layout.h"

#include <gdal_priv.h>

#include <cstdint>
#include <filesystem>
#include <functional>

namespace finebrush {

/// Decodes all samples of an opened raster as they are stored. A header that claims more than the file holds
/// costs no memory. The path serves for messages. Errors: ImageDamaged, ImageTooLarge.
Result<PixelBuffer> decodeStored(GDALDataset& dataset, const RasterLayout& layout,
                                 const std::filesystem::path& path, uint64_t maxBytes);

/// The same from the top, some rows at a time, in the memory of these; `visit` gets them with the place of
/// the first, and an error of it ends the reading. Rows that are hidden stay so where all of the image is.
/// `maxBytes` is the limit of what is decoded at once as the file is laid out.
using RowVisitor = std::function<Result<void>(int y, PixelBuffer rows)>;
Result<void> decodeStoredRows(GDALDataset& dataset, const RasterLayout& layout,
                              const std::filesystem::path& path, uint64_t maxBytes, const RowVisitor& visit);

/// The whole as `readRaster` gives it. Errors: ImageTypeUnsupported as well.
Result<PixelBuffer> decodeRaster(GDALDataset& dataset, const std::filesystem::path& path, uint64_t maxBytes);

}  // namespace finebrush
