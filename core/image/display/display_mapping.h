#pragma once

#include "core/base/pixel_buffer.h"
#include "core/image/display/value_summary.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace finebrush {

/// How raw values become 8-bit RGB on the screen; 64-bit integers count as the doubles that are nearest.
struct DisplayMapping {
    double low = 0;         ///< raw value shown black
    double high = 255;      ///< raw value shown white
    double gamma = 1;       ///< above 1, what lies between black and white becomes brighter
    bool inverted = false;  ///< black and white change places
    std::optional<std::array<int, 3>> bands =
        std::nullopt;     ///< for red, green and blue, from 0 on; nothing: as `usualBands`
    bool smooth = false;  ///< enlarged pixels blend into each other instead of being squares
    /// Black and white of red, green and blue where each has its own; `low` and `high` then span them.
    std::optional<std::array<ValueRange, 3>> ownLimits = std::nullopt;
    bool operator==(const DisplayMapping&) const = default;
};

/// False where there are no grey levels between black and white, or a number is out of its range.
bool isSound(const DisplayMapping& mapping);

/// What is shown black and white in a channel: 0 is red, 2 is blue.
ValueRange limitsOf(const DisplayMapping& mapping, size_t channel);

/// The mapping with another black and white. Channels that have their own move and widen in proportion.
DisplayMapping withLimits(DisplayMapping mapping, const ValueRange& limits);

/// The mapping with a black and white for each channel.
DisplayMapping withOwnLimits(DisplayMapping mapping, const std::array<ValueRange, 3>& limits);

/// The first three bands, or the only one three times. A second band without a third is left out.
std::array<int, 3> usualBands(int bandCount);

/// The bands that a mapping shows of an image; the usual ones where it asks for one that is not there.
std::array<int, 3> shownBands(const DisplayMapping& mapping, int bandCount);

/// 0..255 for 8-bit images; otherwise the 0.5th to 99.5th percentile over all bands (nearest rank; NaN,
/// infinity, nodata and what is hidden left out; of many pixels an even sample, as `sampleMeasurements`), or
/// one apart where these are equal. `colours` are the bands that the file says are red, green and blue: where
/// these are not the usual ones they are shown, and the percentiles are of their values alone.
DisplayMapping defaultDisplayMapping(const PixelBuffer& pixels,
                                     const std::optional<std::array<int, 3>>& colours = std::nullopt);

/// Row-major 8-bit RGB, `size.area() * 3` bytes. NaN and what is hidden are black, and a pixel that holds
/// nodata (or NaN) in all bands that are shown; in one band of a colour, the value of nodata is a value like
/// others. The mapping must be sound.
std::vector<uint8_t> toDisplayRgb(const PixelBuffer& pixels, const DisplayMapping& mapping);

/// The same as an image of three 8-bit bands.
PixelBuffer toDisplayedPixels(const PixelBuffer& pixels, const DisplayMapping& mapping);

}  // namespace finebrush
