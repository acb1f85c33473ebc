#pragma once

#include "core/base/geometry.h"
#include "core/labels/pixel_region.h"
#include "core/labels/pixel_shape.h"

#include <opencv2/core/mat.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace finebrush {

/// A part of an image, cut into superpixels: areas of similar colour and of about one size, whose borders
/// follow the edges of the picture: SLIC (Achanta et al. 2012) from a grid of seeds.
class Superpixels {
  public:
    /// `rgb` is the part, row-major, `rect.area() * 3` bytes; `side` is about that of a superpixel, which is
    /// as long in the patient both ways: it counts px along their shorter side, as the diameter of a brush.
    /// Blocks (some 0.5 s for a million px). Throws std::invalid_argument for a span of another size, an
    /// empty rectangle, or a side below 1.
    Superpixels(const RectInImage& rect, std::span<const uint8_t> rgb, int side,
                const PixelShape& pixel = {});

    const RectInImage& rect() const { return rect_; }
    int count() const { return static_cast<int>(bounds_.size()); }
    /// The number of the superpixel under a point of the image; none outside the part.
    std::optional<int> at(PointInImage point) const;
    /// Its pixels, in the image's frame.
    PixelRegion region(int number) const;

  private:
    RectInImage rect_;
    cv::Mat numbers_;               ///< from 0, [height, width], CV_32S
    std::vector<cv::Rect> bounds_;  ///< of each superpixel, in the part
};

}  // namespace finebrush
