#pragma once

#include <algorithm>

namespace finebrush {

/// How often the width and the height of a pixel hold its shorter side: (1, 1) but where pixels are no
/// squares in the patient.
struct PixelShape {
    double width = 1;
    double height = 1;
    bool operator==(const PixelShape&) const = default;
};

/// The shape that pixels are taken for under a brush, whose `diameter` counts shorter sides: no side is
/// longer than that, so that a thin brush leaves no pixel out on its way.
inline PixelShape shapeUnderBrush(const PixelShape& pixel, double diameter) {
    const double longest = std::max(diameter, 1.0);
    return {std::min(pixel.width, longest), std::min(pixel.height, longest)};
}

}  // namespace finebrush
