#pragma once

#include "core/base/geometry.h"
#include "core/labels/label_map.h"
#include "core/labels/label_patch.h"
#include "core/labels/paint_rule.h"
#include "core/labels/pixel_shape.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace finebrush {

/// A drag of a round brush, painted as the pointer moves. Painting writes to the map at once; `finish` gives
/// the whole drag as one reversible patch. A pixel is painted when its centre lies within the radius of the
/// path; along an axis in which it is below 2 px, the path runs through the centres of the pixels under the
/// pointer, so that a click always paints one. The brush is round in the patient: an ellipse in px, where
/// pixels are no squares there.
class BrushStroke {
  public:
    /// `diameter` in shorter sides of a pixel, at least 1; `value` is a class value or `kUnlabelled` to
    /// erase.
    BrushStroke(LabelMap& map, uint8_t value, double diameter, const PaintRule& rule = {},
                const PixelShape& pixel = {});

    /// Paints from the last point to this one (a dot, the first time). Points may lie outside the image; one
    /// that is not finite is left out. Another `diameter` at this point is come to evenly on the way, and
    /// stays. Returns the pixels that may have changed.
    RectInImage extendTo(PointInImage point, std::optional<double> diameter = {});

    /// The whole drag as a patch; empty where nothing changed. The stroke is over.
    LabelPatch finish();
    /// Puts the map back as it was before the drag.
    void cancel();

    const RectInImage& touched() const { return touched_; }
    /// True where the mask of the rule alone kept the drag from a pixel.
    bool isHeldBack() const { return isHeldBack_; }

  private:
    LabelMap& map_;
    LabelMap before_;
    uint8_t value_;
    PaintRule rule_;
    PixelShape pixel_;
    double radius_;
    bool started_ = false;
    bool isHeldBack_ = false;
    PointInImage last_;
    RectInImage touched_;
};

}  // namespace finebrush
