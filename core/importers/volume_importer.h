#pragma once

#include "core/importers/imported_labels.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace finebrush {

/// Cuts a NIfTI volume of class numbers into the slices of an image volume on the same grid, one for each
/// slice that is among the targets. Of several volumes on that grid the one is meant that the labels are
/// called like, else the one of the image on the screen. Blocks; any thread. Problems: those of
/// `nifti::readVolume`, LabelsNoImage, LabelsGridMismatch, LabelsNotIndexed, LabelsValueOutOfRange.
LabelImport importVolume(const std::filesystem::path& file, const std::vector<ImportTarget>& targets,
                         const std::optional<size_t>& shown);

}  // namespace finebrush
