#include "ui/main_window/pixel_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <cstring>

namespace finebrush {

namespace {

template <typename Sample>
QString sampleText(const uint8_t* bytes) {
    Sample sample;
    std::memcpy(&sample, bytes, sizeof sample);
    return QString::number(sample);
}

QString sampleText(PixelType type, const uint8_t* bytes) {
    switch (type) {
        case PixelType::UInt8:
            return sampleText<uint8_t>(bytes);
        case PixelType::UInt16:
            return sampleText<uint16_t>(bytes);
        case PixelType::Int16:
            return sampleText<int16_t>(bytes);
        case PixelType::UInt32:
            return sampleText<uint32_t>(bytes);
        case PixelType::Int32:
            return sampleText<int32_t>(bytes);
        case PixelType::Float32:
            return sampleText<float>(bytes);
        case PixelType::Float64:
            return sampleText<double>(bytes);
    }
    return {};
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
