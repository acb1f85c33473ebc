#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

namespace finebrush {

// Three frames occur, and names say which: image (pixels of the opened image, x right, y down, the centre of
// the first pixel at 0.5, 0.5), model (pixels of the network's input) and view (device-independent pixels of
// a widget).

/// A point in the image frame, in px.
struct PointInImage {
    double x = 0;
    double y = 0;
    bool operator==(const PointInImage&) const = default;
};

/// Width and height in px.
struct PixelSize {
    int width = 0;
    int height = 0;
    bool operator==(const PixelSize&) const = default;
    bool isEmpty() const { return width <= 0 || height <= 0; }
    int64_t area() const { return isEmpty() ? 0 : int64_t{width} * height; }
};

/// "640 × 480", for those who read it.
inline std::string toText(PixelSize size) {
    return std::to_string(size.width) + " × " + std::to_string(size.height);
}

/// A half-open rectangle of whole pixels in the image frame: [x, x + width) × [y, y + height).
struct RectInImage {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;

    bool operator==(const RectInImage&) const = default;
    static RectInImage ofSize(PixelSize size) { return {0, 0, size.width, size.height}; }
    int right() const { return x + width; }
    int bottom() const { return y + height; }
    bool isEmpty() const { return width <= 0 || height <= 0; }
    int64_t area() const { return isEmpty() ? 0 : int64_t{width} * height; }

    bool contains(const RectInImage& part) const { return intersected(part) == part; }

    /// The part in both; empty at the origin where they do not meet.
    RectInImage intersected(const RectInImage& other) const {
        const int left = std::max(x, other.x);
        const int top = std::max(y, other.y);
        const RectInImage both{left, top, std::min(right(), other.right()) - left,
                               std::min(bottom(), other.bottom()) - top};
        return both.isEmpty() ? RectInImage{} : both;
    }

    /// The smallest rectangle that holds both; an empty one adds nothing.
    RectInImage united(const RectInImage& other) const {
        if (isEmpty()) return other;
        if (other.isEmpty()) return *this;
        const int left = std::min(x, other.x);
        const int top = std::min(y, other.y);
        return {left, top, std::max(right(), other.right()) - left, std::max(bottom(), other.bottom()) - top};
    }
};

}  // namespace finebrush
