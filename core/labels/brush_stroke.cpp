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

/// Where a convex shape meets a horizontal line, in the image frame; empty while low > high.
struct Span {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void add(double x) {
        low = std::min(low, x);
        high = std::max(high, x);
    }
};

void addDisc(Span& span, PointInImage centre, double radius, double y) {
    const double squared = radius * radius - (y - centre.y) * (y - centre.y);
    if (squared < 0) return;
    span.add(centre.x - std::sqrt(squared));
    span.add(centre.x + std::sqrt(squared));
}

void addEdge(Span& span, PointInImage a, PointInImage b, double y) {
    if (y < std::min(a.y, b.y) || y > std::max(a.y, b.y) || a.y == b.y) return;
    span.add(a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y));
}

/// All points within `radius` of a segment: two discs and the rectangle between them.
class Capsule {
  public:
    Capsule(PointInImage from, PointInImage to, double radius) : from_(from), to_(to), radius_(radius) {
        const double length = std::hypot(to.x - from.x, to.y - from.y);
        if (length == 0) return;
        const double dx = -(to.y - from.y) / length * radius;
        const double dy = (to.x - from.x) / length * radius;
        corners_ = {{{from.x + dx, from.y + dy},
                     {to.x + dx, to.y + dy},
                     {to.x - dx, to.y - dy},
                     {from.x - dx, from.y - dy}}};
        hasSides_ = true;
    }

    double top() const { return std::min(from_.y, to_.y) - radius_; }
    double bottom() const { return std::max(from_.y, to_.y) + radius_; }

    /// The shape is convex, so that its span is the hull of its parts' spans.
    Span at(double y) const {
        Span span;
        addDisc(span, from_, radius_, y);
        addDisc(span, to_, radius_, y);
        for (size_t i = 0; hasSides_ && i < corners_.size(); ++i) {
            addEdge(span, corners_[i], corners_[(i + 1) % corners_.size()], y);
        }
        return span;
    }

  private:
    PointInImage from_;
    PointInImage to_;
    double radius_;
    bool hasSides_ = false;
    std::array<PointInImage, 4> corners_;
};

/// First and last + 1 of the pixels in [0, count) whose centres lie in [low, high].
std::pair<int, int> pixelsBetween(double low, double high, int count) {
    const double first = std::clamp(std::ceil(low - 0.5), 0.0, static_cast<double>(count));
    const double end = std::clamp(std::floor(high - 0.5) + 1, 0.0, static_cast<double>(count));
    return {static_cast<int>(first), static_cast<int>(end)};
}

}  // namespace

BrushStroke::BrushStroke(LabelMap& map, uint8_t value, double diameter, const PaintRule& rule)
    : map_(map), before_(map), value_(value), rule_(rule), radius_(std::max(diameter, 1.0) / 2) {}

RectInImage BrushStroke::extendTo(PointInImage point) {
    if (!std::isfinite(point.x) || !std::isfinite(point.y)) return {};
    if (radius_ * 2 < kSmallestFreeDiameter) point = {std::floor(point.x) + 0.5, std::floor(point.y) + 0.5};

    const Capsule capsule(started_ ? last_ : point, point, radius_);
    RectInImage painted;
    const auto [top, bottom] = pixelsBetween(capsule.top(), capsule.bottom(), map_.size().height);
    for (int y = top; y < bottom; ++y) {
        const Span span = capsule.at(y + 0.5);
        const auto [left, right] = pixelsBetween(span.low, span.high, map_.size().width);
        const RectInImage row{left, y, right - left, 1};
        if (row.isEmpty()) continue;
        fillAllowed(map_, row, value_, rule_);
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
