#include "core/image/display_mapping.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

namespace finebrush {

namespace {

/// Enough samples to place a half-percent percentile well, few enough to be quick on a large raster.
constexpr int64_t kMaxSampledPixels = int64_t{1} << 20;
constexpr double kLowShare = 0.005;
constexpr double kHighShare = 0.995;

/// A sample as a number; the buffer's bytes need not be aligned for the type.
template <typename Sample>
double sampleAt(const PixelBuffer& pixels, size_t index) {
    Sample value;
    std::memcpy(&value, &pixels.bytes[index * sizeof(Sample)], sizeof(Sample));
    return static_cast<double>(value);
}

/// Calls `visit` with the function that reads samples of the buffer's type.
template <typename Visitor>
auto withSampleReader(const PixelBuffer& pixels, Visitor visit) {
    switch (pixels.type) {
        case PixelType::UInt8:
            return visit(sampleAt<uint8_t>);
        case PixelType::UInt16:
            return visit(sampleAt<uint16_t>);
        case PixelType::Int16:
            return visit(sampleAt<int16_t>);
        case PixelType::UInt32:
            return visit(sampleAt<uint32_t>);
        case PixelType::Int32:
            return visit(sampleAt<int32_t>);
        case PixelType::Float32:
            return visit(sampleAt<float>);
        case PixelType::Float64:
            break;
    }
    return visit(sampleAt<double>);
}

bool isMeasurement(double value, const std::optional<double>& nodata) {
    return std::isfinite(value) && !(nodata && value == *nodata);
}

/// How many pixels to go from one sampled pixel to the next; shares no factor with the width, so that the
/// samples do not fall into a few columns.
int64_t samplingStep(PixelSize size) {
    int64_t step = std::max<int64_t>(size.area() / kMaxSampledPixels, 1);
    while (std::gcd(step, int64_t{size.width}) != 1) ++step;
    return step;
}

std::vector<double> sampleMeasurements(const PixelBuffer& pixels) {
    return withSampleReader(pixels, [&](auto read) {
        std::vector<double> values;
        const int64_t step = samplingStep(pixels.size);
        for (int64_t pixel = 0; pixel < pixels.size.area(); pixel += step) {
            for (int band = 0; band < pixels.bands; ++band) {
                const double value = read(pixels, static_cast<size_t>(pixel * pixels.bands + band));
                if (isMeasurement(value, pixels.nodata)) values.push_back(value);
            }
        }
        return values;
    });
}

/// The value at rank round(share · (n - 1)); reorders `values`, of which there is at least one.
double percentile(std::vector<double>& values, double share) {
    const auto rank =
        static_cast<std::ptrdiff_t>(std::lround(share * static_cast<double>(values.size() - 1)));
    std::nth_element(values.begin(), values.begin() + rank, values.end());
    return values[static_cast<size_t>(rank)];
}

uint8_t toGrey(double value, const DisplayMapping& mapping, const std::optional<double>& nodata) {
    if (std::isnan(value) || (nodata && value == *nodata)) return 0;
    const double share = (value - mapping.low) / (mapping.high - mapping.low);
    return static_cast<uint8_t>(std::clamp(share, 0.0, 1.0) * 255 + 0.5);
}

}  // namespace

DisplayMapping defaultDisplayMapping(const PixelBuffer& pixels) {
    if (pixels.type == PixelType::UInt8) return {};
    std::vector<double> values = sampleMeasurements(pixels);
    if (values.empty()) return {};
    const double low = percentile(values, kLowShare);
    const double high = percentile(values, kHighShare);
    return {low, high > low ? high : low + 1};
}

std::vector<uint8_t> toDisplayRgb(const PixelBuffer& pixels, const DisplayMapping& mapping) {
    const int secondBand = pixels.bands >= 3 ? 1 : 0;
    return withSampleReader(pixels, [&](auto read) {
        std::vector<uint8_t> rgb(static_cast<size_t>(pixels.size.area()) * 3);
        for (size_t pixel = 0; pixel < rgb.size() / 3; ++pixel) {
            const size_t first = pixel * static_cast<size_t>(pixels.bands);
            for (size_t channel = 0; channel < 3; ++channel) {
                const double value = read(pixels, first + channel * secondBand);
                rgb[pixel * 3 + channel] = toGrey(value, mapping, pixels.nodata);
            }
        }
        return rgb;
    });
}

}  // namespace finebrush
