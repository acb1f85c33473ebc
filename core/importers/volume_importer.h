#pragma once

#include "core/importers/imported_labels.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace finebrush {

/// True for a file that labels the voxels of a volume: NIfTI, or a DICOM segmentation. Blocks; any thread.
bool isLabelVolume(const std::filesystem::path& file);

/// Cuts labels of voxels into the slices of an image volume on the same grid: one for each slice that is
/// among the targets, and one for each further slice of their view that holds more than background (0). Of
/// several volumes on that grid the one is meant that the labels are called like, else the one of the image
/// on the screen. A NIfTI volume holds class numbers; the segments of a DICOM segmentation have names.
/// Blocks; any thread. Problems: those of `nifti::readVolume` and `dicom::readSegmentation`, LabelsNoImage,
/// LabelsGridMismatch, LabelsNotIndexed, LabelsValueOutOfRange.
LabelImport importVolume(const std::filesystem::path& file, const std::vector<ImportTarget>& targets,
                         const std::optional<size_t>& shown);

}  // namespace finebrush
