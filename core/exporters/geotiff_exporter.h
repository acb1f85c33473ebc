#pragma once

#include "core/base/result.h"
#include "core/exporters/export_file.h"
#include "core/labels/class_table.h"
#include "core/labels/label_map.h"

#include <filesystem>
#include <stop_token>
#include <string>

namespace finebrush {

/// `<stem>_mask.tif`.
std::string geoTiffFileName(const std::string& stem);

/// Writes class numbers as an 8-bit GeoTIFF on the grid of a raster, as `GeoTiffRows` describes; of any size,
/// in the memory of a few rows. True means that the file was decoded again and holds the labels; false where
/// it was asked to stop: then no file is left. Blocks; any thread. Errors: as `GeoTiffRows`.
Result<bool> exportGeoTiff(const std::filesystem::path& file, const std::filesystem::path& raster,
                           const LabelMap& labels, const ClassTable& classes, const InputFiles& inputs,
                           const std::stop_token& stop = {});

}  // namespace finebrush
