#include "core/labels/polygon_fill.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace finebrush {

namespace {

/// Where an edge crosses the centre line of a row, and whether it goes down (+1) or up (-1).
struct Crossing {
    double x;
    int turn;
};

bool isFinite(PointInImage point) {
    return std::isfinite(point.x) && std::isfinite(point.y);
}

/// The first pixel of [0, count] whose centre does not lie before a coordinate.
int firstPixelFrom(double coordinate, int count) {
    return static_cast<int>(std::clamp(std::ceil(coordinate - 0.5), 0.0, static_cast<double>(count)));
}

/// Adds the crossings of an edge to the rows of an image, of which `rows` begins with the first.
void addEdge(std::vector<std::vector<Crossing>>& rows, PointInImage from, PointInImage to) {
    const int turn = from.y < to.y ? 1 : -1;
    if (from.y > to.y) std::swap(from, to);
    const int height = static_cast<int>(rows.size());
    for (int y = firstPixelFrom(from.y, height); y < firstPixelFrom(to.y, height); ++y) {
        const double part = (y + 0.5 - from.y) / (to.y - from.y);
        rows[static_cast<size_t>(y)].push_back({from.x + (to.x - from.x) * part, turn});
    }
}

void addRow(PixelRegion& region, std::vector<Crossing>& crossings, int y, int width) {
    std::ranges::sort(crossings, {}, &Crossing::x);
    int winding = 0;
    int first = 0;
    for (const Crossing& crossing : crossings) {
        const int before = winding;
        winding += crossing.turn;
        const int pixel = firstPixelFrom(crossing.x, width);
        if (before == 0) first = pixel;
        if (winding == 0) region.add({first, y, pixel - first, 1});
    }
}

}  // namespace

PixelRegion polygonRegion(std::span<const PointInImage> points, PixelSize image) {
    PixelRegion region;
    if (points.size() < 3 || image.isEmpty() || !std::ranges::all_of(points, isFinite)) return region;
    std::vector<std::vector<Crossing>> rows(static_cast<size_t>(image.height));
    for (size_t i = 0; i < points.size(); ++i) addEdge(rows, points[i], points[(i + 1) % points.size()]);
    for (int y = 0; y < image.height; ++y) addRow(region, rows[static_cast<size_t>(y)], y, image.width);
    return region;
}

PixelRegion rectangleRegion(PointInImage corner, PointInImage opposite, PixelSize image) {
    if (!isFinite(corner) || !isFinite(opposite)) return {};
    // Clamped to just outside the image first: a far point does not fit an int.
    const auto pixel = [](double coordinate, int count) {
        return static_cast<int>(std::floor(std::clamp(coordinate, -1.0, count + 0.0)));
    };
    const int left = pixel(std::min(corner.x, opposite.x), image.width);
    const int top = pixel(std::min(corner.y, opposite.y), image.height);
    const int right = pixel(std::max(corner.x, opposite.x), image.width);
    const int bottom = pixel(std::max(corner.y, opposite.y), image.height);
    return PixelRegion::ofRect({left, top, right - left + 1, bottom - top + 1}, image);
}

}  // namespace finebrush
