#pragma once

#include "core/image/volume/volume.h"

#include <array>
#include <cmath>

namespace finebrush {

/// A place or a way in the patient (LPS, mm).
using Vector3 = std::array<double, 3>;

/// What a step along an axis of the voxels is in the patient.
inline Vector3 columnOf(const VoxelMatrix& matrix, size_t axis) {
    return {matrix[0][axis], matrix[1][axis], matrix[2][axis]};
}

inline Vector3 minus(const Vector3& a, const Vector3& b) {
    return {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
}

inline double dot(const Vector3& a, const Vector3& b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

inline Vector3 cross(const Vector3& a, const Vector3& b) {
    return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

inline double lengthOf(const Vector3& a) {
    return std::sqrt(dot(a, a));
}

inline Vector3 scaled(const Vector3& a, double factor) {
    return {a[0] * factor, a[1] * factor, a[2] * factor};
}

}  // namespace finebrush
