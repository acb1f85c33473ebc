#include "core/session/images/crosshair.h"

#include <algorithm>
#include <cmath>

namespace finebrush {

namespace {

constexpr std::array kPatientViews = {SliceView::Axial, SliceView::Coronal, SliceView::Sagittal};

/// Where a pixel lies in the other view: x, y and the index of the slice.
std::array<int, 3> crossed(const SliceCrossing& crossing, int x, int y) {
    std::array<int, 3> place{};
    for (size_t i = 0; i < place.size(); ++i)
        place[i] = crossing.first[i] + x * crossing.toRight[i] + y * crossing.toBottom[i];
    return place;
}

/// The pixel under a coordinate.
int pixelAt(double coordinate, int count) {
    return static_cast<int>(std::clamp(std::floor(coordinate), 0.0, count - 1.0));
}

}  // namespace

SliceView patientView(const VolumeGrid& grid, SliceView view) {
    const auto isParallel = [&](SliceView candidate) {
        const auto crossing = crossingOf(grid, {view, 0, 0}, candidate);
        return crossing && crossing->toRight[2] == 0 && crossing->toBottom[2] == 0;
    };
    return *std::ranges::find_if(kPatientViews.begin(), kPatientViews.end() - 1, isParallel);
}

std::array<SliceView, 2> crossingViews(const VolumeGrid& grid, SliceView view) {
    const SliceView own = patientView(grid, view);
    std::array<SliceView, 2> others{};
    std::ranges::copy_if(kPatientViews, others.begin(), [&](SliceView other) { return other != own; });
    return others;
}

std::optional<Crosshair> crosshairAt(const VolumeGrid& grid, const SliceAddress& slice, PointInImage point) {
    const std::optional<SlicePlane> plane = planeOf(grid, slice);
    if (!plane) return std::nullopt;
    const SliceCrossing crossing = crossingOf(grid, slice, SliceView::Stored).value();
    return Crosshair{
        crossed(crossing, pixelAt(point.x, plane->size.width), pixelAt(point.y, plane->size.height))};
}

std::optional<SlicePoint> slicePointOf(const VolumeGrid& grid, SliceView view, const Crosshair& crosshair) {
    const auto [i, j, k] = crosshair.voxel;
    const auto crossing = crossingOf(grid, {SliceView::Stored, k, 0}, view);
    if (!crossing || i < 0 || i >= grid.size[0] || j < 0 || j >= grid.size[1]) return std::nullopt;
    const std::array<int, 3> place = crossed(*crossing, i, j);
    return SlicePoint{place[2], {place[0] + 0.5, place[1] + 0.5}};
}

std::optional<Crosshair> movedToSlice(const VolumeGrid& grid, SliceView view, int index,
                                      const Crosshair& crosshair) {
    const std::optional<SlicePoint> place = slicePointOf(grid, view, crosshair);
    if (!place) return std::nullopt;
    return crosshairAt(grid, {view, std::clamp(index, 0, sliceCount(grid, view) - 1), 0}, place->point);
}

}  // namespace finebrush
