#pragma once

#include "core/image/dicom/dicom_elements.h"
#include "core/image/volume/vector3.h"
#include "core/image/volume/volume.h"

#include <array>
#include <optional>
#include <vector>

namespace finebrush::dicom {

/// Where one frame lies in the patient (LPS, mm).
struct FramePlane {
    Vector3 position{};  ///< of the centre of the first pixel
    Vector3 alongRow{};  ///< unit vector from a pixel to its right neighbour
    Vector3 alongColumn{};

    /// The direction in which slices follow each other.
    Vector3 normal() const;
    /// The place on the normal.
    double depth() const;
    /// True for frames that lie beside each other, turned alike.
    bool isParallelTo(const FramePlane& other) const;
};

/// mm between the centres of pixels: to the right neighbour, and to the one below.
struct PixelSpacing {
    double toRight = 1;
    double toBottom = 1;
    bool operator==(const PixelSpacing&) const = default;
};

/// Takes the voxels of a stack to their places: of its first frame, and of the way from a frame to the next.
VoxelMatrix matrixOf(const FramePlane& first, const PixelSpacing& spacing, const Vector3& step);

/// Where an enhanced multi-frame object says what differs between its frames.
class FunctionalGroups {
  public:
    explicit FunctionalGroups(DcmItem& dataset);

    bool areThere() const { return !perFrame_.empty(); }
    /// The group of a frame where there is one for it or for all frames; the data set itself otherwise.
    DcmItem& of(int frame, const DcmTagKey& group) const;
    DcmItem& dataset() const { return dataset_; }

  private:
    DcmItem& dataset_;
    DcmItem* shared_ = nullptr;
    std::vector<DcmItem*> perFrame_;
};

/// Nothing where the file does not place the frame.
std::optional<FramePlane> planeOfFrame(const FunctionalGroups& groups, int frame);
std::optional<PixelSpacing> pixelSpacingOf(const FunctionalGroups& groups);

/// The grid of a multi-frame object: its frames are slices. Where they do not follow each other in even
/// steps, the patient's directions are unknown.
VolumeGrid gridOf(const FunctionalGroups& groups, int columns, int rows, int frames);

}  // namespace finebrush::dicom
