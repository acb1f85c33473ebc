#pragma once

#include "core/base/pixel_buffer.h"

#include <opencv2/core/mat.hpp>

#include <cstdint>
#include <vector>

namespace finebrush {

/// Labels between two labelled slices of one size, by their shapes (Raya and Udupa, 1990): the signed
/// distance to the border of each class is blended, and a pixel is of the class that it lies in most deeply.
/// What has no label takes part like a class. A class that only one of the two holds shrinks and is gone
/// half-way.
class LabelInterpolation {
  public:
    /// Blocks. Throws std::invalid_argument for slices of two sizes.
    LabelInterpolation(const IndexMask& first, const IndexMask& second);

    /// The labels at a part of the way, 0: the first slice, 1: the second.
    IndexMask at(double part) const;

  private:
    /// The signed distances of a value in both slices: px to its border, positive within, [height, width].
    struct Shape {
        uint8_t value;
        cv::Mat first;
        cv::Mat second;
    };

    PixelSize size_;
    std::vector<Shape> shapes_;  ///< of every value that occurs
};

}  // namespace finebrush
