#pragma once

#include "core/base/result.h"
#include "core/image/volume/volume.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace finebrush::dicom {

/// What a segmentation object marks.
struct Segment {
    std::string label;                             ///< UTF-8
    std::optional<std::array<uint8_t, 3>> colour;  ///< sRGB
    bool operator==(const Segment&) const = default;
};

/// A segmentation object on the grid of an image.
struct SegmentedVolume {
    std::vector<Segment> segments;  ///< in the order of their numbers
    LabelVolume labels;             ///< the place of a segment in the list, `kUnlabelled` where there is none
};

/// True for a DICOM segmentation object. Blocks; any thread.
bool isSegmentation(const std::filesystem::path& file);

/// Reads a segmentation object (binary, or fractional at half of its largest value) onto the voxels of an
/// image volume: each frame by its place in the patient or, where file or image have none, by the image that
/// it names among `images`, the files of the volume in the order of its slices. Of segments that overlap, the
/// later one lies on top. Where it is asked to stop frames are missing. Blocks; any thread. Errors: as
/// `useFile`, ImageTypeUnsupported, ImageDamaged, and LabelsGridMismatch where a frame does not lie on the
/// voxels.
Result<SegmentedVolume> readSegmentation(const std::filesystem::path& file, const VolumeGrid& grid,
                                         const std::vector<std::filesystem::path>& images,
                                         const std::stop_token& stop = {});

}  // namespace finebrush::dicom
