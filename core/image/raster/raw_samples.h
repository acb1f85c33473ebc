#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/sample_type.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <type_traits>

namespace finebrush {

/// A sample; the buffer's bytes need not be aligned for the type.
template <typename Sample>
Sample sampleAt(const PixelBuffer& pixels, size_t index) {
    Sample value;
    std::memcpy(&value, &pixels.bytes[index * sizeof(Sample)], sizeof(Sample));
    return value;
}

/// Calls `visit` with the function that reads samples of the buffer's type.
template <typename Visitor>
auto withSampleReader(const PixelBuffer& pixels, Visitor visit) {
    return withSampleType(
        pixels.type, [&]<typename Sample>(std::type_identity<Sample>) { return visit(sampleAt<Sample>); });
}

/// What an image takes of the memory.
inline size_t bytesOf(const PixelBuffer& pixels) {
    return pixels.bytes.size() + pixels.hidden.size();
}

/// Integers of which not all are doubles.
template <typename Sample>
inline constexpr bool kIsLong = std::is_integral_v<Sample> && sizeof(Sample) == sizeof(int64_t);

/// True for the value that stands where nothing was measured. 64-bit integers are compared as such: many of
/// them have the same double.
template <typename Sample>
bool isNodata(Sample value, double nodata) {
    const bool isSameDouble = static_cast<double>(value) == nodata;
    if constexpr (kIsLong<Sample>) {
        constexpr Sample kLargest = std::numeric_limits<Sample>::max();
        if (!isSameDouble) return false;
        return nodata == static_cast<double>(kLargest) ? value == kLargest
                                                       : value == static_cast<Sample>(nodata);
    }
    return isSameDouble;
}

/// False for what stands where nothing was measured.
template <typename Sample>
bool isMeasurement(Sample value, const std::optional<double>& nodata) {
    return std::isfinite(static_cast<double>(value)) && !(nodata && isNodata(value, *nodata));
}

}  // namespace finebrush
