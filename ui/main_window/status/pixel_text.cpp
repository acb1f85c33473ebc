#include "ui/main_window/status/pixel_text.h"

#include "core/base/sample_type.h"

#include <QCoreApplication>
#include <QStringList>

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <type_traits>

namespace finebrush {

namespace {

/// The fewest digits that give the same number again; with an exponent only where there would be many.
template <typename Number>
QString fractionText(Number number) {
    constexpr Number kLeast = Number(1e-4), kMost = Number(1e15);
    if (!std::isfinite(number)) return QString::number(number);
    const bool isPlain = number == 0 || (std::abs(number) >= kLeast && std::abs(number) < kMost);
    std::array<char, 64> text{};
    const auto format = isPlain ? std::chars_format::fixed : std::chars_format::scientific;
    const char* end = std::to_chars(text.data(), text.data() + text.size(), number, format).ptr;
    return QString::fromLatin1(text.data(), end - text.data());
}

template <typename Sample>
QString sampleText(const uint8_t* bytes) {
    Sample sample;
    std::memcpy(&sample, bytes, sizeof sample);
    if constexpr (std::is_floating_point_v<Sample>) {
        return fractionText(sample);
    } else {
        return QString::number(sample);
    }
}

QString sampleText(PixelType type, const uint8_t* bytes) {
    return withSampleType(
        type, [&]<typename Sample>(std::type_identity<Sample>) { return sampleText<Sample>(bytes); });
}

}  // namespace

QString pixelText(const PixelBuffer& pixels, int x, int y) {
    const size_t place = static_cast<size_t>(y) * pixels.size.width + x;
    if (pixels.isHidden(place)) return QCoreApplication::translate("finebrush::PixelText", "no data");
    const uint8_t* pixel = pixels.bytes.data() + place * pixels.bytesPerPixel();
    QStringList samples;
    for (int band = 0; band < pixels.bands; ++band) {
        samples << sampleText(pixels.type, pixel + band * bytesPerSample(pixels.type));
    }
    return samples.join(QStringLiteral(", "));
}

}  // namespace finebrush
