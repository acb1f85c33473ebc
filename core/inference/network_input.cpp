#include "core/inference/network_input.h"

#include "core/base/sample_type.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <tuple>
#include <utility>
#include <vector>

namespace finebrush {

namespace {

torch::ScalarType scalarType(PixelType type) {
    return withSampleType(type, []<typename Sample>(std::type_identity<Sample>) {
        return c10::CppTypeToScalarType<Sample>::value;
    });
}

using Kind = InputRange::Kind;

/// The colours of an image, and which of its samples are measurements: both [C, H, W], C being 1 or 3.
struct Samples {
    torch::Tensor values;
    torch::Tensor valid;
};

/// [H, W, C], C being 1 or 3.
torch::Tensor chosenBands(const torch::Tensor& raw, const ColourBands& bands) {
    const int64_t count = raw.size(2);
    if (!bands || *std::ranges::max_element(*bands) >= count)
        return count >= 3 ? raw.slice(2, 0, 3) : raw.slice(2, 0, 1);
    std::vector<torch::Tensor> chosen;
    for (const int band : *bands) chosen.push_back(raw.select(2, band));
    return torch::stack(chosen, 2);
}

Samples samplesOf(const PixelBuffer& pixels, const ColourBands& chosen) {
    if (!pixels.isConsistent() || pixels.bands < 1 || pixels.size.isEmpty()) {
        throw std::invalid_argument("rawColours: the buffer does not hold what its size says");
    }
    const torch::Tensor raw =
        torch::from_blob(const_cast<uint8_t*>(pixels.bytes.data()),
                         {pixels.size.height, pixels.size.width, pixels.bands}, scalarType(pixels.type));
    torch::Tensor bands = chosenBands(raw, chosen).permute({2, 0, 1}).to(torch::kFloat32);  // [C, H, W]
    torch::Tensor valid = bands.isfinite();
    if (pixels.nodata) valid = valid.logical_and(bands.ne(static_cast<float>(*pixels.nodata)));
    if (!pixels.hidden.empty()) {
        const torch::Tensor hidden = torch::from_blob(const_cast<uint8_t*>(pixels.hidden.data()),
                                                      {pixels.size.height, pixels.size.width}, torch::kUInt8);
        valid = valid.logical_and(hidden.eq(0));
    }
    return {bands, valid};
}

/// [C, H, W], what is no measurement being the smallest one.
torch::Tensor filled(const Samples& samples) {
    if (samples.valid.all().item<bool>()) return samples.values;
    const torch::Tensor values = samples.values.masked_select(samples.valid);
    const torch::Tensor lowest = values.numel() > 0 ? values.min() : torch::zeros({});
    return torch::where(samples.valid, samples.values, lowest);
}

/// [3, H, W] of [C, H, W].
torch::Tensor inColour(const torch::Tensor& bands) {
    return bands.expand({3, -1, -1}).contiguous();
}

/// The value at rank round(share · (n - 1)) of at least one.
double percentile(const torch::Tensor& values, double share) {
    const int64_t rank = std::llround(share * static_cast<double>(values.numel() - 1));
    return std::get<0>(values.kthvalue(rank + 1)).item<double>();
}

/// Raw values for 0 and for 1.
std::pair<double, double> limitsOf(const Samples& samples, PixelType type, const InputRange& range) {
    if (range.kind == Kind::Window) return {range.first - range.second / 2, range.first + range.second / 2};
    if (!range.goesByValues(type)) return {0, 255};
    const torch::Tensor values = samples.values.masked_select(samples.valid);
    if (values.numel() == 0) return {0, 1};
    if (range.kind == Kind::MinMax || range.kind == Kind::Bytes)
        return {values.min().item<double>(), values.max().item<double>()};
    return {percentile(values, range.first / 100), percentile(values, range.second / 100)};
}

/// [C, H, W] of 0 to 1; `whole` is of the image that the samples are a window of, or null.
torch::Tensor scaled(const Samples& samples, PixelType type, const InputRange& range,
                     const ValueRange* whole) {
    const bool isOfWhole = whole && range.goesByValues(type);
    const auto [low, high] = isOfWhole ? std::pair(whole->low, whole->high) : limitsOf(samples, type, range);
    const torch::Tensor values =
        isOfWhole ? samples.values.masked_fill(samples.valid.logical_not(), low) : filled(samples);
    return ((values - low) / (high > low ? high - low : 1)).clamp_(0, 1);
}

/// The limits of the whole image for a band, or for all; null where they are not known.
const ValueRange* wholeOf(const PixelBuffer& pixels, size_t band) {
    return pixels.limits.empty() ? nullptr : &pixels.limits[std::min(band, pixels.limits.size() - 1)];
}

}  // namespace

InputRange inputRangeFor(const InputRange& asked, const sam::SamDescription& network) {
    const bool isSams = network.normalisation == sam::PixelNormalisation::ImageNet;
    InputRange range = asked;
    if (isSams && asked.kind == Kind::Automatic) range.kind = Kind::Bytes;
    return range;
}

InputRange appliedRange(const InputRange& range, const PixelBuffer& pixels) {
    InputRange applied = range;
    if (range.kind == Kind::Automatic && !pixels.limits.empty()) applied.kind = Kind::MinMax;
    return applied;
}

torch::Tensor rawColours(const PixelBuffer& pixels, const ColourBands& bands) {
    const torch::NoGradGuard noGradient;
    return inColour(filled(samplesOf(pixels, bands)));
}

torch::Tensor measuredPixels(const PixelBuffer& pixels, const ColourBands& bands) {
    const bool isFloat = pixels.type == PixelType::Float32 || pixels.type == PixelType::Float64;
    if (!isFloat && !pixels.nodata && pixels.hidden.empty()) return {};
    const torch::NoGradGuard noGradient;
    const torch::Tensor measured = samplesOf(pixels, bands).valid.any(0);
    return measured.all().item<bool>() ? torch::Tensor() : measured;
}

torch::Tensor scaledColours(const PixelBuffer& pixels, const InputRange& range) {
    if (range.kind == Kind::Automatic) return rawColours(pixels, range.bands);
    const torch::NoGradGuard noGradient;
    const Samples samples = samplesOf(pixels, range.bands);
    if (!range.eachBand) return inColour(scaled(samples, pixels.type, range, wholeOf(pixels, 0)));
    std::vector<torch::Tensor> bands;
    for (int64_t band = 0; band < samples.values.size(0); ++band) {
        const Samples one{samples.values.slice(0, band, band + 1), samples.valid.slice(0, band, band + 1)};
        bands.push_back(scaled(one, pixels.type, range, wholeOf(pixels, static_cast<size_t>(band))));
    }
    return inColour(torch::cat(bands));
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
