#include "core/image/raster/sample_halving.h"

#include "core/base/tile_grid.h"
#include "core/image/raster/raw_samples.h"
#include "core/image/raster/sample_conversion.h"

#include <opencv2/core/utility.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>

namespace finebrush {

namespace {

/// Half the sum of whole numbers is rounded up, as GDAL does.
template <typename Sample, typename Sum>
Sample meanOf(Sum sum, int count) {
    if constexpr (kIsLong<Sample>) {
        constexpr Sample kLargest = std::numeric_limits<Sample>::max();
        const double mean = std::floor(sum / count + 0.5);
        return mean >= static_cast<double>(kLargest) ? kLargest : static_cast<Sample>(mean);
    } else if constexpr (std::is_integral_v<Sample>) {
        if (count == 4) return static_cast<Sample>((sum + 2) >> 2);
        return static_cast<Sample>(std::floor(static_cast<double>(sum) / count + 0.5));
    } else {
        return static_cast<Sample>(sum / count);
    }
}

template <typename Sample>
class Halving {
  public:
    Halving(const PixelBuffer& in, PixelBuffer& out, bool picks) : in_(in), out_(out), picks_(picks) {}

    void makeRow(int row) const {
        if (!out_.hidden.empty()) hideRow(row);
        const size_t bands = static_cast<size_t>(in_.bands);
        for (int column = 0; column < out_.size.width; ++column) {
            for (size_t band = 0; band < bands; ++band) {
                const Sample value = picks_ ? at(2 * column, 2 * row, band) : meanAt(column, row, band);
                const size_t place =
                    (static_cast<size_t>(row) * out_.size.width + static_cast<size_t>(column)) * bands + band;
                std::memcpy(&out_.bytes[place * sizeof(Sample)], &value, sizeof(Sample));
            }
        }
    }

  private:
    // Four long ones may be more than 64 bits hold.
    using Sum = std::conditional_t<std::is_integral_v<Sample> && !kIsLong<Sample>, int64_t, double>;

    size_t pixelAt(int x, int y) const {
        return static_cast<size_t>(y) * in_.size.width + static_cast<size_t>(x);
    }

    Sample at(int x, int y, size_t band) const {
        const size_t place = pixelAt(x, y) * static_cast<size_t>(in_.bands) + band;
        Sample value;
        std::memcpy(&value, &in_.bytes[place * sizeof(Sample)], sizeof(Sample));
        return value;
    }

    Sample meanAt(int column, int row, size_t band) const {
        const int right = std::min(2 * column + 1, in_.size.width - 1);
        const int bottom = std::min(2 * row + 1, in_.size.height - 1);
        Sum sum = 0;
        int count = 0;
        for (int y = 2 * row; y <= bottom; ++y) {
            for (int x = 2 * column; x <= right; ++x) {
                const Sample value = at(x, y, band);
                if (!isMeasurement(value, in_.nodata)) continue;
                if (in_.isHidden(pixelAt(x, y))) continue;
                sum += static_cast<Sum>(value);
                ++count;
            }
        }
        return count > 0 ? meanOf<Sample>(sum, count) : at(2 * column, 2 * row, band);
    }

    /// Hidden is what is made of hidden pixels alone.
    void hideRow(int row) const {
        const int bottom = picks_ ? 2 * row : std::min(2 * row + 1, in_.size.height - 1);
        for (int column = 0; column < out_.size.width; ++column) {
            const int right = picks_ ? 2 * column : std::min(2 * column + 1, in_.size.width - 1);
            bool hidden = true;
            for (int y = 2 * row; y <= bottom; ++y) {
                for (int x = 2 * column; x <= right; ++x) hidden = hidden && in_.isHidden(pixelAt(x, y));
            }
            out_.hidden[static_cast<size_t>(row) * out_.size.width + static_cast<size_t>(column)] = hidden;
        }
    }

    const PixelBuffer& in_;
    PixelBuffer& out_;
    bool picks_;
};

template <typename Sample>
void halve(const PixelBuffer& in, PixelBuffer& out, bool picks) {
    const Halving<Sample> halving(in, out, picks);
    cv::parallel_for_(cv::Range(0, out.size.height), [&](const cv::Range& rows) {
        for (int row = rows.start; row < rows.end; ++row) halving.makeRow(row);
    });
}

}  // namespace

PixelBuffer halved(const PixelBuffer& pixels, bool holdsNumbersOnly) {
    PixelBuffer out{sizeOfLevel(pixels.size, 1), pixels.bands, pixels.type, {}, pixels.nodata};
    out.bytes.resize(static_cast<size_t>(out.size.area()) * out.bytesPerPixel());
    if (!pixels.hidden.empty()) out.hidden.resize(static_cast<size_t>(out.size.area()));
    withSampleType(pixels.type, [&]<typename Sample>(std::type_identity<Sample>) {
        halve<Sample>(pixels, out, holdsNumbersOnly);
    });
    forgetIfNothingIsHidden(out);
    return out;
}

}  // namespace finebrush
