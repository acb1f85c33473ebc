#include "core/image/display/display_mapping.h"

#include "core/image/display/rgb_mapper.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace finebrush {

namespace {

constexpr double kLowShare = 0.005;
constexpr double kMostGamma = 100;

bool hasLevels(const ValueRange& limits) {
    return std::isfinite(limits.low) && std::isfinite(limits.span()) && limits.span() > 0;
}

}  // namespace

bool isSound(const DisplayMapping& mapping) {
    return hasLevels({mapping.low, mapping.high}) &&
           (!mapping.ownLimits || std::ranges::all_of(*mapping.ownLimits, hasLevels)) &&
           mapping.gamma >= 1 / kMostGamma && mapping.gamma <= kMostGamma;
}

ValueRange limitsOf(const DisplayMapping& mapping, size_t channel) {
    return mapping.ownLimits ? mapping.ownLimits->at(channel) : ValueRange{mapping.low, mapping.high};
}

DisplayMapping withLimits(DisplayMapping mapping, const ValueRange& limits) {
    const double scale = limits.span() / (mapping.high - mapping.low);
    const auto moved = [&](double value) { return limits.low + (value - mapping.low) * scale; };
    if (mapping.ownLimits) {
        for (ValueRange& own : *mapping.ownLimits) own = {moved(own.low), moved(own.high)};
    }
    mapping.low = limits.low;
    mapping.high = limits.high;
    return mapping;
}

DisplayMapping withOwnLimits(DisplayMapping mapping, const std::array<ValueRange, 3>& limits) {
    mapping.ownLimits = limits;
    mapping.low = std::ranges::min(limits, {}, &ValueRange::low).low;
    mapping.high = std::ranges::max(limits, {}, &ValueRange::high).high;
    return mapping;
}

std::array<int, 3> usualBands(int bandCount) {
    return bandCount >= 3 ? std::array{0, 1, 2} : std::array{0, 0, 0};
}

std::array<int, 3> shownBands(const DisplayMapping& mapping, int bandCount) {
    const auto isThere = [bandCount](int band) { return band >= 0 && band < bandCount; };
    return mapping.bands && std::ranges::all_of(*mapping.bands, isThere) ? *mapping.bands
                                                                         : usualBands(bandCount);
}

DisplayMapping defaultDisplayMapping(const PixelBuffer& pixels,
                                     const std::optional<std::array<int, 3>>& colours) {
    DisplayMapping mapping;
    std::vector<int> counted(static_cast<size_t>(pixels.bands));
    std::iota(counted.begin(), counted.end(), 0);
    if (colours && *colours != usualBands(pixels.bands)) {
        mapping.bands = colours;
        counted.assign(colours->begin(), colours->end());
    }
    if (pixels.type == PixelType::UInt8) return mapping;
    std::vector<double> values = sampleMeasurements(pixels, counted);
    if (values.empty()) return mapping;
    const ValueRange range = innerRange(values, kLowShare);
    mapping.low = range.low;
    mapping.high = range.high;
    return mapping;
}

std::vector<uint8_t> toDisplayRgb(const PixelBuffer& pixels, const DisplayMapping& mapping) {
    return RgbMapper(mapping, pixels)(pixels);
}

PixelBuffer toDisplayedPixels(const PixelBuffer& pixels, const DisplayMapping& mapping) {
    return {pixels.size, 3, PixelType::UInt8, toDisplayRgb(pixels, mapping), {}, pixels.hidden};
}

}  // namespace finebrush
