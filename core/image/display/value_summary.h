#pragma once

#include "core/base/pixel_buffer.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace finebrush {

/// Percent that a stretch cuts off at either end.
inline constexpr std::array kStretchCuts = {0.5, 2.0, 5.0};
/// One range for each of `kStretchCuts`.
using Stretches = std::array<ValueRange, kStretchCuts.size()>;

/// Which raw values an image has, as far as one needs to know to choose a window. NaN, infinity, nodata and
/// what is hidden do not count; of more than about a million pixels an even sample does.
struct ValueSummary {
    static constexpr int kParts = 128;

    ValueRange whole;                   ///< the smallest and the largest value
    Stretches stretches{};              ///< of all values
    std::vector<Stretches> ofEachBand;  ///< in the order of the bands; none where there is only one
    std::vector<int64_t> counts;        ///< how many values lie in each of `kParts` equal parts of `whole`
};

/// The values of the given bands (those that an image lacks are left out), in no order, 64-bit integers as
/// doubles round them: of one or two million pixels at most, and of fewer where the bands are more than
/// eight, so that they are 16 million at most.
std::vector<double> sampleMeasurements(const PixelBuffer& pixels, const std::vector<int>& bands);

/// From the value at rank round(share · (n - 1)) to that at round((1 - share) · (n - 1)), or one apart where
/// these are equal; reorders `values`, of which there is at least one.
ValueRange innerRange(std::vector<double>& values, double share);

/// Which pixels are hidden or hold no measurement in any of the bands (as `PixelBuffer::hidden`): empty where
/// all hold one.
std::vector<uint8_t> unmeasuredPixels(const PixelBuffer& pixels, std::span<const int> bands);

/// Blocks; any thread. An image without any measurement has the range 0..1 and no counts; a band without
/// any has the range 0..1.
ValueSummary summariseValues(const PixelBuffer& pixels, const std::vector<int>& bands);

}  // namespace finebrush
