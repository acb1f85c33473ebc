#include "core/image/rgb_mapper.h"

#include "core/image/raw_samples.h"

#include <opencv2/core/utility.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace finebrush {

/// Grey levels of raw values.
class GreyScale {
  public:
    explicit GreyScale(const DisplayMapping& mapping)
        : low_(mapping.low), range_(mapping.high - mapping.low) {
        if (mapping.gamma == 1 && !mapping.inverted) return;
        curve_.resize(kSteps + 1);
        for (size_t step = 0; step <= kSteps; ++step) {
            const double grey = std::pow(static_cast<double>(step) / kSteps, 1 / mapping.gamma);
            curve_[step] = rounded(mapping.inverted ? 1 - grey : grey);
        }
    }

    uint8_t operator()(double value) const {
        if (std::isnan(value)) return 0;
        const double share = std::clamp((value - low_) / range_, 0.0, 1.0);
        return curve_.empty() ? rounded(share) : curve_[static_cast<size_t>(share * kSteps + 0.5)];
    }

  private:
    static constexpr size_t kSteps = 65535;  // so fine that a step of the curve is no step of the screen

    static uint8_t rounded(double share) { return static_cast<uint8_t>(share * 255 + 0.5); }

    double low_;
    double range_;
    std::vector<uint8_t> curve_;  // none: a straight line
};

namespace {

/// A tile or two: whoever paints many of them does so on several threads already.
constexpr int64_t kFewPixels = int64_t{1} << 18;

/// Calls `write(pixel, out)` for every pixel of an image; what it leaves is black.
template <typename Write>
std::vector<uint8_t> rgbOf(PixelSize size, Write write) {
    std::vector<uint8_t> rgb(static_cast<size_t>(size.area()) * 3);
    const auto paint = [&](const cv::Range& rows) {
        const auto width = static_cast<size_t>(size.width);
        const size_t end = static_cast<size_t>(rows.end) * width;
        for (size_t pixel = static_cast<size_t>(rows.start) * width; pixel < end; ++pixel)
            write(pixel, &rgb[pixel * 3]);
    };
    const cv::Range all(0, size.height);
    if (size.area() <= kFewPixels) {
        paint(all);
    } else {
        cv::parallel_for_(all, paint);
    }
    return rgb;
}

/// The grey of every sample that a type of at most 16 bits has, by its bits.
template <typename Sample>
std::vector<uint8_t> tableOf(const GreyScale& grey) {
    std::vector<uint8_t> table(size_t{1} << (8 * sizeof(Sample)));
    for (size_t bits = 0; bits < table.size(); ++bits) table[bits] = grey(static_cast<Sample>(bits));
    return table;
}

}  // namespace

RgbMapper::RgbMapper(const DisplayMapping& mapping, const PixelBuffer& like)
    : bands_(shownBands(mapping, like.bands)), grey_(std::make_shared<const GreyScale>(mapping)) {
    if (like.type == PixelType::UInt8) table_ = tableOf<uint8_t>(*grey_);
    if (like.type == PixelType::UInt16) table_ = tableOf<uint16_t>(*grey_);
    if (like.type == PixelType::Int16) table_ = tableOf<int16_t>(*grey_);
}

std::vector<uint8_t> RgbMapper::operator()(const PixelBuffer& pixels) const {
    const bool isGrey = bands_[0] == bands_[1] && bands_[1] == bands_[2];
    const auto paint = [&](auto greyOf, auto read) {
        return rgbOf(pixels.size, [&, bands = static_cast<size_t>(pixels.bands)](size_t pixel, uint8_t* out) {
            if (pixels.isHidden(pixel)) return;
            const auto placeOf = [&](int band) { return pixel * bands + static_cast<size_t>(band); };
            const auto isMissing = [&](int band) {
                const double value = read(pixels, placeOf(band));
                return std::isnan(value) || value == *pixels.nodata;
            };
            if (pixels.nodata && std::ranges::all_of(bands_, isMissing)) return;
            out[0] = greyOf(placeOf(bands_[0]));
            out[1] = isGrey ? out[0] : greyOf(placeOf(bands_[1]));
            out[2] = isGrey ? out[0] : greyOf(placeOf(bands_[2]));
        });
    };
    return withSampleReader(pixels, [&](auto read) {
        if (table_.size() == 256)
            return paint([&](size_t place) { return table_[pixels.bytes[place]]; }, read);
        if (table_.empty()) return paint([&](size_t place) { return (*grey_)(read(pixels, place)); }, read);
        const auto greyOfBits = [&](size_t place) {
            uint16_t bits;
            std::memcpy(&bits, &pixels.bytes[place * sizeof bits], sizeof bits);
            return table_[bits];
        };
        return paint(greyOfBits, read);
    });
}

}  // namespace finebrush
