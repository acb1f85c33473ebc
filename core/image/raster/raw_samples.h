#pragma once

#include "core/base/pixel_buffer.h"

#include <cmath>
#include <cstddef>
#include <cstring>
#include <optional>

namespace finebrush {

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

/// What an image takes of the memory.
inline size_t bytesOf(const PixelBuffer& pixels) {
    return pixels.bytes.size() + pixels.hidden.size();
}

/// False for what stands where nothing was measured.
inline bool isMeasurement(double value, const std::optional<double>& nodata) {
    return std::isfinite(value) && !(nodata && value == *nodata);
}

}  // namespace finebrush
