#include "core/base/pixel_buffer.h"

#include <array>

namespace finebrush {

namespace {

struct TypeEntry {
    PixelType type;
    const char* name;
    size_t bytes;
};

constexpr std::array<TypeEntry, 9> kTypes = {{{PixelType::UInt8, "uint8", 1},
                                              {PixelType::UInt16, "uint16", 2},
                                              {PixelType::Int16, "int16", 2},
                                              {PixelType::UInt32, "uint32", 4},
                                              {PixelType::Int32, "int32", 4},
                                              {PixelType::Float32, "float32", 4},
                                              {PixelType::Float64, "float64", 8},
                                              {PixelType::Int64, "int64", 8},
                                              {PixelType::UInt64, "uint64", 8}}};

}  // namespace

size_t bytesPerSample(PixelType type) {
    return kTypes.at(static_cast<size_t>(type)).bytes;
}

const char* pixelTypeName(PixelType type) {
    return kTypes.at(static_cast<size_t>(type)).name;
}

std::optional<PixelType> pixelTypeFromName(const std::string& name) {
    for (const TypeEntry& entry : kTypes) {
        if (name == entry.name) return entry.type;
    }
    return std::nullopt;
}

}  // namespace finebrush
