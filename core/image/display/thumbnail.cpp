#include "core/image/display/thumbnail.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace finebrush {

Thumbnail makeThumbnail(std::span<const uint8_t> rgb, PixelSize size, int longestSide) {
    if (size.isEmpty() || rgb.size() != static_cast<size_t>(size.area()) * 3 || longestSide < 1) {
        throw std::invalid_argument("makeThumbnail: the pixels do not fit the size");
    }
    const double scale = std::min(1.0, static_cast<double>(longestSide) / std::max(size.width, size.height));
    const auto scaled = [scale](int side) {
        return std::max(1, static_cast<int>(std::lround(side * scale)));
    };

    Thumbnail thumbnail{{scaled(size.width), scaled(size.height)}, {}};
    thumbnail.rgb.resize(static_cast<size_t>(thumbnail.size.area()) * 3);
    // OpenCV has no constant matrix; resize only reads its source.
    const cv::Mat image(size.height, size.width, CV_8UC3, const_cast<uint8_t*>(rgb.data()));
    cv::Mat target(thumbnail.size.height, thumbnail.size.width, CV_8UC3, thumbnail.rgb.data());
    cv::resize(image, target, target.size(), 0, 0, cv::INTER_AREA);
    return thumbnail;
}

}  // namespace finebrush
