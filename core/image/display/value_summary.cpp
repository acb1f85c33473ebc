#include "core/image/display/value_summary.h"

#include "core/image/raster/raw_samples.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace finebrush {

namespace {

/// Enough samples to place a half-percent percentile well, few enough to be quick on a large raster.
constexpr int64_t kMaxSampledPixels = int64_t{1} << 20;
/// Of all bands together: of hundreds of them fewer pixels do.
constexpr int64_t kMaxSamples = int64_t{1} << 23;

/// How many pixels to go from one sampled pixel to the next; shares no factor with the width, so that the
/// samples do not fall into a few columns.
int64_t samplingStep(PixelSize size, size_t bands) {
    const int64_t bandCount = std::max<int64_t>(static_cast<int64_t>(bands), 1);
    const int64_t most = std::clamp<int64_t>(kMaxSamples / bandCount, 1, kMaxSampledPixels);
    int64_t step = std::max<int64_t>(size.area() / most, 1);
    while (std::gcd(step, int64_t{size.width}) != 1) ++step;
    return step;
}

/// The place of rank round(share · (n - 1)).
std::vector<double>::iterator placeOf(std::vector<double>& values, double share) {
    return values.begin() + std::lround(share * static_cast<double>(values.size() - 1));
}

ValueRange rangeOf(double low, double high) {
    return {low, high > low ? high : low + 1};
}

/// As `innerRange` for each cut, the widest first: what a narrower one cuts off lies beyond that.
Stretches stretchesOf(std::vector<double>& values) {
    static_assert(std::ranges::is_sorted(kStretchCuts));
    Stretches stretches{};
    if (values.empty()) return stretches;
    auto belowEnd = values.end(), aboveBegin = values.begin();
    for (size_t i = kStretchCuts.size(); i-- > 0;) {
        const double share = kStretchCuts[i] / 100;
        const auto low = placeOf(values, share), high = placeOf(values, 1 - share);
        std::nth_element(values.begin(), low, belowEnd);
        if (high > low) std::nth_element(std::max(aboveBegin, low + 1), high, values.end());
        stretches[i] = rangeOf(*low, *high);
        belowEnd = low;
        aboveBegin = high;
    }
    return stretches;
}

std::vector<int64_t> countParts(const std::vector<double>& values, const ValueRange& whole) {
    std::vector<int64_t> counts(ValueSummary::kParts);
    for (const double value : values) {
        const auto part = static_cast<int>((value - whole.low) / whole.span() * ValueSummary::kParts);
        ++counts[static_cast<size_t>(std::clamp(part, 0, ValueSummary::kParts - 1))];
    }
    return counts;
}

}  // namespace

std::vector<double> sampleMeasurements(const PixelBuffer& pixels, const std::vector<int>& bands) {
    return withSampleReader(pixels, [&](auto read) {
        std::vector<double> values;
        const int64_t step = samplingStep(pixels.size, bands.size());
        values.reserve(static_cast<size_t>(pixels.size.area() / step + 1) * bands.size());
        for (int64_t pixel = 0; pixel < pixels.size.area(); pixel += step) {
            if (pixels.isHidden(static_cast<size_t>(pixel))) continue;
            for (const int band : bands) {
                if (band >= pixels.bands) continue;
                const auto value = read(pixels, static_cast<size_t>(pixel * pixels.bands + band));
                if (isMeasurement(value, pixels.nodata)) values.push_back(static_cast<double>(value));
            }
        }
        return values;
    });
}

ValueRange innerRange(std::vector<double>& values, double share) {
    const auto low = placeOf(values, share), high = placeOf(values, 1 - share);
    std::nth_element(values.begin(), low, values.end());
    if (high > low) std::nth_element(low + 1, high, values.end());
    return rangeOf(*low, *high);
}

std::vector<uint8_t> unmeasuredPixels(const PixelBuffer& pixels, std::span<const int> bands) {
    const bool isFloat = pixels.type == PixelType::Float32 || pixels.type == PixelType::Float64;
    if (!isFloat && !pixels.nodata) return pixels.hidden;
    std::vector<uint8_t> unmeasured(static_cast<size_t>(pixels.size.area()));
    withSampleReader(pixels, [&](auto read) {
        for (size_t pixel = 0; pixel < unmeasured.size(); ++pixel) {
            const auto isMeasured = [&](int band) {
                const size_t place = pixel * static_cast<size_t>(pixels.bands) + static_cast<size_t>(band);
                return isMeasurement(read(pixels, place), pixels.nodata);
            };
            unmeasured[pixel] = pixels.isHidden(pixel) || std::ranges::none_of(bands, isMeasured);
        }
    });
    const bool isAnything = std::ranges::any_of(unmeasured, [](uint8_t value) { return value != 0; });
    return isAnything ? unmeasured : std::vector<uint8_t>();
}

ValueSummary summariseValues(const PixelBuffer& pixels, const std::vector<int>& bands) {
    ValueSummary summary;
    std::vector<double> values;
    if (bands.size() == 1) values = sampleMeasurements(pixels, bands);
    for (size_t i = 0; bands.size() > 1 && i < bands.size(); ++i) {
        std::vector<double> ofBand = sampleMeasurements(pixels, {bands[i]});
        values.insert(values.end(), ofBand.begin(), ofBand.end());
        summary.ofEachBand.push_back(stretchesOf(ofBand));
    }
    if (values.empty()) return summary;
    const auto [least, most] = std::ranges::minmax_element(values);
    summary.whole = rangeOf(*least, *most);
    summary.stretches = stretchesOf(values);
    summary.counts = countParts(values, summary.whole);
    return summary;
}

}  // namespace finebrush
