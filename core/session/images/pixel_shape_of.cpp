#include "core/session/images/pixel_shape_of.h"

#include <algorithm>

namespace finebrush {

PixelShape pixelShapeOf(const OpenedImage& image) {
    constexpr double kAlmostSquare = 1.02;
    constexpr double kFlattest = 64;  // beyond it a file rather lies
    const auto plane = image.grid.hasSpacing ? planeOf(image.grid, image.plane) : std::nullopt;
    if (!plane) return {};
    const double width = plane->spacing[0], height = plane->spacing[1];
    const double ratio = std::max(width, height) / std::min(width, height);
    if (!(ratio > kAlmostSquare) || ratio > kFlattest) return {};
    return width > height ? PixelShape{ratio, 1} : PixelShape{1, ratio};
}

}  // namespace finebrush
