#pragma once

#include "core/base/geometry.h"
#include "core/labels/label_map.h"

#include <cstdint>
#include <map>

namespace finebrush {

/// How many pixels are labelled with each class value.
class LabelCounts {
  public:
    LabelCounts() = default;
    /// Of a whole image.
    static LabelCounts of(const LabelMap& labels);
    /// Of the upper left part of a tile, the part that lies in the image.
    static LabelCounts of(const LabelMap::Tile& tile, const RectInImage& part);

    /// Adds pixels of a value, or takes some away; unlabelled ones do not count.
    void add(uint8_t value, int64_t pixels);
    LabelCounts& operator+=(const LabelCounts& other);
    LabelCounts& operator-=(const LabelCounts& other);

    int64_t of(uint8_t value) const;
    /// Of all values together.
    int64_t total() const;
    /// Values without a pixel are not in it.
    const std::map<uint8_t, int64_t>& byValue() const { return byValue_; }

    bool operator==(const LabelCounts&) const = default;

  private:
    std::map<uint8_t, int64_t> byValue_;
};

}  // namespace finebrush
