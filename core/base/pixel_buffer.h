#pragma once

#include "core/base/geometry.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace finebrush {

/// The type of one sample. Values are native-endian.
enum class PixelType { UInt8, UInt16, Int16, UInt32, Int32, Float32, Float64, Int64, UInt64 };

/// Bytes of one sample.
size_t bytesPerSample(PixelType type);

/// The NumPy name of a type ("uint8", "float32"): what messages and logs call it.
const char* pixelTypeName(PixelType type);
std::optional<PixelType> pixelTypeFromName(const std::string& name);

/// Raw values from one to another.
struct ValueRange {
    double low = 0;
    double high = 1;
    double span() const { return high - low; }
    bool operator==(const ValueRange&) const = default;
};

/// An image by value: row-major, bands interleaved ([height, width, bands]), without padding.
struct PixelBuffer {
    PixelSize size;
    int bands = 0;
    PixelType type = PixelType::UInt8;
    std::vector<uint8_t> bytes;  ///< size.area() * bands * bytesPerSample(type)
    /// Samples of this value hold no measurement. Of 64-bit integers the largest, which no double holds, is
    /// meant by the double above it.
    std::optional<double> nodata;
    /// A byte for each pixel, not 0 where the file hides the pixel (transparent, or masked), so that its
    /// samples are no measurements; empty where none is hidden.
    std::vector<uint8_t> hidden{};
    /// Of a window of an image that is too large to be read whole: what a network gets as 0 and as 1 of that
    /// image, where its input range goes by the values of an image. One for all bands, or one for each that
    /// the network gets; none: the pixels are the whole image.
    std::vector<ValueRange> limits{};

    bool isHidden(size_t pixel) const { return !hidden.empty() && hidden[pixel] != 0; }
    size_t bytesPerPixel() const { return bytesPerSample(type) * static_cast<size_t>(bands); }
    bool isConsistent() const {
        const auto pixels = static_cast<size_t>(size.area());
        return bytes.size() == pixels * bytesPerPixel() && (hidden.empty() || hidden.size() == pixels);
    }
    bool operator==(const PixelBuffer&) const = default;
};

/// The value of a pixel that nobody has labelled.
inline constexpr uint8_t kUnlabelled = 255;

/// There are at most so many classes, and their values are below it.
inline constexpr int kMaxClasses = 254;

/// Class numbers by value: row-major [height, width]; `kUnlabelled` where there is none.
struct IndexMask {
    PixelSize size;
    std::vector<uint8_t> values;

    uint8_t at(int x, int y) const { return values[static_cast<size_t>(y) * size.width + x]; }
    bool operator==(const IndexMask&) const = default;
};

}  // namespace finebrush
