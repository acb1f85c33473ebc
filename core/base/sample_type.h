#pragma once

#include "core/base/pixel_buffer.h"

#include <cstdint>
#include <type_traits>

namespace finebrush {

/// Calls `visit` with the `std::type_identity` of the C++ type of samples.
template <typename Visitor>
auto withSampleType(PixelType type, const Visitor& visit) {
    switch (type) {
        case PixelType::UInt8:
            return visit(std::type_identity<uint8_t>());
        case PixelType::UInt16:
            return visit(std::type_identity<uint16_t>());
        case PixelType::Int16:
            return visit(std::type_identity<int16_t>());
        case PixelType::UInt32:
            return visit(std::type_identity<uint32_t>());
        case PixelType::Int32:
            return visit(std::type_identity<int32_t>());
        case PixelType::Float32:
            return visit(std::type_identity<float>());
        case PixelType::Int64:
            return visit(std::type_identity<int64_t>());
        case PixelType::UInt64:
            return visit(std::type_identity<uint64_t>());
        case PixelType::Float64:
            break;
    }
    return visit(std::type_identity<double>());
}

}  // namespace finebrush
