#pragma once

#include "core/base/result.h"
#include "core/labels/label_map.h"
#include "core/labels/label_patch.h"
#include "core/labels/paint_rule.h"
#include "core/labels/pixel_region.h"

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>

namespace finebrush {

/// An edit that looks at each pixel for itself.
struct PixelwiseEdit {
    /// False for a tile of these labels that the edit leaves as it is. Quick; unpacks nothing.
    std::function<bool(const LabelMap& labels, int column, int row)> concerns;
    /// Changes the labels of a rectangle, row-major; true where one became another.
    std::function<bool(const RectInImage& rect, std::span<uint8_t> values)> change;
};

/// The labels with an edit made of them. What the edit leaves as it is stays shared, and packed. Unfinished
/// where it is asked to stop.
LabelMap edited(const LabelMap& labels, const PixelwiseEdit& edit, const std::stop_token& stop = {});

/// An edit that gives a value to a region (`kUnlabelled` erases), which has to be found first.
struct RegionEdit {
    std::function<Result<PixelRegion>(const LabelMap& labels, const std::stop_token& stop)> find;
    uint8_t value = kUnlabelled;
    PaintRule rule;
    int64_t tiles = 0;  ///< that are looked at
};

/// An edit of an image's labels that is worked out on a copy of them, on another thread, while they may go on
/// changing.
class LabelRevision {
  public:
    // Copies the labels. Thread of the labels.
    LabelRevision(const LabelMap& labels, PixelwiseEdit edit);
    LabelRevision(const LabelMap& labels, RegionEdit edit);

    PixelSize size() const { return before_.size(); }
    /// About how many tiles `workOut` looks at.
    int64_t tiles() const { return tiles_; }
    /// True, once it is worked out, where the mask of its rule alone kept it from a pixel.
    bool isHeldBack() const { return isHeldBack_; }

    /// Blocks, for long where the image is large; any thread, once. Comes to nothing where it is asked to
    /// stop. Errors: those of finding the region, and of reading what the mask of the rule needs.
    Result<void> workOut(const std::stop_token& stop = {});

    /// Changes the labels as it was worked out, and returns what that changed. Where they became others since
    /// they were copied, a pixelwise edit is made of what they are now; a region leaves pixels that changed
    /// as they are. Thread of the labels; costs a look at each tile, and work only for those that changed.
    LabelPatch bringInto(LabelMap& labels) const;

  private:
    void keep(const LabelMap& after);
    /// Makes the edit of a tile that changed meanwhile.
    void redo(LabelMap& labels, int column, int row) const;

    PixelwiseEdit pixelwise_;  ///< empty: it is that of a region
    RegionEdit region_;
    int64_t tiles_ = 0;
    bool isHeldBack_ = false;
    LabelMap before_;   ///< for `bringInto` only: the threads share no map
    LabelMap copy_;     ///< for `workOut`
    LabelMap changed_;  ///< the tiles that are others after it
    LabelPatch patch_;
};

}  // namespace finebrush
