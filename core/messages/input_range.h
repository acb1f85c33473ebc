#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace finebrush {

/// Which raw values the network gets as 0 and as 1, and of which bands. As text, as it stands in settings and
/// files: "auto", "minmax", "bytes", "percentile:2,98", "window:40,400" (centre and width) or "displayed";
/// all but the last may go on with "+bands:8,4,3" (from 1 on), "minmax" and "percentile" with "+each" after
/// that. Of an image that is too large to be read whole, what goes by its values is measured once, of its
/// overview, and holds for each of its windows; what lies beyond is cut off.
struct InputRange {
    enum class Kind {
        Automatic,   ///< as the network was trained; in an adapter the smallest and the largest of each look
                     ///< at an image, as LiteMedSAM was
        MinMax,      ///< the smallest and the largest raw value of an image
        Bytes,       ///< 0 and 255 of 8-bit values, as SAM was trained; of other types as `MinMax`
        Percentile,  ///< two percentiles of the raw values of an image; what lies beyond is cut off
        Window,      ///< the same raw values for all images; what lies beyond is cut off
        Displayed,   ///< 8-bit colours as the image is shown
    };
    Kind kind = Kind::Automatic;
    double first = 0;   ///< lower percentile, or the centre of the window
    double second = 0;  ///< upper percentile, or the width of the window
    /// For red, green and blue, from 0 on; nothing: the first three, or the only one.
    std::optional<std::array<int, 3>> bands = {};
    bool eachBand = false;  ///< `MinMax` and `Percentile` are of each band by itself
    bool operator==(const InputRange&) const = default;

    /// Whether the values of an image of this type tell its limits.
    constexpr bool goesByValues(PixelType type) const {
        if (kind == Kind::Bytes) return type != PixelType::UInt8;
        return kind != Kind::Window && kind != Kind::Displayed;
    }
};

/// Whether a kind can be of each band by itself.
constexpr bool canBeOfEachBand(InputRange::Kind kind) {
    return kind == InputRange::Kind::MinMax || kind == InputRange::Kind::Percentile;
}

std::string toText(const InputRange& range);

/// The range that settings ask for; without a text the automatic one. Errors: OptionInvalid.
Result<InputRange> inputRangeOf(const std::optional<std::string>& text);

/// Nothing where the text is none of the forms above, percentiles do not ascend within 0..100, or a window
/// has no width.
std::optional<InputRange> inputRangeFromText(std::string_view text);

/// OptionInvalid where an image of so many bands lacks one that the range asks for; `image` names it.
Result<void> requireBands(const InputRange& range, int bandCount, const std::string& image);

}  // namespace finebrush
