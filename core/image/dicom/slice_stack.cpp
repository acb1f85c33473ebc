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
           isNear(a.spacing.toBottom, b.spacing.toBottom);
}

double medianOf(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Why slices, ordered by depth, do not follow each other in even steps; empty where they do.
std::string unevenness(const std::vector<PlacedSlice>& slices) {
    std::vector<double> steps;
    for (size_t i = 1; i < slices.size(); ++i)
        steps.push_back(slices[i].plane.depth() - slices[i - 1].plane.depth());
    const double usual = medianOf(steps);
    for (size_t i = 0; i < steps.size(); ++i) {
        if (steps[i] <= kStepTolerance * usual || usual <= 0) return "several of them lie at one place";
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
        if (lengthOf(error) > kStepTolerance * lengthOf(step)) return "their steps are uneven";
    }
    return {};
}

}  // namespace

Result<SliceStack> stackOf(std::vector<PlacedSlice> slices, const std::filesystem::path& file) {
    const auto refused = [&](const std::string& reason) {
        return failure(ErrorCode::SeriesNotAStack, {utf8(file), reason});
    };
    const PlacedSlice& any = slices.front();
    for (const PlacedSlice& slice : slices) {
        if (!isLike(slice, any)) return refused("they differ in size or pixel spacing");
        if (!slice.plane.isParallelTo(any.plane)) return refused("they are not parallel");
    }
    std::ranges::stable_sort(slices, {}, [](const PlacedSlice& slice) { return slice.plane.depth(); });
    if (const std::string reason = unevenness(slices); !reason.empty()) return refused(reason);

    SliceStack stack;
    for (const PlacedSlice& slice : slices) stack.files.push_back(slice.file);
    const PlacedSlice& first = slices.front();
    const Vector3 way = minus(slices.back().plane.position, first.plane.position);
    stack.grid.size = {first.columns, first.rows, static_cast<int>(slices.size())};
    stack.grid.isPlaced = stack.grid.hasSpacing = true;
    stack.grid.patientFromVoxel =
        matrixOf(first.plane, first.spacing, scaled(way, 1.0 / static_cast<double>(slices.size() - 1)));
    return stack;
}

}  // namespace finebrush::dicom
