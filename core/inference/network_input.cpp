#include "core/inference/network_input.h"

#include <opencv2/imgproc.hpp>

#include <cmath>
#include <stdexcept>
#include <tuple>
#include <utility>

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

using Kind = InputRange::Kind;

/// The colours of an image, and which of its samples are measurements: both [C, H, W], C being 1 or 3.
struct Samples {
    torch::Tensor values;
    torch::Tensor valid;
};

Samples samplesOf(const PixelBuffer& pixels) {
    if (!pixels.isConsistent() || pixels.bands < 1 || pixels.size.isEmpty()) {
        throw std::invalid_argument("rawColours: the buffer does not hold what its size says");
    }
    const torch::Tensor raw =
        torch::from_blob(const_cast<uint8_t*>(pixels.bytes.data()),
                         {pixels.size.height, pixels.size.width, pixels.bands}, scalarType(pixels.type));
    torch::Tensor bands = pixels.bands >= 3 ? raw.slice(2, 0, 3) : raw.slice(2, 0, 1);
    bands = bands.permute({2, 0, 1}).to(torch::kFloat32);  // [C, H, W]
    torch::Tensor valid = bands.isfinite();
    if (pixels.nodata) valid = valid.logical_and(bands.ne(static_cast<float>(*pixels.nodata)));
    if (!pixels.hidden.empty()) {
        const torch::Tensor hidden = torch::from_blob(const_cast<uint8_t*>(pixels.hidden.data()),
                                                      {pixels.size.height, pixels.size.width}, torch::kUInt8);
        valid = valid.logical_and(hidden.eq(0));
    }
    return {bands, valid};
}

/// [3, H, W], what is no measurement being the smallest one.
torch::Tensor filled(const Samples& samples) {
    torch::Tensor bands = samples.values;
    if (!samples.valid.all().item<bool>()) {
        const torch::Tensor values = bands.masked_select(samples.valid);
        const torch::Tensor lowest = values.numel() > 0 ? values.min() : torch::zeros({});
        bands = torch::where(samples.valid, bands, lowest);
    }
    return bands.expand({3, -1, -1}).contiguous();
}

/// The value at rank round(share · (n - 1)) of at least one.
double percentile(const torch::Tensor& values, double share) {
    const int64_t rank = std::llround(share * static_cast<double>(values.numel() - 1));
    return std::get<0>(values.kthvalue(rank + 1)).item<double>();
}

/// Raw values for 0 and for 1.
std::pair<double, double> limitsOf(const Samples& samples, PixelType type, const InputRange& range) {
    const bool isByte = range.kind == Kind::Bytes && type == PixelType::UInt8;
    if (isByte || range.kind == Kind::Displayed) return {0, 255};
    if (range.kind == Kind::Window) return {range.first - range.second / 2, range.first + range.second / 2};
    const torch::Tensor values = samples.values.masked_select(samples.valid);
    if (values.numel() == 0) return {0, 1};
    if (range.kind == Kind::MinMax || range.kind == Kind::Bytes)
        return {values.min().item<double>(), values.max().item<double>()};
    return {percentile(values, range.first / 100), percentile(values, range.second / 100)};
}

}  // namespace

InputRange inputRangeFor(const InputRange& asked, const sam::SamDescription& network) {
    const bool isSams = network.normalisation == sam::PixelNormalisation::ImageNet;
    return isSams && asked.kind == Kind::Automatic ? InputRange{Kind::Bytes} : asked;
}

torch::Tensor rawColours(const PixelBuffer& pixels) {
    const torch::NoGradGuard noGradient;
    return filled(samplesOf(pixels));
}

torch::Tensor measuredPixels(const PixelBuffer& pixels) {
    const bool isFloat = pixels.type == PixelType::Float32 || pixels.type == PixelType::Float64;
    if (!isFloat && !pixels.nodata && pixels.hidden.empty()) return {};
    const torch::NoGradGuard noGradient;
    const torch::Tensor measured = samplesOf(pixels).valid.any(0);
    return measured.all().item<bool>() ? torch::Tensor() : measured;
}

torch::Tensor scaledColours(const PixelBuffer& pixels, const InputRange& range) {
    if (range.kind == Kind::Automatic) return rawColours(pixels);
    const torch::NoGradGuard noGradient;
    const Samples samples = samplesOf(pixels);
    const auto [low, high] = limitsOf(samples, pixels.type, range);
    return ((filled(samples) - low) / (high > low ? high - low : 1)).clamp_(0, 1);
}

torch::Tensor networkInput(const torch::Tensor& colours, PixelSize size, const InputRange& range) {
    const torch::Tensor image = resized(colours, size);
    if (range.kind != Kind::Automatic) return image;
    const torch::Tensor low = image.min();
    const torch::Tensor spread = image.max() - low;
    return (image - low) / torch::where(spread > 0, spread, torch::ones_like(spread));
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
