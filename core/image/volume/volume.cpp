#include "core/image/volume/volume.h"

#include "core/image/volume/vector3.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>

namespace finebrush {

namespace {

/// A direction through the voxels of the file: along which axis, and whether against it.
struct Direction {
    int axis = 0;
    bool isReversed = false;

    Direction opposite() const { return {axis, !isReversed}; }
};

/// What leads to the patient's left, back and head.
using PatientDirections = std::array<Direction, 3>;

/// Columns i, j and k of the matrix, of length 1; zero where the matrix says nothing.
std::array<std::array<double, 3>, 3> unitColumns(const VoxelMatrix& matrix) {
    std::array<std::array<double, 3>, 3> columns{};
    for (size_t axis = 0; axis < 3; ++axis) {
        const double length = std::hypot(matrix[0][axis], matrix[1][axis], matrix[2][axis]);
        for (size_t row = 0; row < 3; ++row) columns[axis][row] = length > 0 ? matrix[row][axis] / length : 0;
    }
    return columns;
}

/// The stored axis next to each of the patient's: of the six ways to pair them the one with the smallest
/// angles.
PatientDirections patientDirections(const VolumeGrid& grid) {
    const auto columns = unitColumns(grid.patientFromVoxel);
    std::array<size_t, 3> axes = {0, 1, 2}, best = axes;
    double bestFit = -1;
    do {
        double fit = 0;
        for (size_t row = 0; row < 3; ++row) fit += std::abs(columns[axes[row]][row]);
        if (fit > bestFit) {
            bestFit = fit;
            best = axes;
        }
    } while (std::next_permutation(axes.begin(), axes.end()));

    PatientDirections directions;
    for (size_t row = 0; row < 3; ++row) {
        directions[row] = {static_cast<int>(best[row]), columns[best[row]][row] < 0};
    }
    return directions;
}

/// The directions in which a view's columns, rows and slices follow each other.
std::array<Direction, 3> viewDirections(const VolumeGrid& grid, SliceView view) {
    if (view == SliceView::Stored) return {Direction{0}, Direction{1}, Direction{2}};
    const auto [left, back, head] = patientDirections(grid);
    switch (view) {
        case SliceView::Axial:
            return {left, back, head};
        case SliceView::Coronal:
            return {left, head.opposite(), back};
        default:
            return {back, head.opposite(), left};
    }
}

int lengthAlong(const VolumeGrid& grid, const Direction& direction) {
    return grid.size[static_cast<size_t>(direction.axis)];
}

/// From a voxel to its neighbour on an axis.
int64_t strideOf(const VolumeGrid& grid, int axis) {
    return axis == 0 ? 1 : axis == 1 ? grid.size[0] : int64_t{grid.size[0]} * grid.size[1];
}

/// The voxel at `index` steps along a direction, of those at 0 of the other axes.
int64_t offsetAlong(const VolumeGrid& grid, const Direction& direction, int index) {
    const int stored = direction.isReversed ? lengthAlong(grid, direction) - 1 - index : index;
    return stored * strideOf(grid, direction.axis);
}

int64_t stepAlong(const VolumeGrid& grid, const Direction& direction) {
    return (direction.isReversed ? -1 : 1) * strideOf(grid, direction.axis);
}

/// The indices of a place among the voxels (Cramer's rule). Nothing where the matrix cannot be inverted.
std::optional<Vector3> voxelFromPatient(const VoxelMatrix& matrix, const Vector3& place) {
    const Vector3 i = columnOf(matrix, 0), j = columnOf(matrix, 1), k = columnOf(matrix, 2);
    const Vector3 way = minus(place, columnOf(matrix, 3));
    const double volume = dot(i, cross(j, k));
    const Vector3 voxel = {dot(way, cross(j, k)) / volume, dot(i, cross(way, k)) / volume,
                           dot(i, cross(j, way)) / volume};
    const bool isKnown = std::isfinite(voxel[0]) && std::isfinite(voxel[1]) && std::isfinite(voxel[2]);
    return isKnown ? std::optional(voxel) : std::nullopt;
}

SlicePlane requirePlane(const VolumeGrid& grid, const SliceAddress& slice) {
    const std::optional<SlicePlane> plane = planeOf(grid, slice);
    if (!plane) throw std::out_of_range("the volume has no slice " + toText(slice));
    return *plane;
}

}  // namespace

std::array<double, 3> VolumeGrid::spacing() const {
    std::array<double, 3> lengths{};
    for (size_t axis = 0; axis < 3; ++axis) {
        lengths[axis] =
            std::hypot(patientFromVoxel[0][axis], patientFromVoxel[1][axis], patientFromVoxel[2][axis]);
    }
    return lengths;
}

int sliceCount(const VolumeGrid& grid, SliceView view) {
    return lengthAlong(grid, viewDirections(grid, view)[2]);
}

std::optional<SlicePlane> planeOf(const VolumeGrid& grid, const SliceAddress& slice) {
    const auto [right, down, through] = viewDirections(grid, slice.view);
    if (slice.index < 0 || slice.index >= lengthAlong(grid, through)) return std::nullopt;
    if (slice.frame < 0 || slice.frame >= grid.frames) return std::nullopt;
    const std::array<double, 3> spacing = grid.spacing();
    SlicePlane plane;
    plane.size = {lengthAlong(grid, right), lengthAlong(grid, down)};
    plane.first = slice.frame * grid.voxels() + offsetAlong(grid, right, 0) + offsetAlong(grid, down, 0) +
                  offsetAlong(grid, through, slice.index);
    plane.toRight = stepAlong(grid, right);
    plane.toBottom = stepAlong(grid, down);
    plane.spacing = {spacing[static_cast<size_t>(right.axis)], spacing[static_cast<size_t>(down.axis)]};
    return plane;
}

std::optional<SliceCrossing> crossingOf(const VolumeGrid& grid, const SliceAddress& slice, SliceView view) {
    if (!planeOf(grid, slice)) return std::nullopt;
    const std::array<Direction, 3> own = viewDirections(grid, slice.view);
    const std::array<Direction, 3> other = viewDirections(grid, view);
    SliceCrossing crossing;
    for (size_t place = 0; place < other.size(); ++place) {
        const auto [axis, isReversed] = other[place];
        const auto same = std::ranges::find(own, axis, &Direction::axis);
        const int step = same->isReversed == isReversed ? 1 : -1;
        crossing.first[place] = step > 0 ? 0 : lengthAlong(grid, other[place]) - 1;
        const auto along = same - own.begin();
        if (along == 0) crossing.toRight[place] = step;
        if (along == 1) crossing.toBottom[place] = step;
        if (along == 2) crossing.first[place] += step * slice.index;
    }
    return crossing;
}

std::optional<std::array<double, 3>> patientFromPixel(const VolumeGrid& grid, const SliceAddress& slice,
                                                      PointInImage point) {
    if (!grid.isPlaced) return std::nullopt;
    const std::array<Direction, 3> directions = viewDirections(grid, slice.view);
    const std::array<double, 3> steps = {point.x - 0.5, point.y - 0.5, static_cast<double>(slice.index)};
    std::array<double, 4> voxel = {0, 0, 0, 1};
    for (size_t i = 0; i < directions.size(); ++i) {
        const double last = lengthAlong(grid, directions[i]) - 1;
        voxel[static_cast<size_t>(directions[i].axis)] =
            directions[i].isReversed ? last - steps[i] : steps[i];
    }
    std::array<double, 3> place{};
    for (size_t row = 0; row < place.size(); ++row) {
        for (size_t axis = 0; axis < voxel.size(); ++axis)
            place[row] += grid.patientFromVoxel[row][axis] * voxel[axis];
    }
    return place;
}

std::optional<SlicePoint> sliceFromPatient(const VolumeGrid& grid, SliceView view,
                                           const std::array<double, 3>& place) {
    if (!grid.isPlaced) return std::nullopt;
    const std::optional<std::array<double, 3>> voxel = voxelFromPatient(grid.patientFromVoxel, place);
    if (!voxel) return std::nullopt;
    const std::array<Direction, 3> directions = viewDirections(grid, view);
    std::array<double, 3> steps{};  // from the middle of the first pixel of the first slice
    for (size_t i = 0; i < directions.size(); ++i) {
        const double step = (*voxel)[static_cast<size_t>(directions[i].axis)];
        const int count = lengthAlong(grid, directions[i]);
        steps[i] = directions[i].isReversed ? count - 1 - step : step;
        if (i == 2 && count == 1) steps[i] = 0;
        if (!(steps[i] >= -0.5 && steps[i] < count - 0.5)) return std::nullopt;
    }
    return SlicePoint{static_cast<int>(std::floor(steps[2] + 0.5)), {steps[0] + 0.5, steps[1] + 0.5}};
}

SliceAddress VolumeInfo::middleSlice() const {
    return {usualView, sliceCount(grid, usualView) / 2, 0};
}

SliceAddress VolumeInfo::standingSlice() const {
    return startsAtFirst ? SliceAddress{usualView, 0, 0} : middleSlice();
}

bool VolumeInfo::isOnePicture() const {
    return grid.frames == 1 && sliceCount(grid, usualView) == 1;
}

bool Volume::isConsistent() const {
    return bytes.size() == static_cast<uint64_t>(info.grid.voxels()) *
                               static_cast<uint64_t>(info.grid.frames) * info.bytesPerVoxel();
}

PixelBuffer sliceOf(const Volume& volume, const SliceAddress& slice) {
    const SlicePlane plane = requirePlane(volume.info.grid, slice);
    PixelBuffer pixels{plane.size, volume.info.bands, volume.info.type, {}, volume.info.nodata};
    const size_t pixelBytes = pixels.bytesPerPixel();
    const size_t rowBytes = pixelBytes * static_cast<size_t>(plane.size.width);
    pixels.bytes.resize(rowBytes * static_cast<size_t>(plane.size.height));
    uint8_t* target = pixels.bytes.data();
    for (int y = 0; y < plane.size.height; ++y) {
        int64_t voxel = plane.first + y * plane.toBottom;
        if (plane.toRight == 1) {
            std::memcpy(target, &volume.bytes[static_cast<size_t>(voxel) * pixelBytes], rowBytes);
            target += rowBytes;
            continue;
        }
        for (int x = 0; x < plane.size.width; ++x, voxel += plane.toRight, target += pixelBytes) {
            std::memcpy(target, &volume.bytes[static_cast<size_t>(voxel) * pixelBytes], pixelBytes);
        }
    }
    return pixels;
}

LabelVolume::LabelVolume(const VolumeGrid& grid, uint8_t fill)
    : grid_(grid), values_(static_cast<size_t>(grid.voxels()), fill) {
    grid_.frames = 1;
}

template <typename Use>
void LabelVolume::eachVoxel(const SliceAddress& slice, const IndexMask& mask, const Use& use) {
    const SlicePlane plane = requirePlane(grid_, {slice.view, slice.index, 0});
    if (mask.size != plane.size) throw std::invalid_argument("the mask is not of the size of the slice");
    for (int y = 0; y < plane.size.height; ++y) {
        int64_t voxel = plane.first + y * plane.toBottom;
        for (int x = 0; x < plane.size.width; ++x, voxel += plane.toRight)
            use(values_[static_cast<size_t>(voxel)], mask.at(x, y));
    }
}

void LabelVolume::setSlice(const SliceAddress& slice, const IndexMask& mask) {
    eachVoxel(slice, mask, [](uint8_t& voxel, uint8_t value) { voxel = value; });
}

int64_t LabelVolume::fillSlice(const SliceAddress& slice, const IndexMask& mask) {
    int64_t conflicts = 0;
    eachVoxel(slice, mask, [&](uint8_t& voxel, uint8_t value) {
        if (value == kUnlabelled) return;
        if (voxel == kUnlabelled) voxel = value;
        if (voxel != value) ++conflicts;
    });
    return conflicts;
}

}  // namespace finebrush
