#include "core/image/dicom/dicom_geometry.h"

#include <algorithm>
#include <cmath>

namespace finebrush::dicom {

namespace {

/// Directions that differ by no more than this are one (about 0.6 degrees).
constexpr double kDirectionTolerance = 0.01;
/// How far a slice may lie from its even step, as a share of the step.
constexpr double kStepTolerance = 0.02;

std::optional<Vector3> unit(const Vector3& a) {
    const double length = lengthOf(a);
    return std::abs(length - 1) < 0.1 ? std::optional<Vector3>(scaled(a, 1 / length)) : std::nullopt;
}

/// mm from a slice to the next as the file states it; 1 where it does not.
double statedStep(const FunctionalGroups& groups) {
    DcmItem& measures = groups.of(0, DCM_PixelMeasuresSequence);
    for (const DcmTagKey& tag : {DCM_SpacingBetweenSlices, DCM_SliceThickness}) {
        const std::optional<double> step = numberOf(measures, tag);
        if (step && *step != 0) return std::abs(*step);
    }
    return 1;
}

/// From a frame to the next, where all follow in even steps.
std::optional<Vector3> evenStep(const FunctionalGroups& groups, const FramePlane& first, int frames) {
    const std::vector<double> offsets =
        numbersOf(groups.dataset(), DCM_GridFrameOffsetVector, static_cast<size_t>(frames));
    const bool hasOffsets = static_cast<int>(offsets.size()) == frames;
    Vector3 step{};
    for (int frame = 1; frame < frames; ++frame) {
        Vector3 way{};
        if (hasOffsets) {
            way = scaled(first.normal(), offsets[static_cast<size_t>(frame)] - offsets[0]);
        } else {
            const std::optional<FramePlane> plane = planeOfFrame(groups, frame);
            if (!plane || !plane->isParallelTo(first)) return std::nullopt;
            way = minus(plane->position, first.position);
        }
        if (frame == 1) step = way;
        const Vector3 error = minus(way, scaled(step, frame));
        if (lengthOf(step) == 0 || lengthOf(error) > kStepTolerance * lengthOf(step)) return std::nullopt;
    }
    if (std::abs(dot(step, first.normal())) < 0.9 * lengthOf(step)) return std::nullopt;
    return step;
}

}  // namespace

Vector3 FramePlane::normal() const {
    return cross(alongRow, alongColumn);
}

double FramePlane::depth() const {
    return dot(position, normal());
}

bool FramePlane::isParallelTo(const FramePlane& other) const {
    return lengthOf(minus(alongRow, other.alongRow)) < kDirectionTolerance &&
           lengthOf(minus(alongColumn, other.alongColumn)) < kDirectionTolerance;
}

FunctionalGroups::FunctionalGroups(DcmItem& dataset)
    : dataset_(dataset), shared_(itemOf(dataset, DCM_SharedFunctionalGroupsSequence)) {
    DcmSequenceOfItems* items = nullptr;
    if (dataset.findAndGetSequence(DCM_PerFrameFunctionalGroupsSequence, items).bad() || !items) return;
    DcmObject* next = nullptr;
    while ((next = items->nextInContainer(next))) perFrame_.push_back(static_cast<DcmItem*>(next));
}

DcmItem& FunctionalGroups::of(int frame, const DcmTagKey& group) const {
    const auto index = static_cast<size_t>(frame);
    DcmItem* own = index < perFrame_.size() ? perFrame_[index] : nullptr;
    for (DcmItem* groups : {own, shared_}) {
        DcmItem* found = groups ? itemOf(*groups, group) : nullptr;
        if (found) return *found;
    }
    return dataset_;
}

VoxelMatrix matrixOf(const FramePlane& first, const PixelSpacing& spacing, const Vector3& step) {
    const std::array columns = {scaled(first.alongRow, spacing.toRight),
                                scaled(first.alongColumn, spacing.toBottom), step, first.position};
    VoxelMatrix matrix{};
    for (size_t row = 0; row < matrix.size(); ++row) {
        for (size_t column = 0; column < columns.size(); ++column) matrix[row][column] = columns[column][row];
    }
    return matrix;
}

std::optional<FramePlane> planeOfFrame(const FunctionalGroups& groups, int frame) {
    DcmItem& place = groups.of(frame, DCM_PlanePositionSequence);
    DcmItem& turn = groups.of(frame, DCM_PlaneOrientationSequence);
    const std::vector<double> position = numbersOf(place, DCM_ImagePositionPatient);
    const std::vector<double> cosines = numbersOf(turn, DCM_ImageOrientationPatient);
    if (position.size() != 3 || cosines.size() != 6) return std::nullopt;
    const std::optional<Vector3> alongRow = unit({cosines[0], cosines[1], cosines[2]});
    const std::optional<Vector3> alongColumn = unit({cosines[3], cosines[4], cosines[5]});
    if (!alongRow || !alongColumn || std::abs(dot(*alongRow, *alongColumn)) > 0.1) return std::nullopt;
    return FramePlane{{position[0], position[1], position[2]}, *alongRow, *alongColumn};
}

std::optional<PixelSpacing> pixelSpacingOf(const FunctionalGroups& groups) {
    DcmItem& measures = groups.of(0, DCM_PixelMeasuresSequence);
    for (const DcmTagKey& tag : {DCM_PixelSpacing, DCM_ImagerPixelSpacing, DCM_NominalScannedPixelSpacing}) {
        const std::vector<double> spacing = numbersOf(measures, tag);
        if (spacing.size() == 2 && spacing[0] > 0 && spacing[1] > 0) {
            return PixelSpacing{spacing[1], spacing[0]};  // DICOM names the step to the row below first
        }
    }
    return std::nullopt;
}

VolumeGrid gridOf(const FunctionalGroups& groups, int columns, int rows, int frames) {
    VolumeGrid grid;
    grid.size = {columns, rows, frames};
    const std::optional<PixelSpacing> spacing = pixelSpacingOf(groups);
    grid.hasSpacing = spacing.has_value();
    const PixelSpacing steps = spacing.value_or(PixelSpacing{});
    const double statedDepth = grid.hasSpacing ? statedStep(groups) : 1;
    grid.patientFromVoxel = {{{steps.toRight, 0, 0, 0}, {0, steps.toBottom, 0, 0}, {0, 0, statedDepth, 0}}};

    const std::optional<FramePlane> first = planeOfFrame(groups, 0);
    if (!first || !spacing) return grid;
    const std::optional<Vector3> step =
        frames > 1 ? evenStep(groups, *first, frames) : scaled(first->normal(), statedDepth);
    if (!step) return grid;
    grid.isPlaced = true;
    grid.patientFromVoxel = matrixOf(*first, steps, *step);
    return grid;
}

}  // namespace finebrush::dicom
