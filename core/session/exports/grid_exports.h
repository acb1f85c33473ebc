#pragma once

#include "core/base/result.h"
#include "core/image/volume/volume.h"
#include "core/session/exports/export_jobs.h"
#include "core/session/exports/grid_format.h"
#include "core/session/images/opened_image.h"

#include <filesystem>
#include <stop_token>

namespace finebrush {

/// The formats that keep the grid of an image: what can be written of it beside masks of its pixels.
bool fits(GridFormat format, const OpenedImage& image);

/// Writes the labels of all images that the format fits, where they lie: a GeoTIFF mask, a GeoPackage or a
/// GeoJSON file for each raster; a NIfTI volume or a DICOM segmentation for each volume, with the labelled
/// slices of all views in their places. Of a volume with several frames each that is labelled gets a file.
/// Where views disagree (`gatherLabels`), ViewsDisagree is among the problems. Errors: NothingToExport.
Result<ExportOutcome> exportOnGrid(const ExportInput& input, GridFormat format, const std::stop_token& stop);

}  // namespace finebrush
