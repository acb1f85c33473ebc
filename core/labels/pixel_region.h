#pragma once

#include "core/base/geometry.h"
#include "core/labels/label_map.h"
#include "core/labels/label_patch.h"
#include "core/labels/paint_rule.h"

#include <cstdint>
#include <span>
#include <vector>

namespace finebrush {

/// A set of pixels of an image, as rectangles that do not overlap. What every tool that fills an area makes.
class PixelRegion {
  public:
    PixelRegion() = default;
    /// The part of a rectangle that lies in an image.
    static PixelRegion ofRect(const RectInImage& rect, PixelSize image);

    /// Does nothing for an empty rectangle. The caller keeps rectangles apart.
    void add(const RectInImage& rect);
    /// Adds the pixels of a row, from x on, whose mask is not 0.
    void addRow(int x, int y, std::span<const uint8_t> mask);

    bool isEmpty() const { return rects_.empty(); }
    const std::vector<RectInImage>& rects() const { return rects_; }
    /// The smallest rectangle that holds all.
    const RectInImage& bounds() const { return bounds_; }
    int64_t area() const;

  private:
    std::vector<RectInImage> rects_;
    RectInImage bounds_;
};

/// Gives a rectangle of a map, which is first clipped to the image, a value where the rule allows it. True
/// where the mask of the rule alone kept a pixel from it.
bool fillAllowed(LabelMap& map, const RectInImage& rect, uint8_t value, const PaintRule& rule);

/// The change that gives a region a value (`kUnlabelled` erases) where the rule allows it.
LabelPatch fillPatch(const LabelMap& labels, const PixelRegion& region, uint8_t value, const PaintRule& rule);

/// The pixels that a patch changes.
PixelRegion changedRegion(const LabelPatch& patch);

}  // namespace finebrush
