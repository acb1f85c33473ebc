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
        const bool isClass = value >= 0 && value < kMaxClasses && value == std::floor(value);
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
    return withSampleType(pixels.type, [&]<typename Sample>(std::type_identity<Sample>) {
        return copyValues<Sample>(pixels, mask);
    });
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
