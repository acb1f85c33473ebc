#include "core/image/dicom/slice_stack.h"

#include "core/base/files.h"
#include "core/base/text.h"

#include <algorithm>
#include <cmath>

namespace finebrush::dicom {

namespace {

/// How far a slice may lie from its even place, as a share of a step.
constexpr double kStepTolerance = 0.05;
constexpr double kSpacingTolerance = 1e-4;  // as a share
/// A step is a gap where another slice would fit in.
constexpr double kGap = 1.5;

bool isLike(const PlacedSlice& a, const PlacedSlice& b) {
    const auto isNear = [](double x, double y) { return std::abs(x - y) <= kSpacingTolerance * y; };
    return a.columns == b.columns && a.rows == b.rows && isNear(a.spacing.toRight, b.spacing.toRight) &&
           isNear(a.spacing.toBottom, b.spacing.toBottom) && a.pixelFormat == b.pixelFormat;
}

double medianOf(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

constexpr double kOnePlace = 1e-3;  // mm

using Slices = std::vector<PlacedSlice>;

/// In groups of slices that look alike, each ordered by depth.
std::vector<Slices> groupedByLook(const Slices& slices) {
    std::vector<Slices> groups;
    for (const PlacedSlice& slice : slices) {
        const auto fitting = std::ranges::find_if(groups, [&](const Slices& group) {
            return isLike(slice, group.front()) && slice.plane.isParallelTo(group.front().plane);
        });
        if (fitting == groups.end()) {
            groups.push_back({slice});
        } else {
            fitting->push_back(slice);
        }
    }
    for (Slices& group : groups)
        std::ranges::stable_sort(group, {}, [](const PlacedSlice& slice) { return slice.plane.depth(); });
    return groups;
}

/// From each of the slices, ordered by depth, to the next, along the normal.
std::vector<double> stepsOf(const Slices& slices) {
    std::vector<double> steps;
    for (size_t i = 1; i < slices.size(); ++i)
        steps.push_back(slices[i].plane.depth() - slices[i - 1].plane.depth());
    return steps;
}

/// The median of the steps that lead to another place.
double usualStep(std::vector<double> steps) {
    std::erase_if(steps, [](double step) { return step <= kOnePlace; });
    return medianOf(std::move(steps));
}

/// Why slices, ordered by depth, do not follow each other in even steps; empty where they do.
std::string unevenness(const Slices& slices) {
    const std::vector<double> steps = stepsOf(slices);
    const double usual = usualStep(steps);
    for (size_t i = 0; i < steps.size(); ++i) {
        if (steps[i] <= kStepTolerance * usual) return "several of its slices lie at one place";
        if (steps[i] < kGap * usual) continue;
        const long missing = std::max(1L, std::lround(steps[i] / usual) - 1);
        if (missing == 1)
            return formatted("a slice is missing between the slices %zu and %zu of %zu", i + 1, i + 2,
                             slices.size());
        return formatted("%ld slices are missing between the slices %zu and %zu of %zu", missing, i + 1,
                         i + 2, slices.size());
    }
    const Vector3 first = slices.front().plane.position;
    const Vector3 step =
        scaled(minus(slices.back().plane.position, first), 1.0 / static_cast<double>(steps.size()));
    for (size_t i = 0; i < slices.size(); ++i) {
        const Vector3 error =
            minus(minus(slices[i].plane.position, first), scaled(step, static_cast<double>(i)));
        if (lengthOf(error) > kStepTolerance * lengthOf(step)) return "the steps of its slices are uneven";
    }
    return {};
}

VolumeGrid evenGrid(const Slices& slices) {
    const PlacedSlice& first = slices.front();
    const Vector3 way = minus(slices.back().plane.position, first.plane.position);
    VolumeGrid grid;
    grid.isPlaced = true;
    grid.patientFromVoxel =
        matrixOf(first.plane, first.spacing, scaled(way, 1.0 / static_cast<double>(slices.size() - 1)));
    return grid;
}

/// As that of a multi-frame object whose frames are not even.
VolumeGrid unevenGrid(const Slices& slices) {
    const PixelSpacing& spacing = slices.front().spacing;
    VolumeGrid grid;
    grid.patientFromVoxel = {
        {{spacing.toRight, 0, 0, 0}, {0, spacing.toBottom, 0, 0}, {0, 0, usualStep(stepsOf(slices)), 0}}};
    return grid;
}

/// `apart` slices of the series are in none or in another stack.
SliceStack stackOf(const Slices& slices, size_t apart) {
    SliceStack stack;
    for (const PlacedSlice& slice : slices) stack.files.push_back(slice.file);
    std::string reason = unevenness(slices);
    stack.grid = reason.empty() ? evenGrid(slices) : unevenGrid(slices);
    stack.grid.size = {slices.front().columns, slices.front().rows, static_cast<int>(slices.size())};
    stack.grid.hasSpacing = true;
    if (apart > 0 && !reason.empty()) reason += "; ";
    if (apart > 0)
        reason += formatted(
            "files of another size, direction, spacing or kind of pixels are opened apart: %zu", apart);
    if (!reason.empty())
        stack.remark = Error{ErrorCode::SeriesNotAStack, {utf8(stack.files.front()), reason}, {}};
    return stack;
}

}  // namespace

std::vector<SliceStack> stacksOf(const std::vector<PlacedSlice>& slices) {
    std::vector<SliceStack> stacks;
    for (const Slices& group : groupedByLook(slices)) {
        const bool isStack =
            std::ranges::any_of(stepsOf(group), [](double step) { return step > kOnePlace; });
        if (isStack) stacks.push_back(stackOf(group, slices.size() - group.size()));
    }
    return stacks;
}

}  // namespace finebrush::dicom
