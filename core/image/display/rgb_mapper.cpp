#include "core/image/display/rgb_mapper.h"

#include "core/image/raster/raw_samples.h"

#include <opencv2/core/utility.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

namespace finebrush {

/// The grey of each share of the way from black to white.
class ToneCurve {
  public:
    explicit ToneCurve(const DisplayMapping& mapping) {
        if (mapping.gamma == 1 && !mapping.inverted) return;
        curve_.resize(kSteps + 1);
        for (size_t step = 0; step <= kSteps; ++step) {
            const double grey = std::pow(static_cast<double>(step) / kSteps, 1 / mapping.gamma);
            curve_[step] = rounded(mapping.inverted ? 1 - grey : grey);
        }
    }

    uint8_t operator()(double share) const {
        return curve_.empty() ? rounded(share) : curve_[static_cast<size_t>(share * kSteps + 0.5)];
    }

  private:
    static constexpr size_t kSteps = 65535;  // so fine that a step of the curve is no step of the screen

    static uint8_t rounded(double share) { return static_cast<uint8_t>(share * 255 + 0.5); }

    std::vector<uint8_t> curve_;  // none: a straight line
};

/// Grey levels of raw values.
class GreyScale {
  public:
    GreyScale(const ValueRange& limits, std::shared_ptr<const ToneCurve> tone)
        : low_(limits.low), range_(limits.span()), tone_(std::move(tone)) {}

    uint8_t operator()(double value) const {
        if (std::isnan(value)) return 0;
        return (*tone_)(std::clamp((value - low_) / range_, 0.0, 1.0));
    }

  private:
    double low_;
    double range_;
    std::shared_ptr<const ToneCurve> tone_;
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
std::shared_ptr<const uint8_t[]> tableOf(const GreyScale& grey) {
    constexpr size_t kSamples = size_t{1} << (8 * sizeof(Sample));
    const auto table = std::make_shared<uint8_t[]>(kSamples);
    for (size_t bits = 0; bits < kSamples; ++bits) table.get()[bits] = grey(static_cast<Sample>(bits));
    return table;
}

/// Null for a type of more bits.
std::shared_ptr<const uint8_t[]> tableFor(PixelType type, const GreyScale& grey) {
    switch (type) {
        case PixelType::UInt8:
            return tableOf<uint8_t>(grey);
        case PixelType::UInt16:
            return tableOf<uint16_t>(grey);
        case PixelType::Int16:
            return tableOf<int16_t>(grey);
        default:
            return nullptr;
    }
}

}  // namespace

RgbMapper::RgbMapper(const DisplayMapping& mapping, const PixelBuffer& like) {
    const auto tone = std::make_shared<const ToneCurve>(mapping);
    const std::array<int, 3> bands = shownBands(mapping, like.bands);
    for (size_t i = 0; i < channels_.size(); ++i) {
        Channel& channel = channels_[i];
        if (i == 0 || limitsOf(mapping, i) != limitsOf(mapping, i - 1)) {
            channel.grey = std::make_shared<const GreyScale>(limitsOf(mapping, i), tone);
            channel.table = tableFor(like.type, *channel.grey);
        } else {
            channel = channels_[i - 1];
        }
        channel.band = bands[i];
    }
}

std::vector<uint8_t> RgbMapper::operator()(const PixelBuffer& pixels) const {
    const bool isGrey = channels_[0] == channels_[1] && channels_[1] == channels_[2];
    const auto paint = [&](auto greyOf, auto read) {
        return rgbOf(pixels.size, [&, bands = static_cast<size_t>(pixels.bands)](size_t pixel, uint8_t* out) {
            if (pixels.isHidden(pixel)) return;
            const auto placeOf = [&](const Channel& channel) {
                return pixel * bands + static_cast<size_t>(channel.band);
            };
            const auto isMissing = [&](const Channel& channel) {
                const auto value = read(pixels, placeOf(channel));
                return std::isnan(static_cast<double>(value)) || isNodata(value, *pixels.nodata);
            };
            if (pixels.nodata && std::ranges::all_of(channels_, isMissing)) return;
            const auto shown = [&](const Channel& channel) { return greyOf(channel, placeOf(channel)); };
            out[0] = shown(channels_[0]);
            out[1] = isGrey ? out[0] : shown(channels_[1]);
            out[2] = isGrey ? out[0] : shown(channels_[2]);
        });
    };
    return withSampleReader(pixels, [&](auto read) {
        const auto greyOfBits = [&](const Channel& channel, size_t place) {
            uint16_t bits;
            std::memcpy(&bits, &pixels.bytes[place * sizeof bits], sizeof bits);
            return channel.table[bits];
        };
        if (!channels_[0].table) {
            return paint(
                [&](const Channel& channel, size_t place) {
                    return (*channel.grey)(static_cast<double>(read(pixels, place)));
                },
                read);
        }
        if (pixels.type != PixelType::UInt8) return paint(greyOfBits, read);
        return paint([&](const Channel& channel, size_t place) { return channel.table[pixels.bytes[place]]; },
                     read);
    });
}

}  // namespace finebrush
