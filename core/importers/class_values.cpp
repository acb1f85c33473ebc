#include "core/importers/class_values.h"

#include "core/base/files.h"
#include "core/image/raster/raw_samples.h"

#include <array>
#include <cmath>
#include <optional>
#include <string>

namespace finebrush {

namespace {

/// Copies samples; gives the first number that is no class.
template <typename Sample>
std::optional<double> copyValues(const PixelBuffer& pixels, IndexMask& mask) {
    const auto* samples = reinterpret_cast<const Sample*>(pixels.bytes.data());
    for (size_t i = 0; i < mask.values.size(); ++i) {
        const auto value = static_cast<double>(samples[i]);
        const bool isClass = value >= 0 && value < ClassTable::kMaxClasses && value == std::floor(value);
        const bool isMissing = (pixels.nodata && isNodata(samples[i], *pixels.nodata)) || pixels.isHidden(i);
        if (value == kUnlabelled || isMissing) {
            mask.values[i] = kUnlabelled;
        } else if (isClass) {
            mask.values[i] = static_cast<uint8_t>(value);
        } else {
            return value;
        }
    }
    return std::nullopt;
}

std::optional<double> copyAnyValues(const PixelBuffer& pixels, IndexMask& mask) {
    switch (pixels.type) {
        case PixelType::UInt8:
            return copyValues<uint8_t>(pixels, mask);
        case PixelType::UInt16:
            return copyValues<uint16_t>(pixels, mask);
        case PixelType::Int16:
            return copyValues<int16_t>(pixels, mask);
        case PixelType::UInt32:
            return copyValues<uint32_t>(pixels, mask);
        case PixelType::Int32:
            return copyValues<int32_t>(pixels, mask);
        case PixelType::Float32:
            return copyValues<float>(pixels, mask);
        case PixelType::Float64:
            return copyValues<double>(pixels, mask);
        case PixelType::Int64:
            return copyValues<int64_t>(pixels, mask);
        case PixelType::UInt64:
            return copyValues<uint64_t>(pixels, mask);
    }
    return std::nullopt;
}

std::string numberText(double value) {
    const bool isWhole = value == std::floor(value) && std::abs(value) < 1e15;
    return isWhole ? std::to_string(static_cast<int64_t>(value)) : std::to_string(value);
}

}  // namespace

Result<IndexMask> classValues(const PixelBuffer& pixels, const std::filesystem::path& file) {
    IndexMask mask{pixels.size, std::vector<uint8_t>(static_cast<size_t>(pixels.size.area()))};
    if (const auto unknown = copyAnyValues(pixels, mask))
        return failure(ErrorCode::LabelsValueOutOfRange, {utf8(file), numberText(*unknown)});
    return mask;
}

std::vector<ImportedClass> namelessClasses(const LabelMap& labels) {
    const std::array<int64_t, 256> counts = labels.histogram();
    std::vector<ImportedClass> classes;
    for (size_t value = 0; value < kUnlabelled; ++value) {
        if (counts[value] > 0) classes.push_back({static_cast<uint8_t>(value), {}, {}, true});
    }
    return classes;
}

}  // namespace finebrush
