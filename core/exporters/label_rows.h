#pragma once

#include "core/labels/label_map.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace finebrush {

/// The labels of an image from top to bottom, a row of tiles at a time, in the memory of one.
class LabelRows {
  public:
    explicit LabelRows(const LabelMap& labels) : labels_(labels) {}

    /// The rows of pixels from one on, at most as many as a tile has. They last until the next are read.
    std::span<const uint8_t> from(int y) {
        const PixelSize size = labels_.size();
        const RectInImage rows{0, y, size.width, std::min(LabelMap::kTileSize, size.height - y)};
        values_.resize(static_cast<size_t>(rows.area()));
        labels_.read(rows, values_);
        return values_;
    }

  private:
    const LabelMap& labels_;
    std::vector<uint8_t> values_;
};

}  // namespace finebrush
