#include "core/inference/network_input.h"

#include <opencv2/imgproc.hpp>

#include <stdexcept>

namespace finebrush {

namespace {

torch::ScalarType scalarType(PixelType type) {
    switch (type) {
        case PixelType::UInt8:
            return torch::kUInt8;
        case PixelType::UInt16:
            return torch::kUInt16;
        case PixelType::Int16:
            return torch::kInt16;
        case PixelType::UInt32:
            return torch::kUInt32;
        case PixelType::Int32:
            return torch::kInt32;
        case PixelType::Float32:
            return torch::kFloat32;
        case PixelType::Float64:
            return torch::kFloat64;
    }
    throw std::invalid_argument("rawColours: unknown pixel type");
}

}  // namespace

torch::Tensor rawColours(const PixelBuffer& pixels) {
    if (!pixels.isConsistent() || pixels.bands < 1 || pixels.size.isEmpty()) {
        throw std::invalid_argument("rawColours: the buffer does not hold what its size says");
    }
    const torch::NoGradGuard noGradient;
    const torch::Tensor raw =
        torch::from_blob(const_cast<uint8_t*>(pixels.bytes.data()),
                         {pixels.size.height, pixels.size.width, pixels.bands}, scalarType(pixels.type));
    torch::Tensor bands = pixels.bands >= 3 ? raw.slice(2, 0, 3) : raw.slice(2, 0, 1);
    bands = bands.permute({2, 0, 1}).to(torch::kFloat32);  // [C, H, W]
    torch::Tensor valid = bands.isfinite();
    if (pixels.nodata) valid = valid.logical_and(bands.ne(static_cast<float>(*pixels.nodata)));
    if (!valid.all().item<bool>()) {
        const torch::Tensor values = bands.masked_select(valid);
        const torch::Tensor lowest = values.numel() > 0 ? values.min() : torch::zeros({});
        bands = torch::where(valid, bands, lowest);
    }
    return bands.expand({3, -1, -1}).contiguous();
}

torch::Tensor networkInput(const torch::Tensor& colours, PixelSize size) {
    const torch::Tensor image = resized(colours, size);
    const torch::Tensor low = image.min();
    const torch::Tensor range = image.max() - low;
    return (image - low) / torch::where(range > 0, range, torch::ones_like(range));
}

torch::Tensor resized(const torch::Tensor& image, PixelSize size) {
    const int height = static_cast<int>(image.size(1));
    const int width = static_cast<int>(image.size(2));
    if (height == size.height && width == size.width) return image;
    const bool shrinks = size.height <= height && size.width <= width;
    const torch::Tensor source = image.contiguous();
    torch::Tensor target = torch::empty({image.size(0), size.height, size.width});
    for (int64_t band = 0; band < image.size(0); ++band) {
        const cv::Mat from(height, width, CV_32F, source[band].data_ptr<float>());
        cv::Mat to(size.height, size.width, CV_32F, target[band].data_ptr<float>());
        cv::resize(from, to, to.size(), 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
    }
    return target;
}

}  // namespace finebrush
