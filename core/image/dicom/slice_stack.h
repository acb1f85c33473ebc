#pragma once

#include "core/base/result.h"
#include "core/image/dicom/dicom_geometry.h"

#include <filesystem>
#include <string>
#include <vector>

namespace finebrush::dicom {

/// A picture of a series: one frame, whose place in the patient is known.
struct PlacedSlice {
    std::filesystem::path file;
    int columns = 0;
    int rows = 0;
    FramePlane plane;
    PixelSpacing spacing;
};

/// Slices of one series that follow each other in even steps.
struct SliceStack {
    std::vector<std::filesystem::path> files;  ///< in the order of their places on the normal
    VolumeGrid grid;
};

/// Orders at least two slices. Errors: SeriesNotAStack where they differ in size, turn or spacing, some lie
/// at one place, or some are missing; `file` names the series.
Result<SliceStack> stackOf(std::vector<PlacedSlice> slices, const std::filesystem::path& file);

}  // namespace finebrush::dicom
