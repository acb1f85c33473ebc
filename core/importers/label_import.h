#pragma once

#include "core/importers/imported_labels.h"

#include <filesystem>
#include <optional>
#include <stop_token>
#include <vector>

namespace finebrush {

/// Reads labels of any format that is known here, told apart by what a file holds: rasters of class numbers
/// (PNG, TIFF, BMP), NIfTI label volumes, DICOM segmentations, labelme and COCO files, GeoJSON, GeoPackage,
/// Shapefile. A folder stands for the files in it. The image of a file is the one that it names or is called
/// like; a single file that no image is called like is of the one on the screen. A class list beside a raster
/// or above it (classes.json, classes.txt, labelmap.txt) names its numbers. What does not fit its image is
/// left out with a reason. Blocks; any thread.
LabelImport importLabels(const std::vector<std::filesystem::path>& paths,
                         const std::vector<ImportTarget>& targets, const std::optional<size_t>& shown,
                         const std::stop_token& stop);

}  // namespace finebrush
