#pragma once

#include "core/base/result.h"
#include "core/base/unfinished_file.h"
#include "core/image/dicom/segmentation_reader.h"
#include "core/image/volume/volume.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <stop_token>
#include <vector>

namespace finebrush::dicom {

/// Whether an object says of whom it is. What places it among its images (UIDs) is always there.
enum class PatientTexts { LeaveOut, Keep };

/// Writes a binary segmentation object (Part 10 file) of the labels on the slices of a volume: a segment for
/// each value of `segments` and a frame for each slice that holds it. `images` are the files of the volume in
/// the order of its slices, or the one that holds all frames: the object takes over their study and frame of
/// reference, and their patient where it is to keep him, and each frame names the image that it lies on.
/// Voxels of other values are left out. False where it was asked to stop, between images, frames or MiB.
/// DCMTK has all frames in memory, a bit a voxel, twice while it joins them. Blocks; any thread. Errors: as
/// `useFile` and `UnfinishedFile::write`, SegmentationNotPlaced where the volume says no place in the
/// patient, NothingToExport where no voxel is of a segment. Throws std::invalid_argument where the images are
/// not as many as the slices.
Result<bool> writeSegmentation(UnfinishedFile& target, const std::vector<std::filesystem::path>& images,
                               const std::map<uint8_t, Segment>& segments, const LabelVolume& labels,
                               PatientTexts patient, const std::stop_token& stop);

}  // namespace finebrush::dicom
