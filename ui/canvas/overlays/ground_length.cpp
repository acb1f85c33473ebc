#include "ui/canvas/overlays/ground_length.h"

#include <cmath>

namespace finebrush {

std::optional<double> metresPerPixel(const OpenedImage& image, PointInImage point, bool downwards) {
    const size_t axis = downwards ? 1 : 0;
    std::optional<double> metres;
    if (image.georeference) {
        if (const auto lengths = image.georeference->metresPerPixel(point)) metres = (*lengths)[axis];
    } else if (image.grid.hasSpacing) {
        constexpr double kMetresPerMillimetre = 1e-3;
        if (const auto plane = planeOf(image.grid, image.plane))
            metres = plane->spacing[axis] * kMetresPerMillimetre;
    }
    return metres && *metres > 0 ? metres : std::nullopt;
}

std::optional<QSizeF> metresPerPixel(const OpenedImage& image, PointInImage point) {
    const auto width = metresPerPixel(image, point, false);
    const auto height = metresPerPixel(image, point, true);
    return width && height ? std::optional(QSizeF(*width, *height)) : std::nullopt;
}

std::optional<double> metresBetween(const OpenedImage& image, PointInImage from, PointInImage to) {
    if (image.georeference) return image.georeference->metresAlong(from, to);
    const auto pixel = metresPerPixel(image, from);
    if (!pixel) return std::nullopt;
    return std::hypot((to.x - from.x) * pixel->width(), (to.y - from.y) * pixel->height());
}

}  // namespace finebrush
