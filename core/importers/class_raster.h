#pragma once

#include "core/base/result.h"
#include "core/importers/imported_labels.h"

#include <filesystem>

namespace finebrush {

/// True for a raster format that keeps class numbers: PNG, TIFF, BMP. JPEG does not, and is refused by
/// `readClassRaster`.
bool isClassRaster(const std::filesystem::path& file);

/// Reads a raster of class numbers as the labels of an image: a palette (its indices, whose colours become
/// those of the classes) or whole numbers in one band. 255 is unlabelled, and so is what the file calls no
/// data; a grey mask of 0 and 255 alone is background and one class, as many programs write it. Where file
/// and image are both georeferenced, their grids must be one. Blocks; any thread. Errors: as `readRaster`,
/// LabelsNotIndexed, LabelsLossy, LabelsValueOutOfRange, LabelsSizeMismatch,
/// LabelsGridMismatch.
Result<ImportedLabels> readClassRaster(const std::filesystem::path& file, const ImportTarget& target,
                                       size_t place);

}  // namespace finebrush
