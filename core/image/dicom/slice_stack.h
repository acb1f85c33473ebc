#pragma once

#include "core/base/result.h"
#include "core/image/dicom/dicom_geometry.h"

#include <filesystem>
#include <optional>
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
    std::string pixelFormat;  ///< the same of files whose pixels are stored alike
};

/// Slices of one series that are looked at as one volume.
struct SliceStack {
    std::vector<std::filesystem::path> files;  ///< in the order of their places on the normal
    VolumeGrid grid;                           ///< not placed where the slices do not follow in even steps
    std::optional<Error> remark;               ///< SeriesNotAStack: what keeps it from being whole
};

/// The stacks that slices of one series make: those that differ in size, turn, pixel spacing or the
/// format of pixels, as a localizer does, belong to different ones. Slices that all lie at one place are
/// versions of a picture and make none. A stack whose steps are not even, for slices are missing, has that as
/// its remark; and so has one that is not made of all slices.
std::vector<SliceStack> stacksOf(const std::vector<PlacedSlice>& slices);

}  // namespace finebrush::dicom
