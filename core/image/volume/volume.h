#pragma once

#include "core/base/pixel_buffer.h"
#include "core/image/image_address.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace finebrush {

/// Rows of a matrix that takes a voxel's indices (i, j, k, 1) to a place in mm.
using VoxelMatrix = std::array<std::array<double, 4>, 3>;

/// How many voxels a volume has and where they lie. The patient frame is that of DICOM: x to the patient's
/// left, y to the back, z to the head (LPS), in mm; i runs fastest in the file.
struct VolumeGrid {
    std::array<int, 3> size = {1, 1, 1};  ///< voxels along i, j and k
    int frames = 1;                       ///< points in time, or channels
    VoxelMatrix patientFromVoxel = {{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}}};
    bool isPlaced = false;    ///< false: the file says nothing of the patient, only how its voxels are stored
    bool hasSpacing = false;  ///< false: mm are not known, and the matrix counts voxels

    int64_t voxels() const { return int64_t{size[0]} * size[1] * size[2]; }
    /// The distance of neighbouring voxels along i, j and k.
    std::array<double, 3> spacing() const;
    bool operator==(const VolumeGrid&) const = default;
};

/// Where the pixels of a slice lie among the voxels of the file, all frames in one row.
struct SlicePlane {
    PixelSize size;
    int64_t first = 0;                ///< the voxel at the upper left pixel
    int64_t toRight = 0;              ///< from a pixel's voxel to that of its right neighbour
    int64_t toBottom = 0;             ///< to that of the pixel below
    std::array<double, 2> spacing{};  ///< mm from a pixel to its right neighbour and to the one below
};

/// The number of slices of a view.
int sliceCount(const VolumeGrid& grid, SliceView view);

/// Nothing where the volume has no such slice.
std::optional<SlicePlane> planeOf(const VolumeGrid& grid, const SliceAddress& slice);

/// Where the pixels of a slice lie in another view: x, y and the index of the slice there, each of which
/// changes by a whole step, or not at all, from a pixel to its neighbour.
struct SliceCrossing {
    std::array<int, 3> first{};     ///< of the upper left pixel
    std::array<int, 3> toRight{};   ///< from a pixel to its right neighbour
    std::array<int, 3> toBottom{};  ///< to the pixel below
};
/// Nothing where the volume has no such slice.
std::optional<SliceCrossing> crossingOf(const VolumeGrid& grid, const SliceAddress& slice, SliceView view);

/// Where a point of a slice lies in the patient (LPS, mm); the middle of the first pixel is at (0.5, 0.5).
/// Nothing where the file does not place its voxels.
std::optional<std::array<double, 3>> patientFromPixel(const VolumeGrid& grid, const SliceAddress& slice,
                                                      PointInImage point);

/// A point of one of a view's slices.
struct SlicePoint {
    int index = 0;
    PointInImage point;
};
/// The reverse of `patientFromPixel`: the slice of a view that is nearest to a place in the patient, and the
/// point of it. Nothing where the place lies outside of the volume, or the file does not place its voxels.
/// How far it is from the only slice of a view does not matter.
std::optional<SlicePoint> sliceFromPatient(const VolumeGrid& grid, SliceView view,
                                           const std::array<double, 3>& place);

/// A named window of grey values that a file proposes, in the values of its pixels.
struct DisplayWindow {
    double centre = 0;
    double width = 0;
    std::string name;  ///< may be empty
    bool operator==(const DisplayWindow&) const = default;
};

/// What is known of a volume before its voxels are decoded.
struct VolumeInfo {
    VolumeGrid grid;
    int bands = 1;
    PixelType type = PixelType::UInt8;
    std::string format;  ///< "NIfTI", "DICOM" or "TIFF"
    SliceView usualView = SliceView::Stored;
    bool startsAtFirst =
        false;  ///< the first slice stands for the volume: programs that know no others show it
    std::vector<DisplayWindow> windows;
    std::optional<double> nodata;
    bool isHounsfield = false;  ///< its values are Hounsfield units
    bool isMagnitude = false;   ///< its values are the magnitudes of complex numbers that the file stores

    uint64_t bytesPerVoxel() const { return bytesPerSample(type) * static_cast<uint64_t>(bands); }
    /// The middle one of the usual view, first frame.
    SliceAddress middleSlice() const;
    /// The slice that stands for the volume where none is named: the middle one, or the first.
    SliceAddress standingSlice() const;
    /// True where there is but one slice in that view, and one frame.
    bool isOnePicture() const;
};

/// A volume by value: [frames, k, j, i, bands] without padding, in the order of the file.
struct Volume {
    VolumeInfo info;
    std::vector<uint8_t> bytes;

    bool isConsistent() const;
};

/// Copies a slice. Throws std::out_of_range where there is no such slice.
PixelBuffer sliceOf(const Volume& volume, const SliceAddress& slice);

/// Class numbers of the voxels of one frame, [k, j, i], in the order of the file that the grid is of.
class LabelVolume {
  public:
    explicit LabelVolume(const VolumeGrid& grid, uint8_t fill = 0);

    const VolumeGrid& grid() const { return grid_; }
    std::span<const uint8_t> values() const { return values_; }
    /// Throws std::out_of_range where there is no such slice and std::invalid_argument where the mask is not
    /// of its size. The frame is not looked at.
    void setSlice(const SliceAddress& slice, const IndexMask& mask);
    /// Fills in the voxels of a slice that are still unlabelled. Returns how many others hold another label
    /// than the mask has there; what is unlabelled in the mask says nothing. Throws as `setSlice`.
    int64_t fillSlice(const SliceAddress& slice, const IndexMask& mask);
    void set(int64_t voxel, uint8_t value) { values_[static_cast<size_t>(voxel)] = value; }

  private:
    /// Calls back with each voxel of a slice and the mask's value there.
    template <typename Use>
    void eachVoxel(const SliceAddress& slice, const IndexMask& mask, const Use& use);

    VolumeGrid grid_;
    std::vector<uint8_t> values_;
};

}  // namespace finebrush
