#include "core/image/dicom/dicom_values.h"

#include "core/base/sample_type.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace finebrush::dicom {

namespace {

struct Range {
    int64_t low = 0;
    int64_t high = 0;
};

Range rangeOfBits(int bits, bool isSigned) {
    const int64_t count = int64_t{1} << bits;
    return isSigned ? Range{-count / 2, count / 2 - 1} : Range{0, count - 1};
}

/// What the stored values may be; a lossy JPEG 2000 may overshoot the bits that are said to be used.
Range storedRange(const Header& header) {
    const bool mayOvershoot = header.syntax == EXS_JPEG2000 || header.syntax == EXS_JPEG2000LosslessOnly;
    return rangeOfBits(mayOvershoot ? header.bitsAllocated : header.bitsStored, header.isSigned);
}

PixelType typeOfBits(int bitsAllocated, bool isSigned) {
    if (bitsAllocated == 8) return isSigned ? PixelType::Int16 : PixelType::UInt8;
    if (bitsAllocated == 16) return isSigned ? PixelType::Int16 : PixelType::UInt16;
    return isSigned ? PixelType::Int32 : PixelType::UInt32;
}

bool isWhole(double value) {
    return value == std::floor(value);
}

PixelType rescaledType(const Header& header) {
    const bool isAllWhole = std::ranges::all_of(header.rescales, [](const Rescale& rescale) {
        return isWhole(rescale.slope) && isWhole(rescale.intercept);
    });
    const PixelType fractions = header.bitsAllocated <= 16 ? PixelType::Float32 : PixelType::Float64;
    if (!isAllWhole) return fractions;
    const Range stored = storedRange(header);
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const Rescale& rescale : header.rescales) {
        for (const int64_t end : {stored.low, stored.high}) {
            const double value = static_cast<double>(end) * rescale.slope + rescale.intercept;
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    const auto fits = [&](double least, double most) { return low >= least && high <= most; };
    if (fits(-32768, 32767)) return PixelType::Int16;
    if (fits(0, 65535)) return PixelType::UInt16;
    if (fits(-2147483648.0, 2147483647.0)) return PixelType::Int32;
    return PixelType::Float64;
}

bool isRescaled(const Header& header) {
    return !std::ranges::all_of(header.rescales, &Rescale::isIdentity);
}

uint64_t rawSample(const StoredFrame& stored, size_t index) {
    const uint8_t* bytes = &stored.bytes[index * static_cast<size_t>(stored.bytesPerSample)];
    uint8_t one = 0;
    uint16_t two = 0;
    uint32_t four = 0;
    switch (stored.bytesPerSample) {
        case 1:
            std::memcpy(&one, bytes, sizeof one);
            return one;
        case 2:
            std::memcpy(&two, bytes, sizeof two);
            return two;
        default:
            std::memcpy(&four, bytes, sizeof four);
            return four;
    }
}

/// Cuts the bits that count out of a sample and gives them their sign.
class SampleBits {
  public:
    SampleBits(const StoredFrame& stored, bool isSigned)
        : shift_(stored.shift),
          mask_((uint64_t{1} << stored.bits) - 1),
          sign_(isSigned ? uint64_t{1} << (stored.bits - 1) : 0) {}

    int64_t operator()(uint64_t raw) const {
        const uint64_t bits = raw >> shift_ & mask_;
        return static_cast<int64_t>(bits ^ sign_) - static_cast<int64_t>(sign_);
    }

  private:
    int shift_;
    uint64_t mask_;
    uint64_t sign_;
};

template <typename Sample, typename Value>
void append(std::vector<uint8_t>& pixels, Value value) {
    const auto sample = static_cast<Sample>(value);
    const auto* bytes = reinterpret_cast<const uint8_t*>(&sample);
    pixels.insert(pixels.end(), bytes, bytes + sizeof sample);
}

/// Appends the value of each stored one as `Sample`.
template <typename Sample, typename ValueOf>
void appendEach(const Header& header, const StoredFrame& stored, const ValueOf& valueOf,
                std::vector<uint8_t>& pixels) {
    const SampleBits bits(stored, header.isSigned);
    const bool isInverted = header.colours == ColourModel::Monochrome1;
    const Range range = rangeOfBits(header.bitsStored, header.isSigned);
    const auto count = static_cast<size_t>(header.pixels());
    size_t offset = pixels.size();
    pixels.resize(offset + count * sizeof(Sample));
    for (size_t i = 0; i < count; ++i, offset += sizeof(Sample)) {
        int64_t value = bits(rawSample(stored, i));
        if (isInverted) value = range.low + range.high - std::clamp(value, range.low, range.high);
        const auto sample = static_cast<Sample>(valueOf(value));
        std::memcpy(&pixels[offset], &sample, sizeof sample);
    }
}

template <typename ValueOf>
void appendAs(PixelType type, const Header& header, const StoredFrame& stored, const ValueOf& valueOf,
              std::vector<uint8_t>& pixels) {
    withSampleType(type, [&]<typename Sample>(std::type_identity<Sample>) {
        appendEach<Sample>(header, stored, valueOf, pixels);
    });
}

void appendGreys(const Header& header, int frame, const StoredFrame& stored, std::vector<uint8_t>& pixels) {
    const PixelType type = formatOf(header).type;
    if (!header.modalityTable.isEmpty()) {
        appendAs(
            type, header, stored, [&](int64_t value) { return header.modalityTable.at(value); }, pixels);
    } else if (isRescaled(header)) {
        const Rescale& rescale = header.rescaleOf(frame);
        const auto rescaled = [&](int64_t value) {
            return static_cast<double>(value) * rescale.slope + rescale.intercept;
        };
        appendAs(type, header, stored, rescaled, pixels);
    } else {
        appendAs(
            type, header, stored, [](int64_t value) { return value; }, pixels);
    }
}

uint8_t toByte(double value) {
    return static_cast<uint8_t>(std::clamp(std::floor(value + 0.5), 0.0, 255.0));
}

/// PS3.3 C.7.6.3.1.2: the YCbCr of JPEG, of the whole range.
void appendRgbOfYbr(const StoredFrame& stored, std::vector<uint8_t>& pixels) {
    constexpr double kRed = 1.402, kBlue = 1.772;
    constexpr double kGreenOfRed = 0.299 * kRed / 0.587, kGreenOfBlue = 0.114 * kBlue / 0.587;
    for (size_t i = 0; i + 2 < stored.bytes.size(); i += 3) {
        const double grey = stored.bytes[i], blue = stored.bytes[i + 1] - 128.0,
                     red = stored.bytes[i + 2] - 128.0;
        pixels.push_back(toByte(grey + kRed * red));
        pixels.push_back(toByte(grey - kGreenOfBlue * blue - kGreenOfRed * red));
        pixels.push_back(toByte(grey + kBlue * blue));
    }
}

void appendPalette(const Header& header, const StoredFrame& stored, std::vector<uint8_t>& pixels) {
    const SampleBits bits(stored, false);
    for (size_t i = 0; i < static_cast<size_t>(header.pixels()); ++i) {
        const int64_t index = bits(rawSample(stored, i));
        for (const LookupTable& table : header.palette) {
            const uint16_t entry = table.at(index);
            pixels.push_back(static_cast<uint8_t>(table.bits > 8 ? entry >> 8 : entry));
        }
    }
}

void appendRgb(const Header& header, const StoredFrame& stored, std::vector<uint8_t>& pixels) {
    const SampleBits bits(stored, false);
    for (size_t i = 0; i < static_cast<size_t>(header.pixels()) * 3; ++i) {
        const int64_t value = bits(rawSample(stored, i));
        if (header.bitsAllocated == 8) {
            append<uint8_t>(pixels, value);
        } else {
            append<uint16_t>(pixels, value);
        }
    }
}

}  // namespace

PixelFormat formatOf(const Header& header) {
    if (header.colours == ColourModel::Palette) return {3, PixelType::UInt8};
    if (header.samples == 3) return {3, typeOfBits(header.bitsAllocated, false)};
    if (header.kind == SampleKind::Float32) return {1, PixelType::Float32};
    if (header.kind == SampleKind::Float64) return {1, PixelType::Float64};
    if (!header.modalityTable.isEmpty()) {
        return {1, header.modalityTable.bits > 8 ? PixelType::UInt16 : PixelType::UInt8};
    }
    if (isRescaled(header)) return {1, rescaledType(header)};
    return {1, typeOfBits(header.bitsAllocated, header.isSigned)};
}

void appendPixels(const Header& header, int frame, const StoredFrame& stored, std::vector<uint8_t>& pixels) {
    if (header.kind != SampleKind::Integer) {
        pixels.insert(pixels.end(), stored.bytes.begin(), stored.bytes.end());
    } else if (header.colours == ColourModel::Palette) {
        appendPalette(header, stored, pixels);
    } else if (header.isYbr()) {
        appendRgbOfYbr(stored, pixels);
    } else if (header.samples == 3) {
        appendRgb(header, stored, pixels);
    } else {
        appendGreys(header, frame, stored, pixels);
    }
}

std::optional<double> nodataOf(const Header& header) {
    const bool isOneForAll = header.padding && header.modalityTable.isEmpty() && header.rescales.size() == 1;
    if (!isOneForAll) return std::nullopt;
    double stored = *header.padding;
    if (header.colours == ColourModel::Monochrome1) {
        const Range range = rangeOfBits(header.bitsStored, header.isSigned);
        stored = static_cast<double>(range.low + range.high) - stored;
    }
    const double value = stored * header.rescales.front().slope + header.rescales.front().intercept;
    return formatOf(header).type == PixelType::Float32 ? static_cast<float>(value) : value;
}

std::vector<DisplayWindow> windowsOf(const Header& header) {
    std::vector<DisplayWindow> windows = header.windows;
    if (header.colours != ColourModel::Monochrome1) return windows;
    const Range range = rangeOfBits(header.bitsStored, header.isSigned);
    const Rescale& rescale = header.rescales.front();
    const double mirror = rescale.slope * static_cast<double>(range.low + range.high) + 2 * rescale.intercept;
    for (DisplayWindow& window : windows) window.centre = mirror - window.centre;
    return windows;
}

VolumeInfo infoOf(const Header& header) {
    const PixelFormat format = formatOf(header);
    VolumeInfo info;
    info.grid = header.grid;
    info.bands = format.bands;
    info.type = format.type;
    info.format = "DICOM";
    info.usualView = SliceView::Stored;
    info.windows = windowsOf(header);
    info.isHounsfield = header.isHounsfield;
    info.nodata = nodataOf(header);
    return info;
}

}  // namespace finebrush::dicom
