#include "core/labels/brush_stroke.h"

#include "core/labels/pixel_region.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace finebrush {

namespace {

constexpr double kSmallestFreeDiameter = 2;

// Shapes lie in a frame in which the brush is round: that of the image, stretched by the shape of its pixels.

/// Where a convex shape meets a horizontal line; empty while low > high.
struct Span {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void add(double x) {
        low = std::min(low, x);
        high = std::max(high, x);
    }
};

void addEdge(Span& span, PointInImage a, PointInImage b, double y) {
    if (y < std::min(a.y, b.y) || y > std::max(a.y, b.y) || a.y == b.y) return;
    span.add(a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y));
}

struct Disc {
    PointInImage centre;
    double radius = 0;
};

void addDisc(Span& span, const Disc& disc, double y) {
    const double squared = disc.radius * disc.radius - (y - disc.centre.y) * (y - disc.centre.y);
    if (squared < 0) return;
    span.add(disc.centre.x - std::sqrt(squared));
    span.add(disc.centre.x + std::sqrt(squared));
}

/// What a disc covers on its way along a segment while its radius changes evenly: the hull of the first and
/// the last disc.
class Sweep {
  public:
    Sweep(const Disc& from, const Disc& to) : from_(from), to_(to) {
        const double dx = to.centre.x - from.centre.x;
        const double dy = to.centre.y - from.centre.y;
        const double length = std::hypot(dx, dy);
        const double shrinking = from.radius - to.radius;
        if (length <= std::abs(shrinking)) return;  // one disc holds the other
        // The sides touch the discs where their normals have this angle to the segment.
        const double cosine = shrinking / length;
        const double sine = std::sqrt(1 - cosine * cosine);
        const auto touch = [&](const Disc& disc, double side) {
            const double x = dx / length * cosine - side * (dy / length) * sine;
            const double y = dy / length * cosine + side * (dx / length) * sine;
            return PointInImage{disc.centre.x + x * disc.radius, disc.centre.y + y * disc.radius};
        };
        corners_ = {touch(from, 1), touch(to, 1), touch(to, -1), touch(from, -1)};
        hasSides_ = true;
    }

    double top() const { return std::min(from_.centre.y - from_.radius, to_.centre.y - to_.radius); }
    double bottom() const { return std::max(from_.centre.y + from_.radius, to_.centre.y + to_.radius); }

    /// The shape is convex, so that its span is the hull of its parts' spans.
    Span at(double y) const {
        Span span;
        addDisc(span, from_, y);
        addDisc(span, to_, y);
        for (size_t i = 0; hasSides_ && i < corners_.size(); ++i) {
            addEdge(span, corners_[i], corners_[(i + 1) % corners_.size()], y);
        }
        return span;
    }

  private:
    Disc from_;
    Disc to_;
    bool hasSides_ = false;
    std::array<PointInImage, 4> corners_;
};

/// First and last + 1 of the pixels in [0, count) whose centres lie in [low, high].
std::pair<int, int> pixelsBetween(double low, double high, int count) {
    const double first = std::clamp(std::ceil(low - 0.5), 0.0, static_cast<double>(count));
    const double end = std::clamp(std::floor(high - 0.5) + 1, 0.0, static_cast<double>(count));
    return {static_cast<int>(first), static_cast<int>(end)};
}

double centreOfPixel(double coordinate) {
    return std::floor(coordinate) + 0.5;
}

}  // namespace

BrushStroke::BrushStroke(LabelMap& map, uint8_t value, double diameter, const PaintRule& rule,
                         const PixelShape& pixel)
    : map_(map),
      before_(map),
      value_(value),
      rule_(rule),
      pixel_(pixel),
      radius_(std::max(diameter, 1.0) / 2) {}

RectInImage BrushStroke::extendTo(PointInImage point, std::optional<double> diameter) {
    if (!std::isfinite(point.x) || !std::isfinite(point.y)) return {};
    const double lastRadius = radius_;
    if (diameter && std::isfinite(*diameter)) radius_ = std::max(*diameter, 1.0) / 2;
    const PixelShape shape =
        shapeUnderBrush(pixel_, 2 * (started_ ? std::min(lastRadius, radius_) : radius_));
    if (radius_ * 2 < kSmallestFreeDiameter * shape.width) point.x = centreOfPixel(point.x);
    if (radius_ * 2 < kSmallestFreeDiameter * shape.height) point.y = centreOfPixel(point.y);

    const auto discAt = [&shape](PointInImage centre, double radius) {
        return Disc{{centre.x * shape.width, centre.y * shape.height}, radius};
    };
    const Disc now = discAt(point, radius_);
    const Sweep sweep(started_ ? discAt(last_, lastRadius) : now, now);
    RectInImage painted;
    const auto [top, bottom] =
        pixelsBetween(sweep.top() / shape.height, sweep.bottom() / shape.height, map_.size().height);
    for (int y = top; y < bottom; ++y) {
        const Span span = sweep.at((y + 0.5) * shape.height);
        const auto [left, right] =
            pixelsBetween(span.low / shape.width, span.high / shape.width, map_.size().width);
        const RectInImage row{left, y, right - left, 1};
        if (row.isEmpty()) continue;
        if (fillAllowed(map_, row, value_, rule_)) isHeldBack_ = true;
        painted = painted.united(row);
    }
    last_ = point;
    started_ = true;
    touched_ = touched_.united(painted);
    return painted;
}

LabelPatch BrushStroke::finish() {
    return LabelPatch::between(before_, map_, touched_);
}

void BrushStroke::cancel() {
    map_ = before_;
}

}  // namespace finebrush
