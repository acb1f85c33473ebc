#pragma once

#include "core/base/result.h"
#include "core/engine/labelled_images.h"
#include "core/exporters/export_file.h"
#include "core/image/raster/large_raster.h"
#include "core/inference/window_prediction.h"
#include "core/labels/class_table.h"

#include <filesystem>

namespace finebrush {

/// What is written of a large image.
struct LargePrediction {
    std::filesystem::path mask;        ///< GeoTIFF
    std::filesystem::path confidence;  ///< GeoTIFF; empty: none
    std::filesystem::path overlay;     ///< PNG in the size of the overview; empty: none
    double overlayOpacity = 0;
};

/// Predicts an image that is too large for the memory at a level of detail, and writes what is asked for as
/// it becomes known. Makes its overviews first where they are needed and there are none. A model that goes by
/// the values of an image goes by those of the overview, in all windows alike; one that gets what is
/// displayed sees it as the images that it was taught on were shown. False, and nothing is left, where the
/// monitor asked to stop. Blocks for long. Errors: as `makeReadable`, `LargeRaster::read`, `GeoTiffRows` and
/// `exportOverlay`.
Result<bool> predictLarge(SegmentationModel& model, LargeRaster& raster, int level,
                          const WindowLayout& layout, Care care, const LargePrediction& files,
                          const ClassTable& classes, const InputFiles& inputs, WorkMonitor& monitor,
                          const TellProgress& tell, const TaughtDisplay& taught = {});

}  // namespace finebrush
