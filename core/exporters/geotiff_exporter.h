#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"
#include "core/exporters/export_file.h"
#include "core/labels/class_table.h"

#include <filesystem>
#include <string>

namespace finebrush {

/// `<stem>_mask.tif`.
std::string geoTiffFileName(const std::string& stem);

/// Writes class numbers as an 8-bit GeoTIFF on the grid of a raster: its geotransform and reference system,
/// the colours of the classes as a palette, 255 as no data, and the names of the classes as "CLASS_<number>"
/// among the metadata. Success means that the file was decoded again and holds the mask. Blocks; any thread.
/// Errors: as `openImageFile` for the raster, LabelsSizeMismatch where it is of another size by now, and as
/// `writeExport`.
Result<void> exportGeoTiff(const std::filesystem::path& file, const std::filesystem::path& raster,
                           const IndexMask& mask, const ClassTable& classes, const InputFiles& inputs);

}  // namespace finebrush
